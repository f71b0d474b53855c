"""How long the public pages take as the database grows."""

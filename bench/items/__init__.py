"""How long the item analysis takes as the database grows."""

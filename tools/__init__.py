"""Programs of the repository that draw the starter cases' pictures; no part of the installed package."""

"""A database full of replies, and what it takes to grade them anew."""

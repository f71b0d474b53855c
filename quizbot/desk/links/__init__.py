"""Whether the references of cases can still be reached: trying an address, judging what came of it, many at once."""

"""The human decision on a case: what a person has to look at, who may decide, and the entry in the record."""

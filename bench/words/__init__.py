"""How many identifiers in texts the gate marks, and how many harmless sentences it stops."""

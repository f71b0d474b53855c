"""How good and how fast the grader is, beside others: ``python -m bench.grading``."""

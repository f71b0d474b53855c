"""Hostile replies for the grader, what has to hold of every verdict, and what a text may cost."""

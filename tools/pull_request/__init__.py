"""What the GitHub Action does with a pull request that touches cases: check them, say where, show what was drawn.

What a case says is never printed: a run's log, annotations and summary may be read by more people than the cases.
"""

"""An educator's work on a case: check all of it, see what the posts will look like."""

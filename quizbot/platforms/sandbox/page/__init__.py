"""The page: a timeline in the browser where a person takes part without an account on X."""

"""The heavy parts that the base install leaves out, and the one way to add them."""


def install(extra: str) -> str:
    """The command that adds an extra. The project is installed from its own folder; no package index has it."""
    return f"`pip install '.[{extra}]'` in quizbot's folder"

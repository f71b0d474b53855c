"""``python -m quizbot`` is ``quizbot``."""

from quizbot.cli import main

if __name__ == "__main__":
    main()

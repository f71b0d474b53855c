"""``python -m quizbot.grading.lexicon``: check the lexicon's files."""

import sys

from quizbot.grading.lexicon.check import check, summary

if __name__ == "__main__":
    found = check()
    for line in found:
        sys.stdout.write(line + "\n")
    sys.stdout.write(summary() + "\n")
    raise SystemExit(1 if found else 0)

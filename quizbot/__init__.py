"""quizbot: a clinical image quiz on X that posts, listens, reveals and keeps score."""

__version__ = "0.1.0"

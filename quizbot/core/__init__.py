"""Plain types and rules that several rooms share. Imports nothing else of quizbot."""

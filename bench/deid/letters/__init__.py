"""How the network was made that sees small letters (``quizbot/deid/pixels/letters.onnx``); nothing that is installed.

``bench/deid/letters/train.sh DIR`` builds an environment of its own in DIR, trains, and writes the file anew.
"""

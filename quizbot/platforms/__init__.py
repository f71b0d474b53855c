"""Where posts go: one protocol (``protocol.py``), and a folder for each platform that keeps it."""

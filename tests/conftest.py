"""What all tests share."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""A folder beside the checkout with third-party files that are not ours to ship; may be missing."""

"""What X bills for what the bot posts, in US$ (X's pay-per-use list, 2026)."""

from decimal import Decimal

POST = Decimal("0.015")
POST_WITH_LINK = Decimal("0.200")
MEDIA_METADATA = Decimal("0.005")  # alt text and the sensitive-media warning of one picture, one call

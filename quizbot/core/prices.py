"""What X bills, in US$ (X's pay-per-use list, 2026); the settings may say otherwise."""

from dataclasses import dataclass, fields
from decimal import Decimal

POST = Decimal("0.015")
POST_WITH_LINK = Decimal("0.200")
MEDIA_METADATA = Decimal("0.005")  # alt text and the sensitive-media warning of one picture, one call


@dataclass(frozen=True, slots=True)
class Prices:
    """US$ for one of each. The names are those that the X client reports, and that the ledger keeps."""

    owned_read: float = 0.001  # a post of the own timeline or mentions, if the bot's account owns the app
    post_read: float = 0.005  # a post found by search or looked up
    user_read: float = 0.010
    post_create: float = float(POST)
    post_create_link: float = float(POST_WITH_LINK)
    media_metadata: float = float(MEDIA_METADATA)
    post_delete: float = 0.010

    def of(self, kind: str) -> float:
        """The price of one; an item that has none here costs nothing that we know of."""
        return float(getattr(self, kind)) if kind in KINDS else 0.0


KINDS = tuple(field.name for field in fields(Prices))

"""Keyed hashes: to know a thing again without keeping it.

A plain digest of a short secret (a user's id, a name in a picture) can be found by trying all of them; one with a key
cannot without the key. HMAC-SHA256, RFC 2104; the purpose separates uses, so that two of them cannot be compared.
"""

import hashlib
import hmac


class KeyedHash:
    """Makes keyed hashes with one installation's key.

    Args:
        key: at least 32 bytes.
    """

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) < hashlib.sha256().digest_size:
            raise ValueError("the key is shorter than 32 bytes")
        self._key = key

    def of(self, purpose: str, text: str) -> str:
        """The hash of a text for a purpose, hexadecimal, 64 digits."""
        return hmac.new(self._key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()

"""Seal an answer so that neither its bytes nor its length say anything without the key."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SMALLEST = 4 * 1024  # bytes; each larger class is four times the one before
KEY_BYTES, NONCE = 32, 12  # lengths in bytes
COUNT = 4  # bytes that tell how many of the others are no padding


def new_key() -> bytes:
    """Make a key."""
    return ChaCha20Poly1305.generate_key()


def seal(key: bytes, row: str, content: Mapping[str, Any]) -> bytes:
    """Seal what one row of the pool holds.

    Args:
        key: 32 bytes.
        row: The row's own key: a sealed answer cannot be put into another row.
        content: What JSON can say.

    Returns:
        A nonce and the cipher text: 4 KiB, or 16, 64 ... when more was said, and 28 bytes.
    """
    nonce = os.urandom(NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, padded(content), row.encode())


def unseal(key: bytes, row: str, sealed: bytes) -> dict[str, Any]:
    """Give back what was sealed.

    Raises:
        InvalidTag: It was sealed under another key or for another row, or it was changed.
    """
    if len(sealed) < NONCE:
        raise InvalidTag
    nonce, cipher = sealed[:NONCE], sealed[NONCE:]
    plain = ChaCha20Poly1305(key).decrypt(nonce, cipher, row.encode())
    end = COUNT + int.from_bytes(plain[:COUNT])
    content: dict[str, Any] = json.loads(plain[COUNT:end])
    return content


def padded(content: Mapping[str, Any]) -> bytes:
    """Write JSON with its length before it, filled up to the next class of sizes."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    size = SMALLEST
    while size < COUNT + len(text):
        size *= 4
    return (len(text).to_bytes(COUNT) + text).ljust(size, b"\0")


def claim_of(key: bytes, code_hash: str) -> str:
    """Hash an entry code for as long as the key exists: afterwards nobody can compare."""
    return hmac.new(key, b"claim:" + code_hash.encode(), hashlib.sha256).hexdigest()


__all__ = ["InvalidTag", "claim_of", "new_key", "padded", "seal", "unseal"]

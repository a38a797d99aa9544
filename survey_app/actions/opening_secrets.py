"""Secrets that let somebody in: made by chance, shown once, and kept as their hash alone."""

from __future__ import annotations

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret that can stand in an address or a cookie."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """Hash a secret; it is long and random, so that one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()

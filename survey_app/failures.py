"""Slow down those who guess secrets where programs say who they are: only failures count."""

from __future__ import annotations

from flask import abort
from flask_limiter.util import get_remote_address
from limits import parse

from survey_app.security import limiter

# At the login page too; a whole town hall may log in from one address.
FAILURES_OF_AN_ACCOUNT = "10 per minute"
FAILURES_FROM_AN_ADDRESS = "60 per minute"
_OF_AN_ACCOUNT, _FROM_AN_ADDRESS = parse(FAILURES_OF_AN_ACCOUNT), parse(FAILURES_FROM_AN_ADDRESS)


def refuse_too_many(area: str, email: str = "") -> None:
    """Refuse whoever has failed too often in an area of addresses: 429."""
    limits = limiter.limiter
    is_slow = limits.test(_FROM_AN_ADDRESS, area, get_remote_address())
    if not is_slow or (email and not limits.test(_OF_AN_ACCOUNT, area, _key(email))):
        abort(429)


def count_failure(area: str, email: str = "") -> None:
    """Count a secret that opened nothing."""
    limits = limiter.limiter
    limits.hit(_FROM_AN_ADDRESS, area, get_remote_address())
    if email:
        limits.hit(_OF_AN_ACCOUNT, area, _key(email))


def _key(email: str) -> str:
    return email.strip().lower()[:255]

"""The lock of notes that wait on an interviewer's own device until they can be sent."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from flask import current_app

from survey_app.store.interviews import InterviewCase

PURPOSE = "interview notes on a device"


@dataclass(frozen=True, slots=True)
class DeviceLock:
    """What a page needs to lock its notes, and to find and open them again.

    Attributes:
        id: Under which the device keeps them; says nothing of the case or the account.
        key: 256 bits, base64url. The device keeps it nowhere: it comes with the page, to whoever
            is logged in and may write these notes, and never again once the case is erased.
    """

    id: str
    key: str


def lock_for(case: InterviewCase, account_id: int) -> DeviceLock:
    """Make the lock of one account's notes of one case, the same each time."""
    secret = current_app.config["SECRET_KEY"].encode()
    named = f"{PURPOSE}\x1f{account_id}\x1f{case.id}\x1f{case.round.name}\x1f{case.code}"
    return DeviceLock(_derived(secret, f"id\x1f{named}"), _derived(secret, f"key\x1f{named}"))


def _derived(secret: bytes, named: str) -> str:
    made = hmac.digest(secret, named.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

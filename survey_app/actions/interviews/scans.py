"""The signed paper: kept sealed, shown to those of the case, erased with the consent.

It leads from a pseudonym to a person, so it is in no export, each look at it is put on record, and
whoever has the database alone cannot read it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from flask import current_app
from sqlalchemy import select

from survey_app.actions import rewriting, trail
from survey_app.actions.attachments import File, accepted
from survey_app.actions.calendar import today
from survey_app.actions.interviews.cases import refuse_erased
from survey_app.actions.interviews.consents import ERASED_FROM, holds, subject_of
from survey_app.actions.interviews.errors import ConsentMissing, ScanRefused
from survey_app.actions.submission_errors import AttachmentRefused
from survey_app.store.database import db, writing
from survey_app.store.interviews import InterviewCase
from survey_app.store.scans import ConsentScan

NONCE = 12  # bytes
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def of_case(case: InterviewCase) -> ConsentScan | None:
    """Find what is kept about a scan, without opening it."""
    return db.session.scalar(select(ConsentScan).where(ConsentScan.case_id == case.id))


def keep(case: InterviewCase, content: bytes, account: str) -> None:
    """Keep a scan in the place of an earlier one; pictures lose their metadata.

    Raises:
        CaseWithdrawn, ConsentMissing: There is no consent that it could show.
        ScanRefused: It is no PDF or picture, or too large.
    """
    refuse_erased(case)
    if not holds(case):
        raise ConsentMissing
    file = _accepted(content)
    case_id, subject = case.id, subject_of(case)
    with writing():
        refuse_erased(db.session.get_one(InterviewCase, case_id))
        db.session.merge(
            ConsentScan(
                case_id=case_id,
                media_type=file.media_type,
                sealed=_sealed(file.content, case_id),
                added_by=account,
                added_on=today(),
            )
        )
        trail.record(account, "consent.scan", subject)


def look(case: InterviewCase, account: str) -> tuple[str, bytes] | None:
    """Open a scan, which is put on record: its media type and bytes; None when there is none."""
    case_id, subject = case.id, subject_of(case)
    with writing():
        kept = db.session.get(ConsentScan, case_id)
        if kept is None:
            return None
        trail.record(account, "consent.scan-seen", subject)
        return kept.media_type, _opened(kept.sealed, case_id)


def remove(case: InterviewCase, account: str) -> None:
    """Erase a scan, such as one that was put with the wrong case."""
    case_id, subject = case.id, subject_of(case)
    with writing():
        kept = db.session.get(ConsentScan, case_id)
        if kept is None:
            return
        db.session.delete(kept)
        trail.record(account, "consent.scan-removed", subject)
    rewriting.after_erasing(ERASED_FROM)


def _accepted(content: bytes) -> File:
    try:
        return accepted("scan", content, is_picture=False)
    except AttachmentRefused as error:
        raise ScanRefused(limit=error.gaps["limit"]) from error


def _sealed(content: bytes, case_id: int) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + ChaCha20Poly1305(_key()).encrypt(nonce, content, str(case_id).encode())


def _opened(sealed: bytes, case_id: int) -> bytes:
    nonce, cipher = sealed[:NONCE], sealed[NONCE:]
    return ChaCha20Poly1305(_key()).decrypt(nonce, cipher, str(case_id).encode())


def _key() -> bytes:
    secret = current_app.config["SETTINGS"].receipt_key.encode()
    return hmac.new(secret, b"consent scan", hashlib.sha256).digest()

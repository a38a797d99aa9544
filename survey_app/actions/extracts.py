"""Coded files that leave, and the log of them: who, what, which rule, which data, when.

The log says nothing about respondents. Where their number may not be known, it is left out; and
the digest is keyed, so that nobody can try answers until one fits.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from flask import current_app
from sqlalchemy import select

from exports.disclosure.rules import RULE_VERSION
from exports.qda.formats import QDA_FORMATS
from survey_app.actions import exporting, rounds
from survey_app.actions.coding import projects
from survey_app.actions.coding.errors import OnlyInterviews
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.extracts import INSTRUMENT, REPORT, ROUND, Extract
from survey_app.store.models import Round

COMMAND_LINE = "survey-app export"
FEED = "odata"
AT_ONCE = 1 << 16
SHOWN = 500


def take_round(of: Round, file_format: str, target: BinaryIO, actor: str) -> int:
    """Write a round's coded file, and put on record that it was done.

    Args:
        target: An empty file, open for writing and reading.
        actor: The account's address, or `COMMAND_LINE`.

    Returns:
        How many responses were written; the file's position is its beginning.
    """
    name = of.name
    is_coding = file_format in QDA_FORMATS
    write = projects.write_round if is_coding else exporting.write_round
    written = write(of, file_format, target)
    note(actor, ROUND, name, file_format, digest_of(target), written if may_count([of]) else None)
    return written


def take_instrument(name: str, file_format: str, target: BinaryIO, actor: str) -> int:
    """Write the coded file of all rounds of an instrument; else as `take_round`.

    Raises:
        OnlyInterviews: The format is one of a round alone.
    """
    if file_format in QDA_FORMATS:
        raise OnlyInterviews(round=name)
    written = exporting.write_instrument(name, file_format, target)
    is_counted = may_count(queries.rounds_of(name))
    told = written if is_counted else None
    note(actor, INSTRUMENT, name, file_format, digest_of(target), told)
    return written


def note_feed(name: str, first_part: BinaryIO, of: Sequence[Round], actor: str) -> None:
    """Put on record that a program has begun to read an instrument's rounds.

    Args:
        first_part: What it got first; the digest is of that alone.
    """
    responses = sum(rounds.count(each).least for each in of) if may_count(of) else None
    note(actor, INSTRUMENT, name, FEED, digest_of(first_part), responses)


def note_report(term: str, file_format: str, content: BinaryIO, actor: str) -> None:
    """Put on record that somebody has a half-year's report; it holds protected figures alone."""
    note(actor, REPORT, term, file_format, digest_of(content), None)


def listing() -> Sequence[Extract]:
    """Give the newest extracts, the newest first."""
    return db.session.scalars(select(Extract).order_by(Extract.id.desc()).limit(SHOWN)).all()


def told_of(of: Sequence[Round], responses: int | None) -> int | None:
    """Give the number of responses where it may be known."""
    return responses if may_count(of) else None


def may_count(of: Sequence[Round]) -> bool:
    """Tell whether the exact number of responses may be known."""
    return all(rounds.count(each).is_exact for each in of)


def note(
    actor: str, kind: str, subject: str, file_format: str, digest: str, responses: int | None
) -> None:
    """Put on record that a file was taken out; its digest is what `digest_of` gives."""
    with writing():
        db.session.add(
            Extract(
                at=datetime.now(UTC).replace(microsecond=0, tzinfo=None),
                actor=actor,
                kind=kind,
                subject=subject,
                file_format=file_format,
                rule=RULE_VERSION,
                digest=digest,
                responses=responses,
            )
        )


def digest_of(target: BinaryIO) -> str:
    """Give the keyed digest of a file, whose position is its beginning then."""
    key = hmac.new(current_app.config["SETTINGS"].receipt_key.encode(), b"extract", hashlib.sha256)
    digest = hmac.new(key.digest(), digestmod=hashlib.sha256)
    target.seek(0)
    while part := target.read(AT_ONCE):
        digest.update(part)
    target.seek(0)
    return digest.hexdigest()

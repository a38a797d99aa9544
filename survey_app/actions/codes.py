"""Entry codes: drawn and shown once, kept as keyed hashes, counted by district."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Container, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy import func, insert, select

from exports.disclosure.counts import CountTable, Row, Slot
from exports.disclosure.protect import protect
from exports.disclosure.rules import ENKAT, K
from forms.instrument import Mode
from survey_app.actions import district_readers, rounds
from survey_app.actions.calendar import today
from survey_app.actions.code_errors import (
    CodeCountInvalid,
    CodesMadeMeanwhile,
    CodesNotAsked,
    DistrictInvalid,
    DistrictUnknown,
    RoundNotAnonymous,
)
from survey_app.actions.code_spelling import draw
from survey_app.store.database import db, writing
from survey_app.store.models import Round, RoundState
from survey_app.store.waiting import EntryCode

KEY = "CODE_KEY"
MOST_AT_ONCE = 5_000
DISTRICT_LENGTH = 100


@dataclass(frozen=True, slots=True)
class CodeCount:
    """The codes of one district.

    Attributes:
        district: None for codes without one.
        used: At least so many, of released answers; None where so few are not told.
        is_exact: Whether there are no more than that.
    """

    district: str | None
    made: int
    used: int | None
    is_exact: bool


def init_app(app: Flask, key: str) -> None:
    """Set the key of all hashes."""
    app.config[KEY] = key


def hash_of(round_id: int, code: str) -> str:
    """Hash a code with the server's key: the table alone proves nothing to anyone."""
    key = current_app.config[KEY].encode()
    return hmac.new(key, f"{round_id}:{code}".encode(), hashlib.sha256).hexdigest()


def create(
    name: str, count: int, district: str | None = None, known: int | None = None
) -> list[str]:
    """Make codes for a round, and give them this once, in an order of chance.

    Args:
        name: The round's.
        count: How many.
        district: Whom the cards are for, one of the register's if it has any; it goes with the
            answer when enough come from there.
        known: How many codes of the round whoever asks has seen; by default that does not matter.

    Raises:
        RoundUnknown: There is no such round.
        RoundNotAnonymous, CodesNotAsked, RoundClosed: It has no use for codes.
        CodesMadeMeanwhile: There are others than the known ones.
        CodeCountInvalid, DistrictInvalid, DistrictUnknown: It asks for too few or too many, or
            the name is long or not in the register.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise CodeCountInvalid(most=MOST_AT_ONCE)
    where = _district(district)
    with writing():
        of = rounds.find(name)
        refuse_unless_useful(of)
        there = set(db.session.scalars(select(EntryCode.hash).where(EntryCode.round_id == of.id)))
        if known is not None and known != len(there):
            raise CodesMadeMeanwhile
        drawn = _new_codes(of.id, count, there)
        # In the order of the hashes: the table's history does not tell the order of the cards.
        db.session.execute(
            insert(EntryCode),
            [
                {"round_id": of.id, "hash": each, "district": where, "used": False}
                for each in sorted(drawn)
            ],
        )
    return list(drawn.values())


def districts() -> Sequence[str]:
    """Name the districts that the register has today, in the order of the alphabet.

    A made-up one could be given to a single card, to know its answer by.
    """
    return [each.name for each in district_readers.districts()]


def may_create(of: Round) -> bool:
    """Tell whether a round has use for codes."""
    return of.codes_required and of.state_on(today()) is not RoundState.CLOSED


def counts(of: Round) -> Sequence[CodeCount]:
    """Count a round's codes by district, in the order of the districts' names.

    While the round is open, used ones are counted in steps. After that a district of few answers,
    or where all but a few have answered, hides its number, and another district hides with it.
    """
    used = func.count().filter(EntryCode.used)
    wanted = select(EntryCode.district, func.count(), used).where(EntryCode.round_id == of.id)
    rows = db.session.execute(wanted.group_by(EntryCode.district))
    found = sorted(rows, key=lambda row: (row[0] is None, row[0] or ""))
    if not rounds.may_read(of):
        in_steps = [rounds.shown(of, used).least for _, _, used in found]
        return [
            CodeCount(district, made, used, is_exact=False)
            for (district, made, _), used in zip(found, in_steps, strict=True)
        ]
    known = _what_may_be_known([(made, used) for _, made, used in found]) if found else []
    return [
        CodeCount(district, made, used, is_exact=True)
        for (district, made, _), used in zip(found, known, strict=True)
    ]


def _what_may_be_known(counted: Sequence[tuple[int, int]]) -> list[int | None]:
    """Give the number of answers from each district, None where it is hidden.

    Args:
        counted: Cards made and used in each. How many were made, and the sum of the used ones,
            stand on the same page.
    """
    slots = [Slot(str(number)) for number in range(len(counted))]
    rows = Row("round", parts=tuple(Row(slot.row) for slot in slots))
    used = {slot: used for slot, (_, used) in zip(slots, counted, strict=True)}
    almost_all = [s for s, (made, used) in zip(slots, counted, strict=True) if 0 < made - used < K]
    cells = protect(CountTable("cards", rows, (), used), ENKAT, also=almost_all).table.cells
    if not isinstance(cells[Slot("round")], int):
        # The sum is known all the same, and would give single ones away.
        return [None] * len(counted)
    return [cell if isinstance(cell, int) else None for cell in map(cells.__getitem__, slots)]


def refuse_unless_useful(of: Round) -> None:
    """Raise RoundNotAnonymous, CodesNotAsked or RoundClosed for a round without use for codes."""
    if of.mode != Mode.ANONYMOUS:
        raise RoundNotAnonymous(round=of.name)
    if not of.codes_required:
        raise CodesNotAsked(round=of.name)
    if of.state_on(today()) is RoundState.CLOSED:
        rounds.refuse_unless_open(of.name, RoundState.CLOSED)


def _new_codes(round_id: int, count: int, there: Container[str]) -> dict[str, str]:
    """Draw codes that the round does not have: hash -> code."""
    drawn: dict[str, str] = {}
    while len(drawn) < count:
        code = draw()
        hashed = hash_of(round_id, code)
        if hashed not in there:
            drawn[hashed] = code
    return drawn


def _district(given: str | None) -> str | None:
    name = " ".join((given or "").split())
    if len(name) > DISTRICT_LENGTH:
        raise DistrictInvalid(most=DISTRICT_LENGTH)
    known = districts()
    if name and known and name not in known:
        raise DistrictUnknown(district=name, districts=", ".join(known))
    return name or None

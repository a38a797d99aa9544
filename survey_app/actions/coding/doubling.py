"""Double coding: units are fixed and drawn, and a second coder codes them without seeing the first.

Whose codes stand in the passages is the first coder, one or several. The second one is an account
that only codes: it has given no code in the round, and cannot download what others gave.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from random import Random
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import case, func, select
from sqlalchemy.orm import selectinload

from survey_app.actions import accounts
from survey_app.actions.coding import schemes
from survey_app.actions.coding.carrying import newest_number
from survey_app.actions.coding.double_errors import (
    DoubleUnknown,
    SecondUnfit,
    UnitsLeft,
    UnitsMissing,
)
from survey_app.actions.coding.spans import Span, paragraphs
from survey_app.actions.coding.texts import heading_in
from survey_app.actions.coding.valences import together
from survey_app.audience import Role
from survey_app.store.coding import CodedInterview, Segment, Valence
from survey_app.store.database import db, writing
from survey_app.store.doubling import DoubleCode, DoubleCoding, DoubleUnit, UnitKind
from survey_app.store.interviews import Interview, InterviewText
from survey_app.store.models import Round

Piece = TypeVar("Piece")
# How a unit speaks of codes, by their numbers; it says nothing of those that are not there.
Valences = Mapping[int, Valence]
NONE_SAID: Valences = MappingProxyType({})

LARGEST_SEED = 2**31


@dataclass(frozen=True, slots=True)
class Plan:
    """What shall be coded twice.

    Attributes:
        share: Per cent of the units, at least one.
        seed: Draws the units; None for one by chance.
    """

    kind: UnitKind
    share: int
    second: str
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a second coder is.

    Attributes:
        left, first: The places of the first unit that is not coded, and of the first of all.
    """

    units: int
    coded: int
    left: int | None
    first: int | None


@dataclass(frozen=True, slots=True)
class _Framed:
    """A unit that may be drawn, with the first coder's codes and how it speaks of each."""

    text_id: int
    span: Span
    codes: Mapping[int, Valence]


def doubles_in(of: Round) -> Sequence[DoubleCoding]:
    """Give a round's double codings, the newest first: that there is one is no secret."""
    wanted = select(DoubleCoding).where(DoubleCoding.round_id == of.id)
    return db.session.scalars(wanted.order_by(DoubleCoding.id.desc())).all()


def find(of: Round, double_id: int) -> DoubleCoding:
    """Find a double coding.

    Raises:
        DoubleUnknown: The round has none of that number.
    """
    found = db.session.get(DoubleCoding, double_id)
    if found is None or found.round_id != of.id:
        raise DoubleUnknown
    return found


def find_own(of: Round, double_id: int, account: str) -> DoubleCoding:
    """Find a double coding that somebody is to do.

    Raises:
        DoubleUnknown: There is none, it is another's, or it is finished.
    """
    found = find(of, double_id)
    if found.second != account or found.finished_at is not None:
        raise DoubleUnknown
    return found


def second_coders(of: Round) -> list[str]:
    """Give the accounts that could be the second coder, in order."""
    seeing = {*accounts.with_role(Role.COORDINATOR), *_coders_in(of.id)}
    return [email for email in accounts.with_role(Role.CODER) if email not in seeing]


def begin(of: Round, plan: Plan, account: str) -> int:
    """Fix the units, draw a share of them, and copy what the first coder gave them.

    Raises:
        SchemeMissing: The round has no scheme.
        SecondUnfit: The second coder has seen codes, or could.
        UnitsMissing: No interview is coded.
    """
    scheme, round_id = schemes.needed_by(of), of.id
    if plan.second not in second_coders(of):
        raise SecondUnfit(account=plan.second)
    revision = scheme.revision
    seed = secrets.randbelow(LARGEST_SEED) if plan.seed is None else plan.seed
    with writing():
        frame = _frame(round_id, plan.kind)
        if not frame:
            raise UnitsMissing
        made = DoubleCoding(round_id=round_id, kind=plan.kind, share=plan.share, seed=seed)
        made.second, made.made_by, made.made_at = plan.second, account, datetime.now(UTC)
        made.scheme_revision = revision
        db.session.add(made)
        db.session.flush()
        for place, each in enumerate(drawn(frame, plan.share, seed), start=1):
            _fix(made.id, place, each)
        return made.id


def drawn(frame: Sequence[Piece], share: int, seed: int) -> list[Piece]:
    """Draw a share of what there is, at least one, in an order by chance; one seed, one drawing."""
    chance = Random(seed)  # noqa: S311 - to be drawn again by whoever checks
    return chance.sample(frame, ceil(len(frame) * share / 100))


def units_of(double: DoubleCoding) -> Sequence[DoubleUnit]:
    """Give the units in the order that was drawn."""
    wanted = select(DoubleUnit).where(DoubleUnit.double_id == double.id)
    in_order = wanted.order_by(DoubleUnit.place).options(selectinload(DoubleUnit.given))
    return db.session.scalars(in_order).all()


def progress_of(double: DoubleCoding) -> Progress:
    """Say how far the second coder is."""
    left = func.min(case((~DoubleUnit.is_coded, DoubleUnit.place)))
    columns = (func.count(), func.count(case((DoubleUnit.is_coded, 1))), left)
    wanted = select(*columns, func.min(DoubleUnit.place)).where(DoubleUnit.double_id == double.id)
    units, coded, next_left, first = db.session.execute(wanted).one()
    return Progress(units, coded, next_left, first)


def heading_of(of: Round, unit: DoubleUnit) -> str:
    """Give the question that a unit answers, as the reader reads it."""
    return heading_in(of, unit.text.question)


def give(
    double: DoubleCoding, unit_id: int, codes: Iterable[int], valences: Valences = NONE_SAID
) -> None:
    """Keep what the second coder gives a unit, in the place of what was given before.

    Args:
        double: Of which the unit is.
        unit_id: The unit.
        codes: The codes' numbers.
        valences: How it speaks of each; of codes that are not given they count for nothing.

    Raises:
        DoubleUnknown: It has no such unit, or is finished.
        CodeOfSchemeUnknown: The scheme has no such code.
    """
    double_id, wanted = double.id, frozenset(codes)
    scheme = schemes.needed_by(db.session.get_one(Round, double.round_id))
    for code_id in wanted:
        schemes.find_code(scheme, code_id)
    with writing():
        unit = db.session.get(DoubleUnit, unit_id)
        kept = db.session.get_one(DoubleCoding, double_id)
        if unit is None or unit.double_id != double_id or kept.finished_at is not None:
            raise DoubleUnknown
        unit.given = [each for each in unit.given if not each.is_second]
        db.session.flush()
        unit.given += [_code(each, valences, is_second=True) for each in sorted(wanted)]
        unit.is_coded = True


def finish(double: DoubleCoding) -> None:
    """Say that the second coder is done: from then on the two are compared.

    Raises:
        UnitsLeft: Some units are not coded.
    """
    double_id = double.id
    with writing():
        left = select(func.count()).where(DoubleUnit.double_id == double_id, ~DoubleUnit.is_coded)
        if db.session.scalar(left):
            raise UnitsLeft
        db.session.get_one(DoubleCoding, double_id).finished_at = datetime.now(UTC)


def is_under_way(scheme_id: int) -> bool:
    """Tell whether somebody codes by a scheme without seeing other codes."""
    scheme = schemes.find(scheme_id)
    rounds = [each.id for each in schemes.rounds_of(scheme)]
    going = select(DoubleCoding.id).where(
        DoubleCoding.round_id.in_(rounds), DoubleCoding.finished_at.is_(None)
    )
    return db.session.scalar(going.limit(1)) is not None


def _fix(double_id: int, place: int, each: _Framed) -> None:
    start, stop = each.span
    unit = DoubleUnit(double_id=double_id, text_id=each.text_id, start=start, stop=stop)
    unit.place = place
    unit.given = [_code(code, each.codes, is_second=False) for code in sorted(each.codes)]
    db.session.add(unit)


def _code(code_id: int, valences: Valences, *, is_second: bool) -> DoubleCode:
    said = valences.get(code_id, Valence.UNSAID)
    return DoubleCode(code_id=code_id, is_second=is_second, valence=said)


def _frame(round_id: int, kind: UnitKind) -> list[_Framed]:
    """Give all units of the interviews that are coded, in the order of their notes."""
    texts = db.session.scalars(
        select(InterviewText)
        .join(Interview, Interview.case_id == InterviewText.case_id)
        .join(CodedInterview, CodedInterview.case_id == InterviewText.case_id)
        .where(Interview.round_id == round_id, InterviewText.number == newest_number())
        .order_by(InterviewText.id)
    ).all()
    framed: list[_Framed] = []
    for text in texts:
        wanted = select(Segment).where(Segment.text_id == text.id).order_by(Segment.start)
        segments = db.session.scalars(wanted.order_by(Segment.stop)).all()
        if kind is UnitKind.PASSAGE:
            framed += [_framed(text.id, Span(s.start, s.stop), [s]) for s in segments]
        else:
            framed += [_paragraph(text.id, span, segments) for span in paragraphs(text.text)]
    return framed


def _paragraph(text_id: int, span: Span, segments: Sequence[Segment]) -> _Framed:
    """Give a paragraph the codes of all passages that reach into it."""
    inside = [each for each in segments if each.start < span.stop and span.start < each.stop]
    return _framed(text_id, span, inside)


def _framed(text_id: int, span: Span, segments: Sequence[Segment]) -> _Framed:
    said: dict[int, list[str]] = {}
    for segment in segments:
        for code_id in segment.codes:
            said.setdefault(code_id, []).append(segment.valence)
    return _Framed(text_id, span, {code_id: together(each) for code_id, each in said.items()})


def _coders_in(round_id: int) -> set[str]:
    wanted = (
        select(Segment.coder)
        .join(InterviewText, InterviewText.id == Segment.text_id)
        .join(Interview, Interview.case_id == InterviewText.case_id)
        .where(Interview.round_id == round_id)
    )
    return set(db.session.scalars(wanted.distinct()))

"""What two coders gave the same units: how far they agree, where they do not, and what holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select

from exports.agreement.codes import CodeAgreement, agreement_of, median_of
from survey_app.actions import trail
from survey_app.actions.coding import schemes
from survey_app.actions.coding.double_errors import NoDisagreement, NotFinished, ReasonMissing
from survey_app.actions.interviews.cases import refuse_names
from survey_app.store.coding import Code, Scheme
from survey_app.store.database import db, writing
from survey_app.store.doubling import Decision, DoubleCode, DoubleCoding, DoubleUnit
from survey_app.store.models import Round

KEPT = 8  # comparisons: drawing samples again and again takes seconds


@dataclass(frozen=True, slots=True)
class Compared:
    """How far the two agree.

    Attributes:
        codes: Each code that one of them gave, by name, in the scheme's order.
        same: Units to which both gave exactly the same codes.
        unused: Names of codes that nobody gave.
    """

    units: int
    same: int
    codes: Sequence[CodeAgreement]
    unused: Sequence[str]

    @property
    def kappa(self) -> float | None:
        """Give the median of kappa over the codes for which it is defined."""
        return median_of([each.kappa for each in self.codes])

    @property
    def alpha(self) -> float | None:
        """Give the median of alpha."""
        return median_of([each.alpha for each in self.codes])


class Difference(NamedTuple):
    """A code that one of the two gave a unit; see `Disagreement`."""

    unit_id: int
    code_id: int
    by_first: bool


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A code that one of the two gave a unit.

    Attributes:
        by_first: The first one gave it; otherwise the second.
    """

    unit: DoubleUnit
    code: Code
    by_first: bool
    decision: Decision | None


def compare(double: DoubleCoding) -> Compared:
    """Compare the two code by code.

    Raises:
        NotFinished: The second coder is not done.
    """
    _refuse_early(double)
    given, names = _given(double), _names(double)
    pairs = tuple(
        tuple(frozenset(names[code_id] for code_id in codes) for codes in both)
        for both in given.values()
    )
    used = {name for pair in pairs for given in pair for name in given}
    return Compared(
        len(given),
        sum(one == other for one, other in pairs),
        _agreement(pairs, tuple(name for name in names.values() if name in used)),
        [name for name in names.values() if name not in used],
    )


def differences(double: DoubleCoding) -> list[Difference]:
    """List where the two differ, unit by unit.

    Raises:
        NotFinished: The second coder is not done.
    """
    _refuse_early(double)
    return [
        Difference(unit_id, code_id, code_id in first)
        for unit_id, (first, second) in _given(double).items()
        for code_id in sorted(first ^ second)
    ]


def disagreements(
    double: DoubleCoding, differing: Sequence[Difference] | None = None
) -> list[Disagreement]:
    """Tell what is to be known of some differences; of all where none are named.

    Raises:
        NotFinished: The second coder is not done.
    """
    differing = differences(double) if differing is None else differing
    ids = {each.unit_id for each in differing}
    units = select(DoubleUnit).where(DoubleUnit.double_id == double.id, DoubleUnit.id.in_(ids))
    by_id = {unit.id: unit for unit in db.session.scalars(units)}
    codes = {code.id: code for code in schemes.codes_of(_scheme(double))}
    decided = _decisions(double)
    return [
        Disagreement(
            by_id[each.unit_id],
            codes[each.code_id],
            each.by_first,
            decided.get((each.unit_id, each.code_id)),
        )
        for each in differing
    ]


def decide(
    double: DoubleCoding, unit_id: int, code_id: int, reason: str, account: str, *, is_there: bool
) -> None:
    """Decide what holds, and keep who did it, when and why; the trail keeps what was before.

    Raises:
        NotFinished: The second coder is not done.
        NoDisagreement: The two agree there.
        ReasonMissing, NamesSomebody: Of the reason.
    """
    _refuse_early(double)
    if not reason:
        raise ReasonMissing
    refuse_names(reason)
    double_id = double.id
    with writing():
        unit = db.session.get(DoubleUnit, unit_id)
        if unit is None or unit.double_id != double_id:
            raise NoDisagreement
        if code_id not in unit.codes(of_second=False) ^ unit.codes(of_second=True):
            raise NoDisagreement
        kept = db.session.get(Decision, (unit_id, code_id))
        before = kept.is_there if kept else None
        kept = kept or Decision(unit_id=unit_id, code_id=code_id)
        kept.is_there, kept.reason, kept.by, kept.at = is_there, reason, account, datetime.now(UTC)
        db.session.add(kept)
        told = {"unit": unit_id, "code": db.session.get_one(Code, code_id).name}
        trail.record(
            account, "double.decide", f"double:{double_id}", told | {"there": [before, is_there]}
        )


def _refuse_early(double: DoubleCoding) -> None:
    if double.finished_at is None:
        raise NotFinished


def _given(double: DoubleCoding) -> dict[int, tuple[set[int], set[int]]]:
    """Give the codes of both by unit, in the order that was drawn."""
    wanted = (
        select(DoubleUnit.id, DoubleCode.code_id, DoubleCode.is_second)
        .outerjoin(DoubleCode, DoubleCode.unit_id == DoubleUnit.id)
        .where(DoubleUnit.double_id == double.id)
        .order_by(DoubleUnit.place)
    )
    given: dict[int, tuple[set[int], set[int]]] = {}
    for unit_id, code_id, is_second in db.session.execute(wanted):
        both = given.setdefault(unit_id, (set(), set()))
        if code_id is not None:
            both[is_second].add(code_id)
    return given


def _scheme(double: DoubleCoding) -> Scheme:
    return schemes.needed_by(db.session.get_one(Round, double.round_id))


def _names(double: DoubleCoding) -> Mapping[int, str]:
    return {node.code.id: node.code.name for node in schemes.tree(_scheme(double))}


def _decisions(double: DoubleCoding) -> Mapping[tuple[int, int], Decision]:
    wanted = select(Decision).join(DoubleUnit, DoubleUnit.id == Decision.unit_id)
    found = db.session.scalars(wanted.where(DoubleUnit.double_id == double.id))
    return {(each.unit_id, each.code_id): each for each in found}


@lru_cache(maxsize=KEPT)
def _agreement(
    pairs: tuple[tuple[frozenset[str], ...], ...], names: tuple[str, ...]
) -> tuple[CodeAgreement, ...]:
    return tuple(agreement_of(pairs, names))

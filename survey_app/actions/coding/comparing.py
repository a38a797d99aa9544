"""What two coders gave the same units: how far they agree, where they do not, and what holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import select

from exports.agreement.codes import CodeAgreement, agreement_of, median_of
from survey_app.actions import trail
from survey_app.actions.coding import schemes
from survey_app.actions.coding.double_errors import NoDisagreement, NotFinished, ReasonMissing
from survey_app.actions.coding.doubling import units_of
from survey_app.actions.interviews.cases import refuse_names
from survey_app.store.coding import Code
from survey_app.store.database import db, writing
from survey_app.store.doubling import Decision, DoubleCoding, DoubleUnit
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
    units = units_of(double)
    names = _names(double)
    pairs = tuple(
        tuple(
            frozenset(names[code_id] for code_id in unit.codes(of_second=of_second))
            for of_second in (False, True)
        )
        for unit in units
    )
    used = {name for pair in pairs for given in pair for name in given}
    return Compared(
        len(units),
        sum(one == other for one, other in pairs),
        _agreement(pairs, tuple(name for name in names.values() if name in used)),
        [name for name in names.values() if name not in used],
    )


def disagreements(double: DoubleCoding) -> list[Disagreement]:
    """List where the two differ, unit by unit.

    Raises:
        NotFinished: The second coder is not done.
    """
    _refuse_early(double)
    units = units_of(double)
    decided = _decisions([unit.id for unit in units])
    found = []
    for unit in units:
        first, second = (unit.codes(of_second=each) for each in (False, True))
        for code_id in sorted(first ^ second):
            code = db.session.get_one(Code, code_id)
            decision = decided.get((unit.id, code_id))
            found.append(Disagreement(unit, code, code_id in first, decision))
    return found


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


def _names(double: DoubleCoding) -> Mapping[int, str]:
    scheme = schemes.needed_by(db.session.get_one(Round, double.round_id))
    return {node.code.id: node.code.name for node in schemes.tree(scheme)}


def _decisions(unit_ids: Sequence[int]) -> Mapping[tuple[int, int], Decision]:
    found = db.session.scalars(select(Decision).where(Decision.unit_id.in_(unit_ids)))
    return {(each.unit_id, each.code_id): each for each in found}


@lru_cache(maxsize=KEPT)
def _agreement(
    pairs: tuple[tuple[frozenset[str], ...], ...], names: tuple[str, ...]
) -> tuple[CodeAgreement, ...]:
    return tuple(agreement_of(pairs, names))

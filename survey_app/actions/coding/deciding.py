"""Where two coders differ: what is to be known of it, and what holds, with a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from survey_app.actions import trail
from survey_app.actions.coding import schemes
from survey_app.actions.coding.comparing import (
    Difference,
    differences,
    refuse_early,
    scheme_of,
)
from survey_app.actions.coding.double_errors import DecisionUnexplained, NoDisagreement
from survey_app.actions.coding.valences import differ
from survey_app.actions.interviews.cases import refuse_names
from survey_app.store.coding import Code, Valence
from survey_app.store.database import db, writing
from survey_app.store.doubling import Decision, DoubleCoding, DoubleUnit


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A code about which the two differ in a unit, and what was decided."""

    unit: DoubleUnit
    code: Code
    about: Difference
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What shall hold, and why.

    Attributes:
        valence: How the code is spoken of, where both gave it; None where they differ about the
            code itself.
    """

    is_there: bool
    reason: str
    valence: Valence | None = None


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
    with_text = units.options(joinedload(DoubleUnit.text))
    by_id = {unit.id: unit for unit in db.session.scalars(with_text)}
    codes = {code.id: code for code in schemes.codes_of(scheme_of(double))}
    decided = _decisions(ids)
    return [
        Disagreement(
            by_id[each.unit_id],
            codes[each.code_id],
            each,
            decided.get((each.unit_id, each.code_id)),
        )
        for each in differing
    ]


def decide(
    double: DoubleCoding, unit_id: int, code_id: int, verdict: Verdict, account: str
) -> None:
    """Decide what holds, and keep who did it, when and why; the trail keeps what was before.

    Raises:
        NotFinished: The second coder is not done.
        NoDisagreement: The two agree there.
        DecisionUnexplained, NamesSomebody: Of the reason.
    """
    refuse_early(double)
    if not verdict.reason:
        raise DecisionUnexplained
    refuse_names(verdict.reason)
    double_id = double.id
    with writing():
        unit = db.session.get(DoubleUnit, unit_id)
        if unit is None or unit.double_id != double_id:
            raise NoDisagreement
        _refuse_agreed(unit, code_id, verdict)
        kept = db.session.get(Decision, (unit_id, code_id))
        told = {"unit": unit_id, "code": db.session.get_one(Code, code_id).name}
        told |= _changed(kept, verdict)
        kept = kept or Decision(unit_id=unit_id, code_id=code_id)
        kept.is_there, kept.valence, kept.reason = verdict.is_there, verdict.valence, verdict.reason
        kept.by, kept.at = account, datetime.now(UTC)
        db.session.add(kept)
        trail.record(account, "double.decide", f"double:{double_id}", told)


def _refuse_agreed(unit: DoubleUnit, code_id: int, verdict: Verdict) -> None:
    """Let nothing be decided but what the two differ about."""
    first, second = (unit.valences(of_second=of_second) for of_second in (False, True))
    if verdict.valence is None:
        if (code_id in first) == (code_id in second):
            raise NoDisagreement
        return
    is_open = differ(first.get(code_id, ""), second.get(code_id, ""))
    if not (is_open and verdict.valence and verdict.is_there):
        raise NoDisagreement


def _changed(before: Decision | None, now: Verdict) -> dict[str, object]:
    """Give what was decided before and what is now, without the reasons."""
    if now.valence is not None:
        return {"valence": [before.valence if before else None, now.valence]}
    return {"there": [before.is_there if before else None, now.is_there]}


def _decisions(units: set[int]) -> Mapping[tuple[int, int], Decision]:
    found = db.session.scalars(select(Decision).where(Decision.unit_id.in_(units)))
    return {(each.unit_id, each.code_id): each for each in found}

"""What the register puts into a return by itself: milestones, and what consents allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from sqlalchemy import literal, or_, select

from forms.addresses import instance
from forms.instrument import Instrument
from survey_app.actions.register.periods import Period
from survey_app.actions.returns.placing import NEEDED, PUPIL, Unit, agrees
from survey_app.store.database import db
from survey_app.store.register import Milestone

# Names in the built-in instruments: how many there are, and what each instance is told.
COUNT, REPEAT = "delmal_antal", "delmal"
NUMBER, WEIGHT, BASELINE = "delmal_nr", "delmal_vikt", "delmal_utgangslage"
ATTENDANCE, MAY, MAY_NOT = "narvaro_tillaten", "ja", "nej"  # whether a report may tell of it


def milestones_at(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the prefix of each milestone's addresses in a return, with the milestone's number."""
    for place in count(1):
        prefix = f"{instance('', REPEAT, place)}/"
        if not (number := values.get(prefix + NUMBER)):
            return
        yield prefix, number


def may_tell_attendance(pupil: str, period: Period) -> bool:
    """Tell whether a pupil's consents, if there are any, cover attendance in a period."""
    wanted = select(agrees(literal(pupil), period, NEEDED["narvaro"]))
    return bool(db.session.scalar(wanted))


def milestones_in(pupil: str, period: Period) -> Sequence[Milestone]:
    """Give the milestones that a pupil worked on in a period, by number."""
    wanted = select(Milestone).where(
        Milestone.pupil == pupil,
        Milestone.starts_on <= period.last,
        or_(Milestone.ended_on.is_(None), Milestone.ended_on >= period.first),
    )
    return db.session.scalars(wanted.order_by(Milestone.number)).all()


def given_by_register(
    instrument: Instrument, unit: Unit, milestones: Sequence[Milestone], period: Period
) -> Mapping[str, str]:
    """Give the answers that nobody types: address -> value."""
    if unit.kind != PUPIL or COUNT not in instrument.questions:
        return {}
    given = {COUNT: str(len(milestones))}
    if ATTENDANCE in instrument.questions:
        given[ATTENDANCE] = MAY if may_tell_attendance(unit.code, period) else MAY_NOT
    for place, each in enumerate(milestones, start=1):
        at = instance("", REPEAT, place) + "/"
        weight = each.importance * each.difficulty
        given |= {at + NUMBER: str(each.number), at + WEIGHT: str(weight)}
        given |= {at + BASELINE: str(each.baseline)}
    return {a: value for a, value in given.items() if a.rsplit("/", 1)[-1] in instrument.questions}

"""When a pupil is reported about: while enrolled, and not while a consent has ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, insert, select

from survey_app.actions.register.pathway import Enrolment, Phase, Step, enrolments
from survey_app.store.database import db
from survey_app.store.register import Consent, EnrolmentSpan, PathwayEvent

DAY = timedelta(days=1)
AT_A_TIME = 500  # pupils asked about together: databases bound the length of a list


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of a consent: from its signature to its last day, both counted in.

    Attributes:
        last_day: The day before it was taken back, or its own last day; None while it holds.
    """

    first_day: date
    last_day: date | None


def reportable(times: Iterable[Enrolment], consents: Sequence[Validity]) -> list[Enrolment]:
    """Take out of enrolments the days on which a consent had ended and no newer one was signed."""
    gaps = list(_gaps(sorted(consents, key=lambda each: each.first_day)))
    found = list(times)
    for first, last in gaps:
        found = [piece for time in found for piece in _without(time, first, last)]
    return found


def rebuild(pupils: Collection[str]) -> None:
    """Work out anew the spans of some pupils, in the caller's transaction."""
    db.session.flush()
    wanted = sorted(pupils)
    for start in range(0, len(wanted), AT_A_TIME):
        _rebuild(wanted[start : start + AT_A_TIME])


def _rebuild(pupils: Sequence[str]) -> None:
    steps: dict[str, list[Step]] = defaultdict(list)
    events = select(PathwayEvent).where(PathwayEvent.pupil.in_(pupils))
    for event in db.session.scalars(events.order_by(PathwayEvent.pupil, PathwayEvent.number)):
        steps[event.pupil].append(Step(Phase(event.phase), event.day, event.reason))
    consents: dict[str, list[Validity]] = defaultdict(list)
    for consent in db.session.scalars(select(Consent).where(Consent.pupil.in_(pupils))):
        consents[consent.pupil].append(validity_of(consent))
    rows = [
        {"pupil": pupil, "first_day": time.first_day, "last_day": time.last_day}
        for pupil in pupils
        for time in reportable(enrolments(steps[pupil]), consents[pupil])
    ]
    db.session.execute(delete(EnrolmentSpan).where(EnrolmentSpan.pupil.in_(pupils)))
    if rows:
        db.session.execute(insert(EnrolmentSpan), rows)


def validity_of(consent: Consent) -> Validity:
    """Give the days on which a consent holds; none when it was taken back the day it was given."""
    ends = [] if consent.valid_to is None else [consent.valid_to]
    if consent.withdrawn_on is not None:
        ends.append(consent.withdrawn_on - DAY)
    return Validity(consent.signed_on, min(ends, default=None))


def _gaps(consents: Sequence[Validity]) -> Iterable[tuple[date, date | None]]:
    """Give the days, both counted in, between the end of all consents and the next signature."""
    held_to: date | None = None
    for place, consent in enumerate(consents):
        if consent.last_day is None:
            return
        held_to = consent.last_day if held_to is None else max(held_to, consent.last_day)
        following = consents[place + 1].first_day if place + 1 < len(consents) else None
        if following is None or following > held_to + DAY:
            yield held_to + DAY, None if following is None else following - DAY


def _without(time: Enrolment, first: date, last: date | None) -> Iterable[Enrolment]:
    if not time.touches(first, last or date.max):
        yield time
        return
    if time.first_day < first:
        yield Enrolment(time.first_day, first - DAY)
    if last is not None and (time.last_day is None or time.last_day > last):
        yield Enrolment(max(time.first_day, last + DAY), time.last_day)

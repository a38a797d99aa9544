"""A team's days as a calendar file (RFC 5545): when its returns are due, reminded of and locked.

It says which rounds and which days, and nothing about pupils: not who, not how many, and no day
that follows from a single pupil's own dates.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import current_app
from flask_babel import gettext
from icalendar import Calendar, Event

from survey_app.actions.calendar import today
from survey_app.actions.register.periods import period_of
from survey_app.actions.returns.expecting import due_of, expected_in
from survey_app.actions.returns.reminding import BEGINS
from survey_app.actions.returns.scope import is_of_returns
from survey_app.actions.titles import title_of
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

MAKER = "-//survey-app//returns//SV"
OFTEN = "PT12H"  # how often a calendar program should look again
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a round.

    Attributes:
        what: `due`, `locks` or the step of a reminder: with round and team it names the entry
            for ever, so that a day that is moved moves in the reader's calendar.
    """

    round: Round
    what: str
    day: date


def calendar_of(team: str, name: str) -> bytes:
    """Write the calendar file of a team.

    Args:
        name: What the reader's program calls the calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", OFTEN, parameters={"VALUE": "DURATION"}, encode=False)
    calendar.add("x-published-ttl", OFTEN)
    for entry in entries_of(team):
        calendar.add_component(_event(team, entry))
    return bytes(calendar.to_ical())


def entries_of(team: str) -> list[Entry]:
    """Give the days of the rounds, planned and open, in which something is expected of a team."""
    rounds = [
        each
        for each in queries.all_rounds()
        if is_of_returns(each)
        and each.state_on(today()) is not RoundState.CLOSED
        and expected_in(each, team)
    ]
    found = [entry for each in rounds for entry in _entries(each)]
    return sorted(found, key=lambda entry: (entry.day, entry.round.name, entry.what))


def _entries(of: Round) -> Iterator[Entry]:
    if (due := _due(of)) is not None:
        yield Entry(of, "due", due)
        for step, begins in BEGINS:
            day = due + begins * DAY
            if (of.opens is None or of.opens <= day) and (of.locks is None or day <= of.locks):
                yield Entry(of, step, day)
    if of.locks is not None:
        yield Entry(of, "locks", of.locks)


def _due(of: Round) -> date | None:
    """Give the round's own day; one that would follow from a pupil's own dates is none."""
    if of.period is None:
        return of.due
    return due_of(of, period_of(of.period))


def _event(team: str, entry: Entry) -> Event:
    event = Event()
    event.add("uid", _uid(team, entry))
    event.add("dtstamp", datetime.now(UTC).replace(microsecond=0))
    event.add("dtstart", entry.day)  # a day without a clock needs no time zone
    event.add("dtend", entry.day + DAY)
    event.add("summary", _summary(entry))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if address := current_app.config["SETTINGS"].address:
        event.add("url", f"{address}/returns/{entry.round.name}/")
    return event


def _uid(team: str, entry: Entry) -> str:
    """Name an entry alike each time, and unlike those of any other server."""
    key = current_app.config["SETTINGS"].receipt_key.encode()
    named = f"calendar/{team}/{entry.round.name}/{entry.what}"
    return f"{hmac.new(key, named.encode(), hashlib.sha256).hexdigest()[:32]}@survey-app"


def _summary(entry: Entry) -> str:
    title = title_of(entry.round)
    if entry.what == "due":
        return gettext("Due: %(round)s", round=title)
    if entry.what == "locks":
        return gettext("Last day: %(round)s", round=title)
    return gettext("Reminder of what is left: %(round)s", round=title)

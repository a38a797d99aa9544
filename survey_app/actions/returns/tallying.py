"""Count what has come of a round by team: by the database, where pupils are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import and_, func, select

from survey_app.actions.calendar import today
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register.periods import Period
from survey_app.actions.register.states import (
    HANDED_IN,
    Completeness,
    ReturnState,
    completeness,
    state_of,
)
from survey_app.actions.returns.expecting import Expected, due_of, expected_in, period_of
from survey_app.actions.returns.placing import Unit, reported
from survey_app.actions.returns.saving import subject_of
from survey_app.settings import TIME_ZONE
from survey_app.store.database import db
from survey_app.store.models import Round
from survey_app.store.returns import AuditEntry, UnitReturn

PUPIL = "pupil"
_NOBODY = Unit(PUPIL, "", "")  # what the trail calls a pupil begins with what it calls nobody


@dataclass(frozen=True, slots=True)
class Tally:
    """The returns of a team in a round, counted.

    Attributes:
        share: Accepted of those to come.
        handed_in: Accepted or waiting to be.
        late: Handed in after their day.
        missing: Not handed in, and their day is past.
        given_back: Waiting for the team's correction.
    """

    share: Completeness
    handed_in: int
    late: int
    missing: int
    given_back: int

    @property
    def look(self) -> str:
        """Say in one word how it is: `none`, `missing`, `back`, `whole`, `in` or `wait`."""
        if not self.share.to_come:
            return "none"
        if self.missing:
            return "missing"
        if self.given_back:
            return "back"
        if self.share.accepted == self.share.to_come:
            return "whole"
        return "in" if self.handed_in == self.share.to_come else "wait"


@dataclass(frozen=True, slots=True)
class Counted:
    """The returns of a team in a round, counted.

    Attributes:
        stored: Those of which anything is stored.
        owed_since: The due day of the first that is missing.
    """

    states: Counter[ReturnState]
    stored: int
    late: int
    owed_since: date | None

    @property
    def tally(self) -> Tally:
        """Give the figures of the page."""
        return _tally(self.states, self.late)


def counted(of: Round) -> Mapping[str, Counted]:
    """Count a round's returns by team, in few statements where each pupil has one."""
    if instrument_of(of.version_id).unit == PUPIL and of.period is not None:
        return _counted_by_database(of, period_of(of.period))
    lines, late = _by_team(expected_in(of)), _late_subjects(of)
    return {team: _counted(of, its, late) for team, its in lines.items()}


def total_of(parts: Iterable[Counted]) -> Tally:
    """Add the counts of several teams."""
    states, late = Counter[ReturnState](), 0
    for each in parts:
        states.update(each.states)
        late += each.late
    return _tally(states, late)


def tally_of(of: Round, lines: Collection[Expected]) -> Tally:
    """Count a team's returns in a round."""
    return _counted(of, lines, _late_subjects(of)).tally


def _tally(states: Counter[ReturnState], late: int) -> Tally:
    return Tally(
        completeness(states),
        handed_in=sum(states[state] for state in HANDED_IN),
        late=late,
        missing=states[ReturnState.MISSING],
        given_back=states[ReturnState.RETURNED],
    )


def _counted(of: Round, lines: Collection[Expected], late: Mapping[str, date]) -> Counted:
    return Counted(
        Counter(each.state for each in lines),
        sum(each.revision > 0 for each in lines),
        sum(late.get(subject_of(of.name, each.unit), each.due) > each.due for each in lines),
        min((each.due for each in lines if each.state is ReturnState.MISSING), default=None),
    )


def _counted_by_database(of: Round, period: Period) -> Mapping[str, Counted]:
    due, now = due_of(of, period), today()
    states: dict[str, Counter[ReturnState]] = defaultdict(Counter)
    found: Counter[str] = Counter()
    for team, kept, number in _numbers(of, period):
        stored = ReturnState(kept) if kept else None
        found[team] += number if kept else 0
        states[team][state_of(stored, is_expected=True, due=due, today=now)] += number
    late = _late_by_team(of, period, due)
    return {
        team: Counted(its, found[team], late[team], due if its[ReturnState.MISSING] else None)
        for team, its in states.items()
    }


def _numbers(of: Round, period: Period) -> list[tuple[str, str | None, int]]:
    """Count pupils by team and stored state; None where nothing is stored."""
    placed = reported(period).subquery()
    is_its = and_(
        UnitReturn.round_id == of.id,
        UnitReturn.unit_kind == PUPIL,
        UnitReturn.unit == placed.c.pupil,
        UnitReturn.occasion == "",
    )
    wanted = select(placed.c.team, UnitReturn.state, func.count()).select_from(placed)
    wanted = wanted.outerjoin(UnitReturn, is_its).group_by(placed.c.team, UnitReturn.state)
    return [(team, state, number) for team, state, number in db.session.execute(wanted)]


def _late_by_team(of: Round, period: Period, due: date) -> Counter[str]:
    prefix = subject_of(of.name, _NOBODY)
    late = {subject.removeprefix(prefix) for subject in _late_subjects(of, after=due)}
    if not late:
        return Counter()
    rows = db.session.execute(reported(period))
    return Counter(team for pupil, team, _ in rows if pupil in late)


def _by_team(lines: Iterable[Expected]) -> Mapping[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for each in lines:
        found[each.unit.team].append(each)
    return found


def _late_subjects(of: Round, after: date | None = None) -> Mapping[str, date]:
    """Give the Swedish day on which each return was first handed in, by the trail's subject.

    Args:
        after: Only of those handed in later than this day.
    """
    first, subject = func.min(AuditEntry.at), AuditEntry.subject
    wanted = (
        select(subject, first)
        .where(subject >= f"return:{of.name}/", subject < f"return:{of.name}0")  # "0" follows "/"
        .where(AuditEntry.action == "return.submit")
        .group_by(subject)
    )
    if after is not None:
        midnight = datetime.combine(after + timedelta(days=1), time(), TIME_ZONE)
        wanted = wanted.having(first >= midnight.astimezone(UTC).isoformat(timespec="seconds"))
    return {
        name: datetime.fromisoformat(at).astimezone(TIME_ZONE).date()
        for name, at in db.session.execute(wanted)
    }

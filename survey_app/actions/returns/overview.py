"""What has come of all that was expected: by questionnaire, team and round; and what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from forms.instrument import Mode
from survey_app.actions.calendar import today
from survey_app.actions.register.states import (
    HANDED_IN,
    Completeness,
    ReturnState,
    completeness,
)
from survey_app.actions.returns.expecting import Expected, expected_in
from survey_app.actions.returns.saving import find, subject_of
from survey_app.actions.returns.unexpected import Unexpected, unexpected_in
from survey_app.settings import TIME_ZONE
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Round, RoundState
from survey_app.store.register import Team
from survey_app.store.returns import AuditEntry, UnitReturn


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
class Picture:
    """All teams and rounds of one questionnaire.

    Attributes:
        rounds: The newest first.
        teams: Codes.
        cells: (team, round's name) -> what has come; where nothing is expected there is none.
        totals: Round's name -> what has come of all teams.
        unexpected: What has come although the register does not expect it (any more).
    """

    rounds: Sequence[Round]
    teams: Sequence[str]
    cells: Mapping[tuple[str, str], Tally]
    totals: Mapping[str, Tally]
    unexpected: Sequence[tuple[Round, Unexpected]]


@dataclass(frozen=True, slots=True)
class Late:
    """What a team owes in a round."""

    round: Round
    team: str
    due: date
    missing: int

    @property
    def days(self) -> int:
        """Say for how many days."""
        return (today() - self.due).days


def pictures() -> list[Picture]:
    """Give one picture for each questionnaire with rounds of returns that have begun."""
    by_instrument: dict[str, list[Round]] = defaultdict(list)
    for each in _rounds():
        by_instrument[each.version.name].append(each)
    handed_in_on = _first_days()
    return [_picture(rounds, handed_in_on) for _, rounds in sorted(by_instrument.items())]


def late() -> list[Late]:
    """Give what every team owes, the longest owed first; closed rounds owe nothing more."""
    found: list[Late] = []
    for each in _rounds():
        if each.state_on(today()) is not RoundState.OPEN:
            continue
        for team, lines in _by_team(expected_in(each)).items():
            days = [one.due for one in lines if one.state is ReturnState.MISSING]
            if days:
                found.append(Late(each, team, min(days), len(days)))
    return sorted(found, key=lambda owed: (owed.due, owed.team, owed.round.name))


def lines_of(of: Round, team: str) -> list[tuple[Expected, UnitReturn | None]]:
    """Give what is expected of a team in a round, each with what is stored."""
    # A team's own pupils are asked for alone; of those that nobody's team reports, all are.
    lines = [one for one in expected_in(of, team or None) if one.unit.team == team]
    return [(one, find(of, one.unit) if one.revision else None) for one in lines]


def unexpected_of(of: Round, team: str) -> list[Unexpected]:
    """List what a team has reported in a round that the register does not expect (any more)."""
    return [one for one in unexpected_in(of) if one.unit.team == team]


def tally_of(of: Round, lines: Iterable[Expected]) -> Tally:
    """Count a team's returns in a round."""
    return _tally(of, list(lines), _first_days())


def team_names() -> Mapping[str, str]:
    """Give the teams' names by code."""
    return {team.code: team.name for team in db.session.scalars(select(Team))}


def _rounds() -> list[Round]:
    """Give the rounds of returns that have begun, the newest period first."""
    now = today()
    begun = [
        each
        for each in queries.all_rounds()
        if each.mode == Mode.RETURN and each.state_on(now) is not RoundState.PLANNED
    ]
    return sorted(begun, key=lambda each: (each.due or date.max, each.name), reverse=True)


def _picture(rounds: Sequence[Round], handed_in_on: Mapping[str, date]) -> Picture:
    cells: dict[tuple[str, str], Tally] = {}
    totals = {}
    unexpected: list[tuple[Round, Unexpected]] = []
    for each in rounds:
        lines = expected_in(each)
        unexpected += [(each, one) for one in unexpected_in(each, lines)]
        totals[each.name] = _tally(each, lines, handed_in_on)
        for team, own in _by_team(lines).items():
            cells[team, each.name] = _tally(each, own, handed_in_on)
    return Picture(rounds, sorted({team for team, _ in cells}), cells, totals, unexpected)


def _by_team(lines: Iterable[Expected]) -> Mapping[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for each in lines:
        found[each.unit.team].append(each)
    return found


def _tally(of: Round, lines: Sequence[Expected], handed_in_on: Mapping[str, date]) -> Tally:
    states = [each.state for each in lines]
    return Tally(
        completeness(states),
        handed_in=sum(state in HANDED_IN for state in states),
        late=sum(handed_in_on.get(subject_of(of.name, e.unit), e.due) > e.due for e in lines),
        missing=states.count(ReturnState.MISSING),
        given_back=states.count(ReturnState.RETURNED),
    )


def _first_days() -> dict[str, date]:
    """Give the Swedish day on which each return was first handed in, by the trail's subject."""
    return dict(_first_times())


def _first_times() -> Iterator[tuple[str, date]]:
    wanted = (
        select(AuditEntry.subject, func.min(AuditEntry.at))
        .where(AuditEntry.subject >= "return:", AuditEntry.subject < "return;")
        .where(AuditEntry.action == "return.submit")
        .group_by(AuditEntry.subject)
    )
    for subject, at in db.session.execute(wanted):
        yield subject, datetime.fromisoformat(at).astimezone(TIME_ZONE).date()

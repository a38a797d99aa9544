"""What has come of all that was expected: by questionnaire, team and round; and what is late."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from forms.instrument import Mode
from survey_app.actions.calendar import today
from survey_app.actions.instruments import instrument_of
from survey_app.actions.returns.counting import Counting
from survey_app.actions.returns.expecting import Expected, expected_in
from survey_app.actions.returns.tallying import Counted, Tally, counted, total_of
from survey_app.actions.returns.unexpected import Unexpected, unexpected_in
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Round, RoundState
from survey_app.store.register import Team
from survey_app.store.returns import UnitReturn

TEAMS_AT_A_TIME = 50  # thousands of cells are slow to make, and nobody reads them


@dataclass(frozen=True, slots=True)
class Picture:
    """Teams and rounds of one questionnaire.

    Attributes:
        rounds: The newest first.
        teams: Codes, so many as are shown at a time.
        cells: (team, round's name) -> what has come; where nothing is expected there is none.
        totals: Round's name -> what has come of all teams.
        left_out: How many older rounds are not shown.
        all_teams: How many teams there are in all.
    """

    rounds: Sequence[Round]
    teams: Sequence[str]
    cells: Mapping[tuple[str, str], Tally]
    totals: Mapping[str, Tally]
    left_out: int
    all_teams: int

    @property
    def doubled(self) -> Sequence[Round]:
        """Give the rounds beside which another one asks about the same period."""
        times = Counter(each.period for each in self.rounds if each.period)
        return [each for each in self.rounds if each.period and times[each.period] > 1]


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


class Known:
    """What has come by team: what one page asks for twice is counted once."""

    def __init__(self) -> None:
        self._counting = Counting()
        self._found: dict[str, tuple[Round, Mapping[str, Counted]]] = {}

    def of(self, one: Round) -> Mapping[str, Counted]:
        """Give a round's counts."""
        if one.name not in self._found:
            self._found[one.name] = (one, counted(one, self._counting))
        return self._found[one.name][1]

    def unexpected(self) -> int:
        """Count what is stored beside what is expected, in the rounds that were asked for."""
        return sum(
            self._counting.stored(one) - sum(its.stored for its in by_team.values())
            for one, by_team in self._found.values()
        )


def pictures(most: int | None = None, known: Known | None = None, first: int = 0) -> list[Picture]:
    """Give one picture for each questionnaire with rounds of returns that have begun.

    Args:
        most: So many rounds of each, the newest; by default all.
        known: Gets what is counted.
        first: The place of the first team that is shown, by code.
    """
    known = known or Known()
    by_instrument: dict[str, list[Round]] = defaultdict(list)
    for each in _rounds():
        by_instrument[each.version.name].append(each)
    return [
        _picture(rounds[:most], known, first, left_out=len(rounds) - len(rounds[:most]))
        for _, rounds in sorted(by_instrument.items())
    ]


def unexpected() -> list[tuple[Round, Unexpected]]:
    """List what has come and is not expected (any more), in all rounds, the newest first."""
    return [(each, one) for each in _rounds() for one in unexpected_in(each)]


def late(known: Known | None = None) -> list[Late]:
    """Give what every team owes, the longest owed first; closed rounds owe nothing more."""
    known = known or Known()
    found: list[Late] = []
    for each in _rounds():
        if each.state_on(today()) is not RoundState.OPEN:
            continue
        for team, its in known.of(each).items():
            if its.owed_since:
                found.append(Late(each, team, its.owed_since, its.tally.missing))
    return sorted(found, key=lambda owed: (owed.due, owed.team, owed.round.name))


def lines_of(of: Round, team: str) -> list[tuple[Expected, UnitReturn | None]]:
    """Give what is expected of a team in a round, each with what is stored."""
    # A team's own pupils are asked for alone; of those that nobody's team reports, all are.
    lines = [one for one in expected_in(of, team or None) if one.unit.team == team]
    stored = _stored(of, [one.unit.code for one in lines])
    return [(one, stored.get((one.unit.code, one.unit.occasion))) for one in lines]


def unexpected_of(of: Round, team: str) -> list[Unexpected]:
    """List what a team has reported in a round that the register does not expect (any more)."""
    return unexpected_in(of, team)


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


def _stored(of: Round, codes: Sequence[str]) -> Mapping[tuple[str, str], UnitReturn]:
    kind = instrument_of(of.version_id).unit
    wanted = select(UnitReturn).where(
        UnitReturn.round_id == of.id, UnitReturn.unit_kind == kind, UnitReturn.unit.in_(codes)
    )
    return {(each.unit, each.occasion): each for each in db.session.scalars(wanted)}


def _picture(rounds: Sequence[Round], known: Known, first: int, left_out: int) -> Picture:
    counts = {each.name: known.of(each) for each in rounds}
    teams = sorted(set().union(*counts.values()))
    shown = teams[first : first + TEAMS_AT_A_TIME]
    cells = {
        (team, name): by_team[team].tally
        for name, by_team in counts.items()
        for team in shown
        if team in by_team
    }
    totals = {name: total_of(by_team.values()) for name, by_team in counts.items()}
    return Picture(rounds, shown, cells, totals, left_out, len(teams))

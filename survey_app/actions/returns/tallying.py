"""Count what has come of a round by team: by the database, where pupils are many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from survey_app.actions.calendar import today
from survey_app.actions.instruments import instrument_of
from survey_app.actions.register.periods import period_of
from survey_app.actions.register.states import (
    HANDED_IN,
    Completeness,
    ReturnState,
    completeness,
    state_of,
)
from survey_app.actions.returns.counting import Counting, Numbers, handed_in_on
from survey_app.actions.returns.expecting import Expected, due_of, expected_in
from survey_app.actions.returns.placing import PUPIL
from survey_app.actions.returns.saving import subject_of
from survey_app.store.models import Round


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

    states: Mapping[ReturnState, int]
    stored: int
    late: int
    owed_since: date | None

    @property
    def tally(self) -> Tally:
        """Give the figures of the page."""
        return _tally(self.states, self.late)


def counted(of: Round, counting: Counting) -> Mapping[str, Counted]:
    """Count a round's returns by team, in few statements where each pupil has one."""
    if instrument_of(of.version_id).unit == PUPIL and of.period is not None:
        period = period_of(of.period)
        due = due_of(of, period)
        return _of_numbers(counting.numbers(of, period, due), due)
    lines, late = _by_team(expected_in(of)), handed_in_on(of)
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
    return _counted(of, lines, handed_in_on(of, [each.unit for each in lines])).tally


def _tally(states: Mapping[ReturnState, int], late: int) -> Tally:
    return Tally(
        completeness(states),
        handed_in=sum(states.get(state, 0) for state in HANDED_IN),
        late=late,
        missing=states.get(ReturnState.MISSING, 0),
        given_back=states.get(ReturnState.RETURNED, 0),
    )


def _counted(of: Round, lines: Collection[Expected], late: Mapping[str, date]) -> Counted:
    return Counted(
        Counter(each.state for each in lines),
        sum(each.revision > 0 for each in lines),
        sum(late.get(subject_of(of.name, each.unit), each.due) > each.due for each in lines),
        min((each.due for each in lines if each.state is ReturnState.MISSING), default=None),
    )


def _of_numbers(numbers: Numbers, due: date) -> Mapping[str, Counted]:
    """Say of each team's numbers what they mean today."""
    found, now = Counter[str](), today()
    # Plain dictionaries: thousands of `Counter`s take a tenth of the page's time to make.
    states: dict[str, dict[ReturnState, int]] = defaultdict(dict)
    for kept, by_team in numbers.stored.items():
        state = state_of(kept, is_expected=True, due=due, today=now)
        for team, number in by_team.items():
            states[team][state] = states[team].get(state, 0) + number
            found[team] += number
    nothing = state_of(None, is_expected=True, due=due, today=now)
    for team, number in numbers.to_come.items():
        if rest := number - found[team]:
            states[team][nothing] = states[team].get(nothing, 0) + rest
    late = numbers.late
    return {
        team: Counted(its, found[team], late[team], due if its.get(ReturnState.MISSING) else None)
        for team, its in states.items()
    }


def _by_team(lines: Iterable[Expected]) -> Mapping[str, list[Expected]]:
    found: dict[str, list[Expected]] = defaultdict(list)
    for each in lines:
        found[each.unit.team].append(each)
    return found

"""Whose returns an account sees and writes: `teams_of` decides it, and everything here asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from forms.instrument import Mode
from forms.marking import N_
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError, RoundUnknown
from survey_app.actions.register.states import HANDED_IN, ReturnState
from survey_app.actions.returns.expecting import Expected, expected_in, teams_on
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

DONE = HANDED_IN | {ReturnState.CANNOT_BE_SUPPLIED}


class ReturnUnknown(ActionError):
    """No such return is expected of the account's teams: it may not even learn whether one is."""

    sentence = N_("There is no such report here. Look among your team's reports.")
    status: ClassVar[int] = 404


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks.

    Attributes:
        account: The account's address.
        sees_all: A coordinator, who looks at every team's returns and writes in none.
    """

    account: str
    sees_all: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one team reports in one round.

    Attributes:
        is_own: The viewer holds a post in the team, and so writes while the round is open.
    """

    round: Round
    team: str
    expected: Sequence[Expected]
    is_own: bool

    @property
    def may_write(self) -> bool:
        """Tell whether the viewer may change anything today."""
        return self.is_own and self.round.state_on(today()) is RoundState.OPEN

    @property
    def done(self) -> int:
        """Count what needs no more work of the team."""
        return sum(each.state in DONE for each in self.expected)

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.done == len(self.expected)

    @property
    def is_late(self) -> bool:
        """Tell whether something is left to do after its day."""
        return any(each.state not in DONE and each.due < today() for each in self.expected)


def teams_of(viewer: Viewer) -> Sequence[str]:
    """Give the teams for which the viewer reports today."""
    return teams_on(viewer.account, today())


def sheets_of(viewer: Viewer) -> list[Sheet]:
    """Give the open rounds of the viewer's own teams: late ones first, then by day."""
    own = teams_of(viewer)
    found = [
        Sheet(each, team, expected, is_own=True)
        for each in queries.all_rounds()
        if is_of_returns(each) and each.state_on(today()) is RoundState.OPEN
        for team in own
        if (expected := expected_in(each, team))
    ]
    return sorted(found, key=lambda each: (each.is_done, min(e.due for e in each.expected)))


def sheet_of(of: Round, team: str, viewer: Viewer) -> Sheet:
    """Give what a team reports in a round.

    Raises:
        RoundUnknown: The round is none of returns.
        ReturnUnknown: The team is not the viewer's, or nothing is expected of it.
    """
    if not is_of_returns(of):
        raise RoundUnknown(round=of.name)
    is_own = team in teams_of(viewer)
    if not is_own and not viewer.sees_all:
        raise ReturnUnknown
    expected = expected_in(of, team)
    if not expected:
        raise ReturnUnknown
    return Sheet(of, team, expected, is_own)


def teams_in(of: Round, viewer: Viewer) -> list[str]:
    """Give the teams whose sheets of a round the viewer may open, own ones only unless none is."""
    expected = {each.unit.team for each in expected_in(of)} if is_of_returns(of) else set()
    own = sorted(expected & set(teams_of(viewer)))
    return own or (sorted(expected - {""}) if viewer.sees_all else [])


def find_expected(
    of: Round, kind: str, code: str, occasion: str, viewer: Viewer
) -> tuple[Expected, Sheet]:
    """Find one return, with the sheet it stands on.

    Raises:
        ReturnUnknown: It is not expected of a team of the viewer's.
    """
    for team in teams_in(of, viewer):
        sheet = sheet_of(of, team, viewer)
        for each in sheet.expected:
            if (each.unit.kind, each.unit.code, each.unit.occasion) == (kind, code, occasion):
                return each, sheet
    raise ReturnUnknown


def is_of_returns(of: Round) -> bool:
    """Tell whether a round collects returns about units of the register."""
    return of.mode == Mode.RETURN

"""Whose returns an account sees and writes: `groups_of` decides it, and everything here asks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from forms.instrument import Mode
from forms.marking import N_
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError, RoundUnknown
from survey_app.actions.register.states import HANDED_IN, ReturnState
from survey_app.actions.returns.expecting import Expected, expected_in
from survey_app.actions.returns.placing import schools_on, teams_on
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

DONE = HANDED_IN | {ReturnState.CANNOT_BE_SUPPLIED}
# The built-in questionnaires that a school's own officer fills in: no other is ever a school's.
OF_SCHOOLS = frozenset({"narvaro", "betyg"})


class ReturnUnknown(ActionError):
    """No such return is expected of the account: it may not even learn whether one is."""

    sentence = N_("There is no such report here. Look among your own reports.")
    status: ClassVar[int] = 404


class GroupKind(StrEnum):
    """Who reports together; the word is a part of the sheet's address."""

    TEAM = "teams"
    SCHOOL = "schools"


@dataclass(frozen=True, slots=True)
class Group:
    """A team, whose pupils' returns are on one sheet, or a school, for attendance and grades."""

    kind: GroupKind
    code: str

    def reports_in(self, of: Round) -> bool:
        """Tell whether a round's questionnaire is one that such a group sees."""
        return is_of_returns(of) and (self.kind is GroupKind.TEAM or is_of_schools(of))

    def expected_in(self, of: Round) -> list[Expected]:
        """List what is expected of the group in a round; nothing of a round it does not see."""
        if not self.reports_in(of):
            return []
        if self.kind is GroupKind.SCHOOL:
            return expected_in(of, school=self.code)
        return expected_in(of, self.code)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks.

    Attributes:
        account: The account's address.
        sees_all: A coordinator, who looks at every team's returns and writes in none.
        in_teams: The account's posts in teams count.
        in_schools: The schools whose officer it is count.
    """

    account: str
    sees_all: bool = False
    in_teams: bool = True
    in_schools: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """On whose sheet of a round a return stands; the rest of the sheet is dear, and not read.

    Attributes:
        is_own: As for the sheet.
    """

    round: Round
    group: Group
    is_own: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one team, or one school, reports in one round.

    Attributes:
        is_own: The viewer reports for the group, and so writes while the round is open.
    """

    round: Round
    group: Group
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


def groups_of(viewer: Viewer) -> Sequence[Group]:
    """Give the teams and schools for which the viewer reports today."""
    teams = teams_on(viewer.account, today()) if viewer.in_teams else ()
    schools = schools_on(viewer.account, today()) if viewer.in_schools else ()
    return [
        *(Group(GroupKind.TEAM, code) for code in teams),
        *(Group(GroupKind.SCHOOL, code) for code in schools),
    ]


def sheets_of(viewer: Viewer) -> list[Sheet]:
    """Give the open rounds of the viewer's own groups: late ones first, then by day."""
    own = groups_of(viewer)
    found = [
        Sheet(each, group, expected, is_own=True)
        for each in queries.all_rounds()
        if is_of_returns(each) and each.state_on(today()) is RoundState.OPEN
        for group in own
        if (expected := group.expected_in(each))
    ]
    return sorted(found, key=lambda each: (each.is_done, min(e.due for e in each.expected)))


def sheet_of(of: Round, group: Group, viewer: Viewer) -> Sheet:
    """Give what a group reports in a round.

    Raises:
        RoundUnknown: The round is none of returns.
        ReturnUnknown: The group is not the viewer's, or nothing is expected of it.
    """
    if not is_of_returns(of):
        raise RoundUnknown(round=of.name)
    is_own = group in groups_of(viewer)
    if not is_own and not viewer.sees_all:
        raise ReturnUnknown
    expected = group.expected_in(of)
    if not expected:
        raise ReturnUnknown
    return Sheet(of, group, expected, is_own)


def groups_in(of: Round, viewer: Viewer) -> list[Group]:
    """Give the groups whose sheets of a round the viewer may open, own ones only unless none is."""
    own = [group for group in groups_of(viewer) if group.expected_in(of)]
    if own or not viewer.sees_all or not is_of_returns(of):
        return own
    teams = sorted({each.unit.team for each in expected_in(of)} - {""})
    return [Group(GroupKind.TEAM, code) for code in teams]


def find_expected(
    of: Round, kind: str, code: str, occasion: str, viewer: Viewer
) -> tuple[Expected, Place]:
    """Find one return, and where it stands.

    Raises:
        ReturnUnknown: It is not expected of a group of the viewer's.
    """
    wanted = (kind, code, occasion)
    for each in expected_in(of, code=code) if is_of_returns(of) else ():
        unit = each.unit
        if wanted == (unit.kind, unit.code, unit.occasion):
            return each, _place_of(of, each, viewer)
    raise ReturnUnknown


def _place_of(of: Round, each: Expected, viewer: Viewer) -> Place:
    """Choose the group on whose sheet the viewer finds a return; nobody's sheet is nobody's."""
    team = Group(GroupKind.TEAM, each.unit.team)
    both = (team, Group(GroupKind.SCHOOL, each.unit.school))
    own = set(groups_of(viewer))
    found = (group for group in both if group in own and group.reports_in(of))
    if group := next(found, None):
        return Place(of, group, is_own=True)
    if viewer.sees_all and team.code:
        return Place(of, team, is_own=False)
    raise ReturnUnknown


def is_of_schools(of: Round) -> bool:
    """Tell whether a round collects what the schools' officers see: attendance and grades."""
    return of.version.name in OF_SCHOOLS


def is_of_returns(of: Round) -> bool:
    """Tell whether a round collects returns about units of the register."""
    return of.mode == Mode.RETURN

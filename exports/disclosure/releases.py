"""What was shown before decides what may be shown now (R7), so each release is recorded (R11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import Enum, unique
from typing import Any

from exports.disclosure.rules import PROFILES, RULE_VERSION, SMALLEST_ENKAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A table about some schools that was shown, or is about to be; holds no figure but its size.

    Attributes:
        table: Which of the approved tables, such as "safety by year".
        definition: Its rows, columns and filters in words or as a hash; whatever tells a change.
        schools: Whom it is about.
        n: Answers or pupils in it.
        data_version: Of the data; the same one may be shown again.
        profile: For whom, by its name in `PROFILES`.
        approver: Who decided.
        day: In ISO 8601, for instance 2026-11-05.
    """

    table: str
    definition: str
    schools: frozenset[str]
    n: int
    data_version: str
    profile: str
    approver: str
    day: str
    is_enkat: bool = True
    rule_version: str = RULE_VERSION

    @property
    def smallest(self) -> int:
        """Give how many it must be about."""
        return SMALLEST_ENKAT if self.is_enkat else PROFILES[self.profile].smallest_group

    def as_record(self) -> dict[str, Any]:
        """Give the release as plain data for the log, its schools in order."""
        return {**asdict(self), "schools": sorted(self.schools)}


@unique
class Refusal(Enum):
    """Why a release may not be made."""

    TOO_SMALL = "too small"
    NOT_APPROVED = "not approved"
    TOO_FEW_NEW = "too few new answers"
    TELLS_ONE_SCHOOL = "tells of one school"


def refusal_of(new: Release, earlier: Iterable[Release], approved: Iterable[str]) -> Refusal | None:
    """Say why a release may not be made; None when it may.

    Args:
        earlier: Every release before, of any table and to anyone: readers talk to each other.
        approved: The tables that were approved beforehand.
    """
    if new.table not in approved:
        return Refusal.NOT_APPROVED
    if new.n < new.smallest:
        return Refusal.TOO_SMALL
    same_table = [each for each in earlier if each.table == new.table]
    if any(_tells_the_rest(new, each) for each in same_table):
        return Refusal.TELLS_ONE_SCHOOL
    if any(_grew_too_little(new, each) for each in same_table):
        return Refusal.TOO_FEW_NEW
    return None


def _tells_the_rest(new: Release, old: Release) -> bool:
    """Tell whether one school, or too few answers, stand in one release and not in the other."""
    small, large = sorted((new.schools, old.schools), key=len)
    if not small < large:
        return False
    return len(large - small) == 1 or abs(new.n - old.n) < new.smallest


def _grew_too_little(new: Release, old: Release) -> bool:
    is_repeated = (new.data_version, new.definition) == (old.data_version, old.definition)
    if new.schools != old.schools or is_repeated:
        return False
    # Only where both are for staff alone may the step be the smaller one.
    step = max(PROFILES[each.profile].new_answers for each in (new, old))
    return new.n - old.n < step

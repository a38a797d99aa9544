"""The numbers of the disclosure rules, and for whom they hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

RULE_VERSION = "5"
K = 5  # counts of 1 to K - 1 are never shown, nor is what they can be worked out from
SMALLEST_ENKAT = 10  # answers to an enkät, whoever reads (R1)
SMALLEST_CLASS = 10  # persons in each class of a split, such as girls or year 7 (R2)
SMALLEST_FULL = 30  # answers from which a whole distribution is shown (R3), and a spread (R9)
UNANIMOUS_BELOW = 10  # that all of so few are alike is told about nobody (R4)
LEAST_RATE = 50  # per cent of a school's pupils who must have answered (R2)
LEAST_SCHOOLS = 2  # that must have contributed to a district's figure (R2)
VALUES = 3  # which a hidden count must be able to have, for who knows the rules (R5)


@unique
class Level(Enum):
    """What a row of a table is."""

    CITY = "city"
    DISTRICT = "district"
    SCHOOL = "school"
    GROUP = "group"


@unique
class Reason(Enum):
    """Why a count is hidden.

    For tests and whoever looks after the rules, never for readers: of two hidden counts that
    make 7 together, two that are known to be small themselves are 3 and 4.
    """

    PRIMARY = "primary"  # it is small, or tells of a small one at once (R4)
    SECONDARY = "secondary"  # a hidden one could be worked out from it (R5, R6)
    RULE = "rule"  # its group is too small, or too few of it answered (R1, R2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who reads, and what that changes.

    Attributes:
        smallest_group: Registered pupils of whom anything may be told.
        rounds_counts: Whether counts are shown to the nearest 5 (R8).
        has_finer_shares: Whether shares of an enkät are shown to the nearest 5 per cent (R3).
        new_answers: By which a group must have grown to be shown anew (R7).
    """

    name: str
    smallest_group: int
    rounds_counts: bool = False
    has_finer_shares: bool = False
    new_answers: int = 10


PUBLIC = Profile(name="public", smallest_group=10, rounds_counts=True)
STAFF = Profile(name="staff", smallest_group=5, new_answers=5)
ENKAT = Profile(name="enkat", smallest_group=SMALLEST_ENKAT)
INTERNAL = Profile(name="internal", smallest_group=5, has_finer_shares=True, new_answers=5)
PROFILES = {each.name: each for each in (PUBLIC, STAFF, ENKAT, INTERNAL)}

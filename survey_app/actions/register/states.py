"""Where a return is: what was handed in, and what the calendar makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReturnState(StrEnum):
    """Where a return is; the first two and `missing` are derived and never stored."""

    NOT_EXPECTED = "not_expected"
    EXPECTED = "expected"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CORRECTED = "corrected"
    MISSING = "missing"
    CANNOT_BE_SUPPLIED = "cannot_be_supplied"


# Who may bring a return from which state to which.
BY_TEAM = {
    (None, ReturnState.DRAFT),
    (None, ReturnState.SUBMITTED),
    (None, ReturnState.CANNOT_BE_SUPPLIED),
    (ReturnState.DRAFT, ReturnState.DRAFT),
    (ReturnState.DRAFT, ReturnState.SUBMITTED),
    (ReturnState.DRAFT, ReturnState.CANNOT_BE_SUPPLIED),
    (ReturnState.SUBMITTED, ReturnState.CORRECTED),
    (ReturnState.CORRECTED, ReturnState.CORRECTED),
    (ReturnState.RETURNED, ReturnState.RETURNED),
    (ReturnState.RETURNED, ReturnState.CORRECTED),
    (ReturnState.RETURNED, ReturnState.CANNOT_BE_SUPPLIED),
    (ReturnState.CANNOT_BE_SUPPLIED, ReturnState.DRAFT),
}
BY_COORDINATOR = {
    (ReturnState.SUBMITTED, ReturnState.ACCEPTED),
    (ReturnState.CORRECTED, ReturnState.ACCEPTED),
    (ReturnState.SUBMITTED, ReturnState.RETURNED),
    (ReturnState.CORRECTED, ReturnState.RETURNED),
    (ReturnState.ACCEPTED, ReturnState.RETURNED),
    (ReturnState.CANNOT_BE_SUPPLIED, ReturnState.ACCEPTED),
    (ReturnState.CANNOT_BE_SUPPLIED, ReturnState.RETURNED),
}
TO_BE_JUDGED = frozenset({ReturnState.SUBMITTED, ReturnState.CORRECTED})
HANDED_IN = TO_BE_JUDGED | {ReturnState.ACCEPTED}
LEFT_OUT = (ReturnState.NOT_EXPECTED, ReturnState.CANNOT_BE_SUPPLIED)  # nothing is to come


def state_of(
    stored: ReturnState | None, *, is_expected: bool, due: date, today: date
) -> ReturnState:
    """Tell where a return is on a day.

    What was handed in stays what it is although the register has changed and nobody would ask
    for it now. A draft after the due day is still missing.
    """
    if stored is not None and stored is not ReturnState.DRAFT:
        return stored
    if not is_expected:
        return ReturnState.NOT_EXPECTED if stored is None else stored
    if today > due:
        return ReturnState.MISSING
    return stored or ReturnState.EXPECTED


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what was expected has come.

    Attributes:
        accepted: Returns that were accepted.
        to_come: Returns that are expected, less those that cannot be supplied.
    """

    accepted: int
    to_come: int

    @property
    def share(self) -> float | None:
        """Give accepted of what was to come; None when nothing was."""
        return self.accepted / self.to_come if self.to_come else None


def completeness(states: Iterable[ReturnState] | Mapping[ReturnState, int]) -> Completeness:
    """Count returns: accepted / (expected - cannot be supplied).

    Args:
        states: Of each return, or how many are in each.
    """
    counts = states if isinstance(states, Mapping) else Counter(states)
    left_out = sum(counts.get(state, 0) for state in LEFT_OUT)
    return Completeness(counts.get(ReturnState.ACCEPTED, 0), sum(counts.values()) - left_out)

"""The pupil's pathway through a team's work: which phase may follow which, and what it drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from forms.marking import N_


class Phase(StrEnum):
    """Where a pupil is; the values stand in the register's workbook and in the coded file."""

    REFERRED = "aktualiserad"
    NOT_RELEVANT = "ej-aktuell"
    OFFERED = "erbjuden"
    DECLINED = "tackat-nej"
    CONSENTED = "samtycke"
    ENROLLED = "inskriven"
    MAPPED = "kartlaggning"
    PLANNED = "handlingsplan"
    CARRIED_OUT = "genomforande"
    FOLLOWED_UP = "uppfoljning"
    DISCHARGED = "utskriven"
    MAINTAINED = "vidmakthallande"
    ENDED = "avslutad"


LABELS: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.REFERRED: N_("Referred"),
        Phase.NOT_RELEVANT: N_("Not relevant"),
        Phase.OFFERED: N_("Offered"),
        Phase.DECLINED: N_("Declined"),
        Phase.CONSENTED: N_("Consented"),
        Phase.ENROLLED: N_("Enrolled"),
        Phase.MAPPED: N_("Mapping done"),
        Phase.PLANNED: N_("Plan made"),
        Phase.CARRIED_OUT: N_("Carried out"),
        Phase.FOLLOWED_UP: N_("Followed up"),
        Phase.DISCHARGED: N_("Discharged"),
        Phase.MAINTAINED: N_("Maintained"),
        Phase.ENDED: N_("Ended"),
    }
)
# The phases between enrolment and discharge: while in one, a pupil is reported about.
ACTIVE = frozenset(
    {Phase.ENROLLED, Phase.MAPPED, Phase.PLANNED, Phase.CARRIED_OUT, Phase.FOLLOWED_UP}
)
_LEAVES = frozenset({Phase.DISCHARGED})
# What may come next. A pupil may leave from any active phase, and be enrolled again later.
NEXT: Mapping[Phase | None, frozenset[Phase]] = MappingProxyType(
    {
        None: frozenset({Phase.REFERRED}),
        Phase.REFERRED: frozenset({Phase.NOT_RELEVANT, Phase.OFFERED}),
        Phase.NOT_RELEVANT: frozenset({Phase.REFERRED}),
        Phase.OFFERED: frozenset({Phase.DECLINED, Phase.CONSENTED}),
        Phase.DECLINED: frozenset({Phase.REFERRED, Phase.OFFERED}),
        Phase.CONSENTED: frozenset({Phase.ENROLLED, Phase.DECLINED}),
        Phase.ENROLLED: frozenset({Phase.MAPPED}) | _LEAVES,
        Phase.MAPPED: frozenset({Phase.PLANNED}) | _LEAVES,
        Phase.PLANNED: frozenset({Phase.CARRIED_OUT}) | _LEAVES,
        Phase.CARRIED_OUT: frozenset({Phase.FOLLOWED_UP}) | _LEAVES,
        Phase.FOLLOWED_UP: frozenset({Phase.CARRIED_OUT, Phase.PLANNED}) | _LEAVES,
        Phase.DISCHARGED: frozenset({Phase.MAINTAINED, Phase.ENDED, Phase.ENROLLED}),
        Phase.MAINTAINED: frozenset({Phase.ENDED, Phase.ENROLLED}),
        Phase.ENDED: frozenset({Phase.REFERRED, Phase.ENROLLED}),
    }
)
NEEDS_REASON = frozenset({Phase.NOT_RELEVANT, Phase.DECLINED, Phase.DISCHARGED})


@dataclass(frozen=True, slots=True)
class Step:
    """That a pupil came to a phase on a day."""

    phase: Phase
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """One time with the team, the days of enrolment and discharge counted in.

    Attributes:
        last_day: The day of discharge; None while it goes on.
    """

    first_day: date
    last_day: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """Tell whether it has any day of a period."""
        return self.first_day <= last and (self.last_day is None or first <= self.last_day)

    def until(self, day: date) -> Enrolment | None:
        """End it on the day before `day` at the latest; None when nothing is left."""
        end = day - timedelta(days=1)
        if end < self.first_day:
            return None
        return Enrolment(self.first_day, end if self.last_day is None else min(end, self.last_day))


class Fault(StrEnum):
    """What is wrong with a step."""

    ORDER = N_("The phase “%(phase)s” cannot follow “%(before)s”.")
    FIRST = N_("A pathway begins with “aktualiserad”, not with “%(phase)s”.")
    DAY = N_("The day is before the day of the phase before.")
    REASON = N_("The phase “%(phase)s” needs a reason.")


def faults(steps: Sequence[Step]) -> list[tuple[int, Fault]]:
    """Find the steps that cannot be: their places in the pathway, and what is wrong."""
    found: list[tuple[int, Fault]] = []
    before: Step | None = None
    for place, step in enumerate(steps):
        if step.phase not in NEXT[before.phase if before else None]:
            found.append((place, Fault.ORDER if before else Fault.FIRST))
        if before and step.day < before.day:
            found.append((place, Fault.DAY))
        if step.phase in NEEDS_REASON and not step.reason.strip():
            found.append((place, Fault.REASON))
        before = step
    return found


def enrolments(steps: Iterable[Step]) -> list[Enrolment]:
    """Give the times with the team, the first first."""
    found: list[Enrolment] = []
    for step in steps:
        if step.phase is Phase.ENROLLED:
            found.append(Enrolment(step.day))
        elif step.phase is Phase.DISCHARGED and found and found[-1].last_day is None:
            found[-1] = Enrolment(found[-1].first_day, step.day)
    return found

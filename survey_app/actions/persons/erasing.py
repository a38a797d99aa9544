"""Erase one person: seen first, confirmed by the pseudonym, kept as a protocol without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from flask_babel import gettext

from forms.marking import N_
from survey_app.actions import trail
from survey_app.actions.errors import ActionError
from survey_app.actions.persons import finding
from survey_app.actions.persons.finding import Kind, Person
from survey_app.actions.retention import carrying, due
from survey_app.actions.retention.errors import DueChanged, NameMissing
from survey_app.actions.retention.plans import Plan, Rows
from survey_app.store.database import writing
from survey_app.store.interviews import InterviewCase
from survey_app.store.register import Pupil
from survey_app.store.retention import ProtocolKind, RetentionProtocol
from survey_app.store.returns import UnitReturn
from survey_app.store.submissions import Submission


class PseudonymNotTyped(ActionError):
    """What was typed is another pseudonym."""

    sentence = N_("Nothing was erased. Type the pseudonym once more to confirm.")
    status: ClassVar[int] = 400


class Ground(StrEnum):
    """Why somebody is erased: fixed sentences, so that no protocol names anybody."""

    WITHDRAWN = N_("The person no longer takes part and has asked for it.")
    ERASURE = N_("The right to erasure (article 17 of the GDPR).")
    UNLAWFUL = N_("The data should not have been here.")


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be erased: what -> how many, and the digest to give back."""

    person: Person
    counts: Mapping[str, int | None]
    digest: str


def preview(code: str) -> Preview:
    """Say how much stands about a person.

    Raises:
        PersonUnknown: Nothing does.
    """
    person = finding.find(code)
    plan = plan_of(person)
    return Preview(person, plan.counts(), plan.digest())


def erase(code: str, typed: str, ground: Ground, seen: str, by: str) -> RetentionProtocol:
    """Erase all that stands about a person, for real.

    Args:
        typed: The pseudonym once more.
        seen: The digest of what was shown.
        by: The account of whoever does it.

    Raises:
        PersonUnknown, PseudonymNotTyped, DueChanged, NameMissing: It was not done, and why.
    """
    person = finding.find(code)
    if typed.strip() != person.code:
        raise PseudonymNotTyped
    if not by:
        raise NameMissing
    with writing():
        plan = plan_of(person)
        if plan.digest() != seen:
            raise DueChanged
        kept = RetentionProtocol(kind=ProtocolKind.PERSON, ground=gettext(ground.value))
        kept.data_set = kept.rule = ""
        carrying.protocol(kept, plan, by, trail.PERSON)
    return carrying.finish(kept.number, plan)


def plan_of(person: Person) -> Plan:
    """Plan all that stands about a person: rows, and what the trail says."""
    if person.kind is Kind.CASE:
        own = InterviewCase.code == person.code
        rows = (Rows(InterviewCase, own, "interviews", below=due.BELOW_CASE),)
        return Plan(rows=rows, entries=person.entries())
    returned = (UnitReturn.unit_kind == "pupil") & (UnitReturn.unit == person.code)
    register = (
        Rows(table, table.pupil == person.code, table.__tablename__) for table in due.OF_PUPILS
    )
    return Plan(
        rows=(
            Rows(UnitReturn, returned, "returns"),
            Rows(
                Submission,
                Submission.unit == person.code,
                "submissions",
                below=due.BELOW_SUBMISSION,
            ),
            *register,
            Rows(Pupil, Pupil.code == person.code, "pupils"),
        ),
        entries=person.entries(),
    )

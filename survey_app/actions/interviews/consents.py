"""Consent to an interview, and what happens when it is taken back.

From 15 years a pupil who understands consents alone; under 15 both guardians consent, or the one
with sole custody, and the child is told and may refuse. Adults consent for themselves. Source: lag
(2003:460) om etikprövning, which ordinary follow-up is held to here as well.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete

from survey_app.actions import rewriting, trail
from survey_app.actions.calendar import today
from survey_app.actions.interviews.cases import refuse_erased, refuse_names
from survey_app.actions.interviews.errors import (
    AgeMissing,
    DayInFuture,
    GuardiansMissing,
    PersonMustAgree,
)
from survey_app.actions.jobs import keeping
from survey_app.store.database import db, writing
from survey_app.store.interviews import (
    CaseRole,
    CaseState,
    Interview,
    InterviewCase,
    InterviewConsent,
    erased,
)
from survey_app.store.scans import ConsentScan

log = logging.getLogger(__name__)

BOTH = 2
ERASED_FROM = (
    "quotation",
    "double_decision",
    "double_code",
    "double_unit",
    "coding_segment_code",
    "coding_segment",
    "coding_done",
    "consent_scan",
    "interview_text",
    "interview",
    "interview_case",
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was signed; see `InterviewConsent`."""

    signed_on: date
    form_version: str
    person: bool
    is_15: bool | None = None
    guardians: int = 0
    sole_custody: bool = False
    research: bool = False


def refuse_insufficient(role: CaseRole, agreed: Agreed) -> None:
    """Refuse a consent that somebody has not given who has to.

    Raises:
        DayInFuture: It was signed tomorrow.
        PersonMustAgree: The person has not agreed.
        AgeMissing: Nobody says whether the pupil is 15.
        GuardiansMissing: A pupil under 15 lacks a guardian's signature.
    """
    if agreed.signed_on > today():
        raise DayInFuture
    if not agreed.person:
        raise PersonMustAgree
    if role is not CaseRole.PUPIL:
        return
    if agreed.is_15 is None:
        raise AgeMissing
    needed = 0 if agreed.is_15 else 1 if agreed.sole_custody else BOTH
    if agreed.guardians < needed:
        raise GuardiansMissing


def record(case: InterviewCase, agreed: Agreed, account: str) -> None:
    """Write down a consent, in the place of an earlier one; the trail says that it was done.

    Raises:
        ConsentInsufficient: Somebody has not agreed who has to.
        CaseWithdrawn: The case is erased.
        NamesSomebody: The form's version holds what leads to a person.
    """
    refuse_insufficient(CaseRole(case.role), agreed)
    refuse_names(agreed.form_version)
    case_id, subject = case.id, subject_of(case)
    facts = asdict(agreed)
    if case.role != CaseRole.PUPIL:
        facts |= {"is_15": None, "guardians": 0, "sole_custody": False}
    with writing():
        refuse_erased(db.session.get_one(InterviewCase, case_id))
        kept = db.session.get(InterviewConsent, case_id) or InterviewConsent(case_id=case_id)
        for name, value in facts.items():
            setattr(kept, name, value)
        db.session.add(kept)
        told = {name: str(value) for name, value in facts.items()}
        trail.record(account, "consent.record", subject, told)


def withdraw(case: InterviewCase, account: str) -> None:
    """Erase all that a person said, and all but the pseudonym, the role and the consent's days.

    The database's files are written anew, so that nothing can be read from what they held.

    Raises:
        CaseWithdrawn: It is done already.
    """
    case_id, subject = case.id, subject_of(case)
    with writing():
        kept = db.session.get_one(InterviewCase, case_id)
        refuse_erased(kept)
        db.session.execute(delete(Interview).where(Interview.case_id == case_id))
        db.session.execute(delete(ConsentScan).where(ConsentScan.case_id == case_id))
        for name, value in erased().items():
            setattr(kept, name, value)
        kept.state = CaseState.WITHDRAWN
        if kept.consent:
            kept.consent.withdrawn_on = today()
        trail.record(account, "consent.withdraw", subject)
    keeping.sweep()  # no large file that was made before may have it either
    if not rewriting.after_erasing(ERASED_FROM):
        log.warning("The file still holds what was erased; it is rewritten later.")


def holds(case: InterviewCase) -> bool:
    """Tell whether answers of a case may be kept."""
    return case.consent is not None and case.consent.withdrawn_on is None


def subject_of(case: InterviewCase) -> str:
    """Name a case in the trail."""
    return f"case:{case.round.name}/{case.code}"

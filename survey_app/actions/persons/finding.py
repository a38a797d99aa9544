"""Find a person by the pseudonym that the team or the interviewer knows.

Pupils of the register and those who were interviewed have pseudonyms of their own, and nothing here
leads from one to the other. Those who answered anonymously have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ColumnElement, exists, or_, select

from forms.marking import N_
from survey_app.actions.errors import ActionError
from survey_app.actions.interviews.consents import subject_of
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase
from survey_app.store.register import Pupil
from survey_app.store.returns import AuditEntry, UnitReturn
from survey_app.store.submissions import Submission


class PersonUnknown(ActionError):
    """Nothing stands about that pseudonym."""

    sentence = N_(
        "Nothing stands here about that pseudonym. Check the spelling: it is the team's or the "
        "interviewer's, not a name."
    )
    status: ClassVar[int] = 404


class Kind(StrEnum):
    """Where a person is known."""

    PUPIL = "pupil"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody under a pseudonym.

    Attributes:
        subject: Of a case, what the trail calls it; "" of a pupil.
    """

    kind: Kind
    code: str
    subject: str = ""

    def entries(self) -> ColumnElement[bool]:
        """Choose what the trail says about the person."""
        own = AuditEntry.subject == asked(self.code)
        if self.kind is Kind.CASE:
            return or_(own, AuditEntry.subject == self.subject)
        ends, has_more = f"/pupil/{self.code}", f"/pupil/{self.code}/"
        is_return = AuditEntry.subject.startswith("return:")
        is_own = or_(
            AuditEntry.subject.endswith(ends, autoescape=True),
            AuditEntry.subject.contains(has_more, autoescape=True),
        )
        return or_(own, is_return & is_own)


def asked(code: str) -> str:
    """Name, in the trail, that somebody asked what stands about a pseudonym."""
    return f"person:{code}"


def find(code: str) -> Person:
    """Find a person.

    Raises:
        PersonUnknown: Nothing is known under that pseudonym.
    """
    code = code.strip()
    case = db.session.scalar(select(InterviewCase).where(InterviewCase.code == code))
    if case is not None:
        return Person(Kind.CASE, code, subject_of(case))
    places = (
        exists().where(Pupil.code == code),
        exists().where(UnitReturn.unit_kind == "pupil", UnitReturn.unit == code),
        exists().where(Submission.unit == code),
    )
    if not code or not db.session.scalar(select(or_(*places))):
        raise PersonUnknown
    return Person(Kind.PUPIL, code)

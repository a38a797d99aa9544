"""Who is to be interviewed: cases under random pseudonyms, seen by their own interviewer."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from forms.instrument import Mode
from forms.personal import find_personal
from survey_app.actions import accounts
from survey_app.actions.code_spelling import ALPHABET
from survey_app.actions.errors import RoundUnknown
from survey_app.actions.interviews.errors import (
    CaseSettled,
    CaseUnknown,
    CaseWithdrawn,
    NamesSomebody,
)
from survey_app.actions.returns.scope import Viewer
from survey_app.audience import Role
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.interviews import CaseRole, CaseState, InterviewCase
from survey_app.store.models import Round
from survey_app.store.register import District

CODE_LETTERS = 5  # 19 ** 5: two and a half million
# A case is done by its notes and withdrawn by its consent, not by choosing it.
CHOSEN_STATES = (CaseState.PLANNED, CaseState.BOOKED, CaseState.DECLINED)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case before it is interviewed; None where it is not known."""

    role: str
    state: str = CaseState.PLANNED
    group: str = ""
    gender: str | None = None
    year_group: str | None = None
    district: str | None = None
    recruited: str | None = None
    language: str | None = None
    has_interpreter: bool = False
    booked_on: date | None = None
    interviewer: str | None = None


def find_round(name: str) -> Round:
    """Find a round of interviews.

    Raises:
        RoundUnknown: There is none of that name.
    """
    found = queries.round_named(name)
    if found is None or found.mode != Mode.INTERVIEW:
        raise RoundUnknown(round=name)
    return found


def rounds_of_interviews() -> list[Round]:
    """Give the rounds in which people are interviewed, the newest first."""
    return [each for each in queries.all_rounds() if each.mode == Mode.INTERVIEW]


def cases_in(of: Round, viewer: Viewer) -> Sequence[InterviewCase]:
    """Give a round's cases that the viewer may see, in the order they were added."""
    wanted = select(InterviewCase).where(InterviewCase.round_id == of.id)
    if not viewer.sees_all:
        wanted = wanted.where(InterviewCase.interviewer == viewer.account)
    return db.session.scalars(wanted.order_by(InterviewCase.id)).all()


def find(of: Round, code: str, viewer: Viewer) -> InterviewCase:
    """Find a case.

    Raises:
        CaseUnknown: There is none, or the viewer may not see it.
    """
    wanted = (InterviewCase.round_id == of.id, InterviewCase.code == code)
    found = db.session.scalar(select(InterviewCase).where(*wanted))
    if found is None or not (viewer.sees_all or found.interviewer == viewer.account):
        raise CaseUnknown
    return found


def add(of: Round, facts: Facts, viewer: Viewer) -> str:
    """Add a case and give its new pseudonym.

    Raises:
        NamesSomebody: A text holds what leads to a person.
    """
    refuse_names(facts.group)
    round_id, own = of.id, _allowed(facts, viewer)
    code = _free_code(CaseRole(facts.role))
    with writing():
        db.session.add(InterviewCase(round_id=round_id, mode=Mode.INTERVIEW, code=code, **own))
    return code


def change(case: InterviewCase, facts: Facts, viewer: Viewer) -> None:
    """Change what is known of a case; its role stays, and the state of one that is done.

    Raises:
        CaseWithdrawn: It is erased.
        CaseSettled: It is done, and shall be something else.
        NamesSomebody: A text holds what leads to a person.
    """
    refuse_names(facts.group)
    case_id, own = case.id, _allowed(facts, viewer)
    with writing():
        kept = db.session.get_one(InterviewCase, case_id)
        refuse_erased(kept)
        if kept.state == CaseState.DONE:
            if facts.state not in (CaseState.DONE, CaseState.PLANNED):
                raise CaseSettled
            own["state"] = CaseState.DONE
        own["role"] = kept.role  # the pseudonym and the consent depend on it
        if not viewer.sees_all:
            own["interviewer"] = kept.interviewer
        for name, value in own.items():
            setattr(kept, name, value)


def refuse_erased(case: InterviewCase) -> None:
    """Raise CaseWithdrawn for a case whose consent was taken back."""
    if case.state == CaseState.WITHDRAWN:
        raise CaseWithdrawn


def refuse_names(text: str) -> None:
    """Raise NamesSomebody when a text holds what leads to a person for certain."""
    for found in find_personal(text):
        if found.is_certain:
            raise NamesSomebody(piece=text[found.start : found.end])


def interviewers() -> list[str]:
    """Give the addresses of the accounts that may interview, in order."""
    return list(accounts.with_role(Role.INTERVIEWER))


def districts() -> Sequence[District]:
    """Give the districts there are, by name."""
    return db.session.scalars(select(District).order_by(District.name)).all()


def _allowed(facts: Facts, viewer: Viewer) -> dict[str, object]:
    own = asdict(facts)
    if not viewer.sees_all:
        own["interviewer"] = viewer.account
    return own


def _free_code(role: CaseRole) -> str:
    """Draw a pseudonym that no case has; its first letter is the role's, for people's eyes."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
        code = f"{role[0].upper()}-{drawn}"
        if db.session.scalar(select(InterviewCase.id).where(InterviewCase.code == code)) is None:
            return code

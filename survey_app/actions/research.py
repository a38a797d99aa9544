"""What researchers may take: coded files of rounds that a coordinator has agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlalchemy import delete, select

from forms.instrument import Mode
from forms.marking import N_
from survey_app.actions import accounts, rounds, trail
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError, RoundUnknown
from survey_app.audience import Role
from survey_app.store.database import db, writing
from survey_app.store.models import Round
from survey_app.store.research import ResearchGrant


class NotForResearch(ActionError):
    """What was said in interviews does not leave in this way."""

    sentence = N_(
        'The round "%(round)s" holds interviews, whose notes may tell who was talked to. '
        "They are not given to researchers here."
    )


class NoResearcher(ActionError):
    """The account has another role."""

    sentence = N_("The account %(email)s is not a researcher's.")
    status: ClassVar[int] = 409


def allow(email: str, name: str, by: str) -> None:
    """Let a researcher take a round's coded file.

    Raises:
        AccountUnknown, RoundUnknown, NoResearcher, NotForResearch: Nothing is agreed.
    """
    with writing():
        account, found = accounts.find(email), rounds.find(name)
        if not account.has_role(Role.RESEARCHER):
            raise NoResearcher(email=account.email)
        if found.mode == Mode.INTERVIEW:
            raise NotForResearch(round=name)
        if db.session.get(ResearchGrant, (account.email, found.id)) is None:
            db.session.add(
                ResearchGrant(
                    account=account.email, round_id=found.id, granted_by=by, granted_on=today()
                )
            )
            trail.record(by, "extract.allowed", name, {"account": [None, account.email]})


def deny(email: str, name: str, by: str) -> None:
    """End an agreement; what was taken is not taken back."""
    with writing():
        key = ResearchGrant.account == email, ResearchGrant.round_id == rounds.find(name).id
        db.session.execute(delete(ResearchGrant).where(*key))
        trail.record(by, "extract.denied", name, {"account": [email, None]})


def agreed() -> Sequence[tuple[ResearchGrant, Round]]:
    """Give what is agreed, by account."""
    wanted = select(ResearchGrant, Round).join(Round, Round.id == ResearchGrant.round_id)
    return [(grant, of) for grant, of in db.session.execute(wanted.order_by(ResearchGrant.account))]


def researchers() -> Sequence[str]:
    """Give the addresses of researchers."""
    return accounts.with_role(Role.RESEARCHER)


def granted_to(email: str) -> Sequence[Round]:
    """Give the rounds that a researcher may take and that may be read, the newest first."""
    wanted = select(Round).join(ResearchGrant, Round.id == ResearchGrant.round_id)
    found = db.session.scalars(
        wanted.where(ResearchGrant.account == email).order_by(Round.id.desc())
    )
    return [each for each in found if rounds.may_read(each)]


def refuse_unless_granted(email: str, of: Round) -> None:
    """Raise RoundUnknown for a researcher who has not been given a round: it is not there."""
    if db.session.get(ResearchGrant, (email, of.id)) is None:
        raise RoundUnknown(round=of.name)

"""Secret addresses of teams' calendars: made, used, withdrawn; the secret is kept nowhere."""

from __future__ import annotations

from sqlalchemy import select

from survey_app.actions.calendar import today
from survey_app.actions.opening_secrets import hash_of, new_secret
from survey_app.actions.returns.placing import teams_on
from survey_app.actions.returns.scope import ReturnUnknown
from survey_app.store.calendars import CalendarAddress
from survey_app.store.database import db, writing
from survey_app.store.models import Account


def make(account: str, team: str) -> str:
    """Make an address for an account and give its secret, which is shown only now.

    One made before for the same team ends.

    Raises:
        ReturnUnknown: The account holds no post in the team.
    """
    refuse_unless_member(account, team)
    secret = new_secret()
    with writing():
        row = _row(account, team)
        if row is None:
            holder = db.session.scalars(select(Account).where(Account.email == account)).unique()
            row = CalendarAddress(account=holder.one(), team=team)
            db.session.add(row)
        row.hash, row.made_on = hash_of(secret), today()
    return secret


def withdraw(account: str, team: str) -> None:
    """End an account's address of a team, if there is one."""
    with writing():
        row = _row(account, team)
        if row is not None:
            db.session.delete(row)


def has_address(account: str, team: str) -> bool:
    """Tell whether an account has an address of a team's calendar."""
    return _row(account, team) is not None


def team_of(secret: str) -> str:
    """Find the team whose calendar a secret opens: as long as its holder works there.

    Raises:
        ReturnUnknown: It opens nothing (any more).
    """
    row = db.session.scalar(select(CalendarAddress).where(CalendarAddress.hash == hash_of(secret)))
    if row is None or not row.account.active:
        raise ReturnUnknown
    refuse_unless_member(row.account.email, row.team)
    return row.team


def refuse_unless_member(account: str, team: str) -> None:
    """Raise ReturnUnknown unless an account holds a post in a team today."""
    if team not in teams_on(account, today()):
        raise ReturnUnknown


def _row(account: str, team: str) -> CalendarAddress | None:
    wanted = select(CalendarAddress).join(Account)
    return db.session.scalar(wanted.where(Account.email == account, CalendarAddress.team == team))

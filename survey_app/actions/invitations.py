"""Invitations: a link by which somebody chooses a password, once and within a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

from flask import current_app
from flask_babel import force_locale, format_date, gettext
from flask_security import hash_password
from sqlalchemy import delete, select

from survey_app.actions import accounts, logins, mailing, passwords, trail
from survey_app.actions.account_errors import InvitationUnknown
from survey_app.actions.calendar import today
from survey_app.actions.opening_secrets import hash_of, new_secret
from survey_app.languages import DEFAULT
from survey_app.settings import Settings
from survey_app.store.database import db, writing
from survey_app.store.invitations import Invitation
from survey_app.store.models import Account

LASTS = timedelta(days=7)
PATH = "/invitations/"
GIVEN = ("roles", "schools", "posts", "districts")  # by a link to an account


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was just made: shown or sent now, and kept nowhere.

    Attributes:
        path: What follows the server's address.
    """

    email: str
    path: str
    invitation: Invitation


def invite(
    email: str,
    roles: Sequence[str],
    by: str,
    *,
    schools: Sequence[str] = (),
    posts: Sequence[tuple[str, str]] = (),
    districts: Sequence[str] = (),
) -> Link:
    """Make the link for a new account; an earlier one of the same address ends.

    Raises:
        EmailInvalid, AccountTaken: Nobody can be invited there.
        SchoolUnknown, PostUnknown, DistrictCodeUnknown: The register does not have it.
    """
    address = accounts.normal(email)
    with writing():
        accounts.refuse_taken(address)
        accounts.refuse_unknown(schools, posts, districts)
        told = {
            "roles": list(roles),
            "schools": list(schools),
            "posts": list(map(list, posts)),
            "districts": list(districts),
        }
        trail.record(by, "account.invited", address, told)
        return _link(address, by, told)


def renew(email: str, by: str) -> Link:
    """Make a link to another password for an account; the old one works until it is used.

    Raises:
        AccountUnknown: Nobody has that address.
    """
    with writing():
        account = accounts.find(email)
        trail.record(by, "account.password_link", account.email)
        return _link(account.email, by, {name: [] for name in GIVEN})


def find(secret: str) -> Invitation:
    """Give the invitation of a link.

    Raises:
        InvitationUnknown: It was used, is too old, or never was.
    """
    found = db.session.get(Invitation, hash_of(secret))
    if found is None or found.last_day < today():
        raise InvitationUnknown
    return found


def accept(secret: str, password: str) -> str:
    """Use a link: make its account, or change the password; give the address.

    Raises:
        InvitationUnknown, PasswordTooShort, PasswordTooCommon: Nothing was changed.
    """
    email = find(secret).email
    passwords.refuse_weak(password, email)
    hashed = hash_password(password)
    with writing():
        invitation = find(secret)
        account = db.session.scalar(select(Account).where(Account.email == email))
        if account is None:
            _add(invitation, hashed)
        else:
            _change(account, hashed)
        db.session.delete(invitation)
        trail.record(email, "account.password_chosen", email)
    return email


def change(email: str, password: str) -> None:
    """Give an account another password, for its owner; all its logins end.

    Raises:
        PasswordTooShort, PasswordTooCommon: Nothing was changed.
    """
    passwords.refuse_weak(password, email)
    hashed = hash_password(password)
    with writing():
        _change(accounts.find(email), hashed)
        trail.record(email, "account.password_chosen", email)


def take_up(email: str) -> bool:
    """Make the account that somebody is invited to, without a password; tell whether there is one.

    In the transaction of a caller who knows that the address is theirs.
    """
    invitation = db.session.scalar(select(Invitation).where(Invitation.email == email))
    if invitation is None or invitation.last_day < today():
        return False
    _add(invitation, None)
    db.session.delete(invitation)
    db.session.flush()
    return True


def waiting() -> Sequence[Invitation]:
    """Give the links that have not been used, those that end first at the top."""
    return db.session.scalars(select(Invitation).order_by(Invitation.last_day)).all()


def withdraw(email: str, by: str) -> None:
    """End a link."""
    with writing():
        db.session.execute(delete(Invitation).where(Invitation.email == email))
        trail.record(by, "account.invitation_withdrawn", email)


def forget_old() -> None:
    """Delete links that are too old; in the caller's transaction."""
    db.session.execute(delete(Invitation).where(Invitation.last_day < today()))


def send(link: Link) -> None:
    """Mail a link to whom it is for, in Swedish.

    Raises:
        MailNotSent: The mail server did not take it.
    """
    settings: Settings = current_app.config["SETTINGS"]
    with mailing.opened(settings.smtp, settings.data) as post:
        post.send(_message(link, settings))


def _message(link: Link, settings: Settings) -> EmailMessage:
    with force_locale(DEFAULT):
        subject = gettext("Your account in surveys and follow-up")
        message = mailing.new_message(subject, settings)
        message["To"] = link.email
        message.set_content(
            gettext(
                "Choose your password here: %(address)s\n\nThe link works once, until %(day)s. "
                "If you did not expect it, do nothing.\n",
                address=f"{settings.address}{link.path}",
                day=format_date(link.invitation.last_day, "long"),
            )
        )
    return message


def _change(account: Account, hashed: str) -> None:
    account.password = hashed
    logins.end_all(account.id)


def _add(invitation: Invitation, hashed: str | None) -> None:
    accounts.add(
        invitation.email,
        invitation.roles,
        hashed,
        schools=invitation.schools,
        posts=[(team, post) for team, post in invitation.posts],
        districts=invitation.districts,
    )


def _link(email: str, by: str, what: Mapping[str, Any]) -> Link:
    secret = new_secret()
    forget_old()
    db.session.execute(delete(Invitation).where(Invitation.email == email))
    made = Invitation(
        id=hash_of(secret), email=email, invited_by=by, last_day=today() + LASTS, **what
    )
    db.session.add(made)
    db.session.flush()
    db.session.expunge(made)
    return Link(email, f"{PATH}{secret}", made)

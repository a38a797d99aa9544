"""Secrets for devices that collect and programs that read; the secret itself is kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from flask import current_app
from flask_security.utils import hash_password, verify_password
from sqlalchemy import func, select

from survey_app.actions import accounts
from survey_app.actions.calendar import today
from survey_app.actions.errors import TokenNameTaken, TokenUnknown
from survey_app.actions.opening_secrets import hash_of, new_secret
from survey_app.settings import Settings
from survey_app.store.database import db, writing
from survey_app.store.models import Account
from survey_app.store.submissions import DEVICE, TOKEN_NAME_LENGTH, AccessToken


def create(email: str, name: str, purpose: str = DEVICE) -> str:
    """Make a token of an account and give its secret, which is shown only now.

    Raises:
        AccountUnknown: Nobody has that e-mail address.
        TokenNameTaken: The account has a token of that name that is not revoked.
    """
    secret = new_secret()
    name = name.strip()[:TOKEN_NAME_LENGTH]
    with writing():
        account = accounts.find(email)
        kept = _named(account, name)
        if kept is not None and kept.revoked_on is None:
            raise TokenNameTaken(name=name)
        if kept is not None:
            db.session.delete(kept)
            db.session.flush()
        db.session.add(
            AccessToken(
                account=account,
                name=name,
                purpose=purpose,
                hash=hash_of(secret),
                created_on=today(),
            )
        )
    return secret


def revoke(email: str, name: str) -> None:
    """End a token: its address answers no more.

    Raises:
        AccountUnknown: Nobody has that e-mail address.
        TokenUnknown: The account has no such token.
    """
    with writing():
        kept = _named(accounts.find(email), name.strip())
        if kept is None:
            raise TokenUnknown(name=name)
        kept.revoked_on = kept.revoked_on or today()


def all_tokens() -> Sequence[AccessToken]:
    """Give all tokens by account and name."""
    wanted = select(AccessToken).join(Account).order_by(Account.email, AccessToken.name)
    return db.session.scalars(wanted).all()


def of_account(email: str, purpose: str) -> Sequence[AccessToken]:
    """Give an account's tokens for one purpose that are not revoked, by name."""
    its = (AccessToken.purpose == purpose, AccessToken.revoked_on.is_(None))
    wanted = select(AccessToken).where(AccessToken.account == accounts.find(email), *its)
    return db.session.scalars(wanted.order_by(AccessToken.name)).all()


def account_of(secret: str, purpose: str = DEVICE) -> Account | None:
    """Find whose a secret is, and note the day; None when it does not open what is wanted."""
    is_it = (AccessToken.hash == hash_of(secret), AccessToken.purpose == purpose)
    wanted = select(AccessToken).where(*is_it)
    token = db.session.scalar(wanted)
    if token is None or token.revoked_on is not None or not token.account.active:
        return None
    if token.last_used_on != today():
        token_id = token.id
        with writing():
            used = db.session.get(AccessToken, token_id)
            if used is not None:
                used.last_used_on = today()
        token = db.session.scalar(wanted)
    return token.account if token else None


def account_with(email: str, password: str) -> Account | None:
    """Find an account by its e-mail address and password; None when either is wrong.

    An unknown address takes as long as a wrong password. Where everybody comes in through a
    provider of single sign-on, a device needs a token.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if settings.provider and not settings.provider.takes_passwords:
        return None
    lowered = email.strip().lower()
    account = db.session.scalar(select(Account).where(func.lower(Account.email) == lowered))
    kept = account.password if account is not None else None
    is_right = verify_password(password, kept or _nobodys_password())
    return account if account is not None and kept and is_right and account.active else None


def _named(account: Account, name: str) -> AccessToken | None:
    of_it = (AccessToken.account_id == account.id, AccessToken.name == name)
    return db.session.scalar(select(AccessToken).where(*of_it))


@cache
def _nobodys_password() -> str:
    return str(hash_password(new_secret()))

"""Make accounts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_security import SQLAlchemyUserDatastore, hash_password
from sqlalchemy import select

from survey_app.actions.calendar import today
from survey_app.actions.errors import AccountTaken, EmailInvalid, SchoolUnknown
from survey_app.store.database import db, writing
from survey_app.store.models import Account
from survey_app.store.register import School, SchoolOfficer

# Without letters that look alike: a password is often read from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 5  # 31 ** 20 possibilities, 99 bits


def create(
    email: str, roles: Sequence[str], password: str | None = None, *, schools: Sequence[str] = ()
) -> str:
    """Make an account and give its password, which is kept nowhere in clear.

    Args:
        email: The address to log in with.
        roles: Names of `survey_app.audience.Role`.
        password: By default a new random one.
        schools: Codes of those whose attendance and grades it reports from today on.

    Raises:
        EmailInvalid: It is no e-mail address.
        AccountTaken: It has an account already.
        SchoolUnknown: The register has no such school.
    """
    address = normal(email)
    password = password or new_password()
    accounts: SQLAlchemyUserDatastore = current_app.extensions["security"].datastore
    with writing():
        if accounts.find_user(email=address, case_insensitive=True) is not None:
            raise AccountTaken(email=address)
        known = [accounts.find_or_create_role(str(role)) for role in roles]
        accounts.create_user(email=address, password=hash_password(password), roles=known)
        db.session.flush()
        for school in schools:
            _bind(address, school)
    return password


def _bind(account: str, school: str) -> None:
    if db.session.get(School, school) is None:
        raise SchoolUnknown(school=school)
    db.session.add(SchoolOfficer(school=school, account=account, valid_from=today()))


def normal(email: str) -> str:
    """Write an e-mail address in the one way that it is kept.

    Raises:
        EmailInvalid: It is none.
    """
    try:
        checked = validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise EmailInvalid(email=email) from error
    return checked.normalized


def new_password() -> str:
    """Make a random password that can be read from paper: four groups of five."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def are_there_any() -> bool:
    """Tell whether anyone can log in."""
    return db.session.scalar(select(Account.id).limit(1)) is not None

"""Make and keep accounts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import cast

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_security import SQLAlchemyUserDatastore, hash_password
from sqlalchemy import Select, func, select

from survey_app.actions import district_readers, logins, trail
from survey_app.actions.account_errors import OwnAccount, PostUnknown
from survey_app.actions.calendar import today
from survey_app.actions.errors import AccountTaken, AccountUnknown, EmailInvalid, SchoolUnknown
from survey_app.actions.validity import valid_today
from survey_app.audience import Role
from survey_app.store.database import db, writing
from survey_app.store.models import Account, AccountRole
from survey_app.store.register import School, SchoolOfficer, TeamMember

# Without letters that look alike: a password is often read from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 5  # 31 ** 20 possibilities, 99 bits


def create(
    email: str,
    roles: Sequence[str],
    password: str | None = None,
    *,
    schools: Sequence[str] = (),
    districts: Sequence[str] = (),
) -> str:
    """Make an account and give its password, which is kept nowhere in clear.

    Args:
        email: The address to log in with.
        roles: Names of `survey_app.audience.Role`.
        password: By default a new random one.
        schools: Codes of those whose attendance and grades it reports from today on.
        districts: Codes of those whose figures it sees from today on.

    Raises:
        EmailInvalid: It is no e-mail address.
        AccountTaken: It has an account already.
        SchoolUnknown, DistrictCodeUnknown: The register has no such school or district.
    """
    address = normal(email)
    password = password or new_password()
    hashed = hash_password(password)
    with writing():
        refuse_taken(address)
        refuse_unknown(schools, (), districts)
        add(address, roles, hashed, schools=schools, districts=districts)
    return password


def add(
    address: str,
    roles: Sequence[str],
    hashed: str | None,
    *,
    schools: Sequence[str] = (),
    posts: Sequence[tuple[str, str]] = (),
    districts: Sequence[str] = (),
) -> None:
    """Add an account, and what it reports or sees from today on, in the caller's write transaction.

    Args:
        hashed: The password's hash; None for who comes in through a provider alone.

    Raises:
        PostUnknown: Somebody else has been given the post meanwhile.
    """
    kept: SQLAlchemyUserDatastore = current_app.extensions["security"].datastore
    known = [kept.find_or_create_role(str(role)) for role in roles]
    kept.create_user(email=address, password=hashed, roles=known)
    db.session.flush()
    for school in schools:
        db.session.add(SchoolOfficer(school=school, account=address, valid_from=today()))
    for team, post in posts:
        _vacant(team, post).account = address
    district_readers.give(address, districts)


def refuse_taken(address: str) -> None:
    """Raise AccountTaken if an address has an account, in whatever letters."""
    kept: SQLAlchemyUserDatastore = current_app.extensions["security"].datastore
    if kept.find_user(email=address, case_insensitive=True) is not None:
        raise AccountTaken(email=address)


def refuse_unknown(
    schools: Sequence[str], posts: Sequence[tuple[str, str]], districts: Sequence[str] = ()
) -> None:
    """Raise SchoolUnknown, PostUnknown or DistrictCodeUnknown for what the register lacks."""
    district_readers.refuse_unknown(districts)
    for school in schools:
        if db.session.get(School, school) is None:
            raise SchoolUnknown(school=school)
    for team, post in posts:
        _vacant(team, post)


def schools() -> Sequence[School]:
    """Give the schools of today, by name."""
    return valid_today(select(School).order_by(School.name))


def vacant_posts() -> Sequence[TeamMember]:
    """Give the posts of today that nobody holds."""
    return db.session.scalars(_vacancies().order_by(TeamMember.team, TeamMember.post)).all()


def find(email: str) -> Account:
    """Find an account by its address, in whatever letters.

    Raises:
        AccountUnknown: Nobody has it.
    """
    wanted = select(Account).where(func.lower(Account.email) == normal(email).lower())
    found = db.session.scalar(wanted)
    if found is None:
        raise AccountUnknown(email=email)
    return found


def get(account_id: int) -> Account:
    """Give an account.

    Raises:
        AccountUnknown: None has that number.
    """
    found = db.session.get(Account, account_id)
    if found is None:
        raise AccountUnknown(email=str(account_id))
    return found


def listing() -> Sequence[Account]:
    """Give all accounts, by address."""
    return db.session.scalars(select(Account).order_by(Account.email)).all()


def with_role(role: Role) -> Sequence[str]:
    """Give the addresses of the accounts that have a role, in order; of closed ones too."""
    named = Account.roles.any(AccountRole.name == role)
    return db.session.scalars(select(Account.email).where(named).order_by(Account.email)).all()


def set_active(email: str, by: str, *, is_active: bool) -> None:
    """Close an account, which ends its logins, or open it again.

    Raises:
        OwnAccount: It is that of whoever closes it.
    """
    with writing():
        account = find(email)
        if account.email == by and not is_active:
            raise OwnAccount
        account.active, account.closed_on = is_active, None if is_active else today()
        logins.end_all(account.id)
        trail.record(by, "account.opened" if is_active else "account.closed", account.email)


def set_roles(
    email: str, roles: Sequence[str], by: str, districts: Sequence[str] | None = None
) -> None:
    """Give an account these roles and no others; it has to log in again.

    Args:
        districts: Codes of those whose figures it sees from now on, and no others; None changes
            nothing.

    Raises:
        AccountUnknown, DistrictCodeUnknown: Nothing was changed.
    """
    with writing():
        account = find(email)
        give_roles(account, roles, by)
        if districts is not None:
            district_readers.bring(account.email, districts, by)


def give_roles(
    account: Account, roles: Sequence[str], by: str, more: Mapping[str, str] | None = None
) -> None:
    """Do the same in the caller's write transaction.

    Args:
        more: What else the trail is to say.
    """
    kept: SQLAlchemyUserDatastore = current_app.extensions["security"].datastore
    before = sorted(role.name for role in account.roles)
    account.roles = [cast("AccountRole", kept.find_or_create_role(role)) for role in roles]
    logins.end_all(account.id)
    told = {"roles": [before, sorted(roles)], **(more or {})}
    trail.record(by, "account.roles", account.email, told)


def end_logins(email: str, by: str) -> None:
    """Log an account out everywhere."""
    with writing():
        account = find(email)
        logins.end_all(account.id)
        trail.record(by, "account.logins_ended", account.email)


def remove_factor(email: str, by: str) -> None:
    """Take an account's second factor away: whoever must have one sets up another."""
    with writing():
        account = find(email)
        account.forget_second_factor()
        logins.end_all(account.id)
        trail.record(by, "account.factor_removed", account.email)


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
    """Tell whether there are accounts, closed ones too."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def roles_that_log_in() -> set[str]:
    """Give the roles that somebody has who can log in."""
    wanted = select(AccountRole.name).join(Account.roles).where(Account.active)
    return set(db.session.scalars(wanted))


def _vacancies() -> Select[TeamMember]:
    is_there = TeamMember.overlaps(today(), today())
    return select(TeamMember).where(TeamMember.account.is_(None), is_there)


def _vacant(team: str, post: str) -> TeamMember:
    named = _vacancies().where(TeamMember.team == team, TeamMember.post == post)
    found = db.session.scalar(named)
    if found is None:
        raise PostUnknown(team=team, post=post)
    return found

"""What an account may do, as an administrator sets it: roles, and schools and districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.actions import accounts, district_readers, granting
from survey_app.actions.account_errors import OwnAccount
from survey_app.audience import Role
from survey_app.store.database import db, writing
from survey_app.store.models import Account


@dataclass(frozen=True, slots=True)
class Permissions:
    """What an account may do today.

    Attributes:
        roles: Names of `survey_app.audience.Role`, sorted.
        schools: Codes of those whose attendance and grades it reports, sorted.
        districts: Codes of those whose figures it sees, sorted.
    """

    roles: Sequence[str]
    schools: Sequence[str]
    districts: Sequence[str]


def of(account: Account) -> Permissions:
    """Say what an account may do today."""
    return Permissions(
        sorted(role.name for role in account.roles),
        granting.schools_of(account.email),
        district_readers.held_by(account.email),
    )


def change(account_id: int, wanted: Permissions, by: str) -> Account:
    """Let an account do this and nothing else from now on; other roles end its logins.

    Posts in teams stay: who holds them stands in the register.

    Raises:
        AccountUnknown: Nobody has that id.
        OwnAccount: An administrator would stop being one.
        SchoolUnknown, DistrictMissing: The register does not have it. Nothing was changed.
    """
    with writing():
        account = accounts.get(account_id)
        if account.email == by and Role.ADMINISTRATOR not in wanted.roles:
            raise OwnAccount
        accounts.refuse_unknown(wanted.schools, (), wanted.districts)
        if of(account).roles != sorted(wanted.roles):
            accounts.give_roles(account, wanted.roles, by)
        granting.bring_schools(account.email, wanted.schools, by)
        district_readers.bring(account.email, wanted.districts, by)
        db.session.flush()
    return account

"""Give an account what a provider of single sign-on says, and take what it says no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select

from survey_app.actions import accounts, trail
from survey_app.actions.calendar import today
from survey_app.actions.validity import end, valid_today
from survey_app.provider import Granted
from survey_app.store.database import db
from survey_app.store.models import Account
from survey_app.store.register import SchoolOfficer, TeamMember


def give(account: Account, granted: Granted, manages: Granted, by: str) -> None:
    """Bring an account's roles, schools and posts up to date, in the caller's write transaction.

    What the provider never names was given here, and stays.

    Args:
        manages: All that the provider may give or take.
        by: The provider, for the trail.

    Raises:
        SchoolUnknown: The mapping names one that the register does not have.
    """
    held = {role.name for role in account.roles}
    wanted = (held - manages.roles) | granted.roles
    if wanted != held:
        accounts.give_roles(account, sorted(wanted), trail.SYSTEM, {"by": by})
    accounts.refuse_unknown(sorted(granted.schools), ())
    given_here = set(schools_of(account.email)) - manages.schools
    bring_schools(account.email, given_here | granted.schools, trail.SYSTEM)
    _posts(account.email, granted.posts, manages.posts)


def schools_of(address: str) -> Sequence[str]:
    """Give the codes of the schools that an account reports today, sorted."""
    return sorted(each.school for each in _officers(address))


def bring_schools(address: str, wanted: Collection[str], by: str) -> None:
    """Let an account report these schools and no others, in the caller's write transaction."""
    held = {each.school: each for each in _officers(address)}
    for school in sorted(held.keys() - set(wanted)):
        end(held[school])
        trail.record(by, "account.school_taken", address, {"school": school})
    for school in sorted(set(wanted) - held.keys()):
        db.session.add(SchoolOfficer(school=school, account=address, valid_from=today()))
        trail.record(by, "account.school_given", address, {"school": school})


def _posts(
    address: str, granted: Collection[tuple[str, str]], manages: Collection[tuple[str, str]]
) -> None:
    """Fill vacant posts and leave others; one that somebody else holds stays theirs."""
    for team, post in sorted(manages):
        held = db.session.scalar(_post(team, post))
        if held is None:
            continue
        is_granted = (team, post) in granted
        if is_granted and held.account is None:
            held.account = address
        elif not is_granted and held.account == address:
            held.account = None
        else:
            continue
        action = "account.post_given" if is_granted else "account.post_taken"
        trail.record(trail.SYSTEM, action, address, {"team": team, "post": post})


def _officers(address: str) -> list[SchoolOfficer]:
    return valid_today(select(SchoolOfficer).where(SchoolOfficer.account == address))


def _post(team: str, post: str) -> Select[TeamMember]:
    named = select(TeamMember).where(TeamMember.team == team, TeamMember.post == post)
    return named.where(TeamMember.overlaps(today(), today()))

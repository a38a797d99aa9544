"""Find, link or make the account of somebody whom a provider of single sign-on has let in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from survey_app.actions import accounts, granting, invitations, trail
from survey_app.actions.account_errors import (
    AccountClosed,
    EmailUnconfirmed,
    IdentityTaken,
    NobodyHere,
)
from survey_app.actions.errors import AccountUnknown, EmailInvalid
from survey_app.provider import Granted, Provider
from survey_app.store.database import db, writing
from survey_app.store.identities import Identity
from survey_app.store.models import Account


@dataclass(frozen=True, slots=True)
class Person:
    """What a provider says of somebody, signed.

    Attributes:
        subject: The person, for ever; never given to another.
        email: As it is said; only somebody new needs it.
        is_confirmed: Whether the provider has seen that the address is the person's.
        words: What may be mapped to roles.
    """

    subject: str
    email: str
    is_confirmed: bool
    words: Sequence[str]


def enter(person: Person, provider: Provider) -> Account:
    """Give the account of somebody, with the roles of today.

    A person is known by issuer and subject. Somebody new gets the account or the invitation of a
    confirmed e-mail address, else an account by the mapping.

    Raises:
        EmailUnconfirmed, IdentityTaken, NobodyHere, AccountClosed: There is none to give. What
            the provider takes away is taken all the same.
    """
    granted = provider.granted(person.words)
    with writing():
        account = _linked(person, provider) or _new(person, provider, granted)
        granting.give(account, granted, provider.manages, provider.issuer)
    if not account.active:
        raise AccountClosed
    if not account.roles:
        raise NobodyHere(provider=provider.label)
    return account


def _linked(person: Person, provider: Provider) -> Account | None:
    known = db.session.get(Identity, (provider.issuer, person.subject))
    return db.session.get(Account, known.account_id) if known else None


def _new(person: Person, provider: Provider, granted: Granted) -> Account:
    if not person.is_confirmed:
        raise EmailUnconfirmed(provider=provider.label)
    try:
        address = accounts.normal(person.email)
    except EmailInvalid as error:
        raise EmailUnconfirmed(provider=provider.label) from error
    account = _with_address(address) or _invited(address) or _made(address, provider, granted)
    _link(account, person, provider)
    return account


def _with_address(address: str) -> Account | None:
    try:
        return accounts.find(address)
    except AccountUnknown:
        return None


def _invited(address: str) -> Account | None:
    return accounts.find(address) if invitations.take_up(address) else None


def _made(address: str, provider: Provider, granted: Granted) -> Account:
    if not granted.roles:
        raise NobodyHere(provider=provider.label)
    accounts.add(address, sorted(granted.roles), None)
    trail.record(trail.SYSTEM, "account.made_by_provider", address, {"issuer": provider.issuer})
    return accounts.find(address)


def _link(account: Account, person: Person, provider: Provider) -> None:
    of_it = Identity.account_id == account.id, Identity.issuer == provider.issuer
    if db.session.scalar(select(Identity).where(*of_it)):
        raise IdentityTaken(provider=provider.label)
    if not account.active:
        raise AccountClosed
    db.session.add(Identity(issuer=provider.issuer, subject=person.subject, account_id=account.id))
    told = {"issuer": provider.issuer}
    trail.record(trail.SYSTEM, "account.identity_linked", account.email, told)

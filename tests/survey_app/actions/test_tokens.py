"""Devices' tokens: shown once, kept as a hash, revoked for good."""

from __future__ import annotations

from datetime import date

import pytest

from survey_app.actions import accounts, tokens
from survey_app.actions.errors import AccountUnknown, TokenNameTaken, TokenUnknown
from survey_app.store.database import db
from survey_app.store.submissions import AccessToken

EMAIL = "a@demo.example"


@pytest.fixture(autouse=True)
def _account(context) -> None:
    accounts.create(EMAIL, ["interviewer"])


def test_a_token_opens_its_account(context) -> None:
    """And the day of it is noted, so that one can see which are still in use."""
    secret = tokens.create(EMAIL.upper(), "tablet")
    found = tokens.account_of(secret)
    assert found is not None
    assert found.email == EMAIL
    (kept,) = tokens.all_tokens()
    assert (kept.name, kept.created_on) == ("tablet", kept.last_used_on)
    assert isinstance(kept.last_used_on, date)
    assert tokens.account_of(secret) is not None


def test_a_token_is_long_and_kept_nowhere(context) -> None:
    """Whoever reads the database cannot collect."""
    secret = tokens.create(EMAIL, "tablet")
    assert len(secret) >= 43
    kept = db.session.query(AccessToken).one()
    assert secret not in (kept.hash, kept.name)
    assert tokens.account_of(kept.hash) is None
    assert tokens.account_of(secret[:-1]) is None
    assert tokens.account_of("") is None


def test_a_name_is_free_again_once_revoked(context) -> None:
    """The tablet that was found again gets another address, and the old one stays shut."""
    old = tokens.create(EMAIL, "tablet")
    with pytest.raises(TokenNameTaken):
        tokens.create(EMAIL, "tablet")
    tokens.revoke(EMAIL, "tablet")
    new = tokens.create(EMAIL, "tablet")
    assert tokens.account_of(old) is None
    assert tokens.account_of(new) is not None


def test_what_is_not_there_is_said(context) -> None:
    """A misspelt name revokes nothing in silence."""
    with pytest.raises(TokenUnknown):
        tokens.revoke(EMAIL, "tablet")
    with pytest.raises(AccountUnknown):
        tokens.create("b@demo.example", "tablet")
    with pytest.raises(AccountUnknown):
        tokens.revoke("b@demo.example", "tablet")

"""A provider that runs, and an app that it lets people into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from survey_app.actions import (
    responses,
)
from survey_app.provider import Granted, Provider
from tests.factories import make_app, weaken_passwords
from tests.survey_app.account.sign_on.walking import (
    LABEL,
    LEADERS,
    OFFICERS,
    TEAMS,
)
from tests.tools.provider import CLIENT, SECRET, LiveProvider, serving_logins


@pytest.fixture(scope="session")
def live_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveProvider]:
    """Run one provider for all tests of one test process."""
    with serving_logins(tmp_path_factory.mktemp("provider"), "http://localhost") as running:
        yield running


@pytest.fixture
def trusted(live_provider: LiveProvider) -> Provider:
    """Give the settings of the provider."""
    return Provider(
        issuer=live_provider.issuer,
        client_id=CLIENT,
        secret=SECRET,
        label=LABEL,
        email_claim="email",
        roles_claim="roles",
        scopes="openid email",
        trusts_email=False,
        mapping={
            LEADERS: Granted(frozenset({"coordinator"})),
            OFFICERS: Granted(frozenset({"school_officer"}), frozenset({"almen"})),
            TEAMS: Granted(frozenset({"team_member"}), posts=frozenset({("t1", "kurator 9")})),
        },
        strong=frozenset({"mfa"}),
        takes_passwords=True,
    )


@pytest.fixture
def app(tmp_path: Path, trusted: Provider, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Give an app that the provider lets people into."""
    monkeypatch.setattr("survey_app.provider.load", lambda: trusted)
    made = make_app(tmp_path / "data")
    weaken_passwords(made)
    yield made
    responses.close(made)

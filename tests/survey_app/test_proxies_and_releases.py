"""What an installation may choose about releases and proxies, and what is refused."""

from __future__ import annotations

import os
import urllib.request

import pytest

from survey_app.settings import load
from survey_app.settings_errors import SettingsInvalid
from tests.tools.server import serving


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SURVEY_APP_RELEASE_SIZE", "4"),
        ("SURVEY_APP_RELEASE_SIZE", "0"),
        ("SURVEY_APP_RELEASE_SIZE", "many"),
        ("SURVEY_APP_PROXIES", "-1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(tmp_path, monkeypatch, variable, value) -> None:
    """Nobody lets answers go in company of fewer than four others."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsInvalid, match=variable):
        load(tmp_path)


def test_more_company_may_be_asked_for(tmp_path, monkeypatch) -> None:
    """A small town may want ten."""
    assert load(tmp_path).release_size == 5
    monkeypatch.setenv("SURVEY_APP_RELEASE_SIZE", "10")
    assert load(tmp_path).release_size == 10


@pytest.mark.slow
@pytest.mark.parametrize(("proxies", "is_believed"), [("0", False), ("1", True)])
def test_only_a_proxy_of_ours_is_believed_about_https(tmp_path, proxies, is_believed) -> None:
    """With https at the proxy, browsers come back by https only, and cookies are for https."""
    environment = os.environ | {"SURVEY_APP_PROXIES": proxies}
    with serving(tmp_path / "data", environment=environment) as server:
        request = urllib.request.Request(  # noqa: S310 - ours
            server.url("/login"), headers={"X-Forwarded-Proto": "https"}
        )
        with urllib.request.urlopen(request) as page:  # noqa: S310 - ours
            assert ("Strict-Transport-Security" in page.headers) is is_believed
            assert ("Secure" in page.headers["Set-Cookie"]) is is_believed

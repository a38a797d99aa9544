"""The settings of single sign-on: what is missing or cannot be is said before anybody is let in."""

from __future__ import annotations

import json

import pytest

from survey_app.provider import Granted, load, value_of
from survey_app.settings_errors import SettingsInvalid


@pytest.fixture
def given(tmp_path, monkeypatch):
    """Give `given(SETTING=...)`: what is read with these beside the needed ones."""

    def read(roles: object = None, **changed: str):
        secret, mapping = tmp_path / "secret", tmp_path / "roles.json"
        secret.write_text("hush\n")
        mapping.write_text(roles if isinstance(roles, str) else json.dumps(roles))
        settings = {"ISSUER": "https://login.example", "CLIENT_ID": "us", "SECRET_FILE": secret}
        settings |= {"ROLES_FILE": mapping} if roles is not None else {}
        for name, value in (settings | changed).items():
            monkeypatch.setenv(f"SURVEY_APP_OIDC_{name}", str(value))
        return load()

    return read


def test_the_least_that_must_be_said_trusts_the_least(given) -> None:
    """Nobody gets a role by it, and no address is believed unsaid."""
    found = given()
    assert (found.secret, found.label) == ("hush", "login.example")
    assert "hush" not in repr(found)
    assert (found.trusts_email, found.strong, dict(found.mapping)) == (False, frozenset(), {})
    assert found.discovery == "https://login.example/.well-known/openid-configuration"


def test_several_words_give_what_each_gives(given) -> None:
    """And a word that nobody mapped gives nothing."""
    found = given(
        {
            "a": {"roles": ["coordinator"]},
            "b": {"roles": ["school_officer"], "schools": ["almen"]},
            "c": {"roles": ["team_member"], "posts": [["t1", "kurator 1"]]},
        }
    )
    assert found.granted(["a", "b", "x"]) == Granted(
        frozenset({"coordinator", "school_officer"}), frozenset({"almen"})
    )
    assert found.manages.posts == {("t1", "kurator 1")}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ISSUER": "http://login.example"}, "https://"),
        ({"CLIENT_ID": ""}, "CLIENT_ID is needed"),
        ({"SECRET_FILE": "/nowhere/secret"}, "cannot be read"),
        ({"TRUST_EMAIL": "perhaps"}, "yes or no"),
        ({"PASSWORDS": "off"}, "yes or no"),
        ({"roles": "{"}, "must be JSON"),
        ({"roles": ["a"]}, "must be JSON"),
        ({"roles": {"a": {"roles": ["king"]}}}, "king"),
        ({"roles": {"a": {"schools": ["almen"]}}}, "roles"),
        ({"roles": {"a": {"roles": ["coder"], "school": ["almen"]}}}, "school"),
    ],
)
def test_what_cannot_be_is_said(given, changed, words) -> None:
    """The server does not start half open."""
    with pytest.raises(SettingsInvalid, match=words):
        given(**changed)


def test_a_claim_may_lie_inside_another() -> None:
    """As some providers have it; a name with dots of its own is found first."""
    claims = {"realm": {"roles": ["a"]}, "https://x.example/roles": ["b"], "text": "c"}
    names = ("realm.roles", "https://x.example/roles", "text.roles", "none")
    assert [value_of(claims, name) for name in names] == [["a"], ["b"], None, None]

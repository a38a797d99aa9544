"""Walk through a login with a provider, as a browser does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from flask import Flask
from flask.testing import FlaskClient

from survey_app.provider import Provider
from survey_app.settings import Settings
from tests.survey_app.conftest import swedish

HOME, LABEL = "/rounds/", "Stadens inloggning"
BO, SUBJECT = "bo@stad.example", "subject-1"
LEADERS, OFFICERS, TEAMS = "survey-leaders", "officers-almen", "team-1"
ANSWER = "/single-sign-on/answer"


def settle(app: Flask, **changed: Any) -> None:
    """Change settings of the provider."""
    settings = app.config["SETTINGS"]
    object.__setattr__(settings, "provider", replace(settings.provider, **changed))


def person(*words: str, confirmed: bool = True, email: str = BO, **more: Any) -> dict[str, Any]:
    """Give somebody whom the provider knows."""
    told = {"email": email, "email_verified": confirmed, "roles": list(words)}
    return {"claims": told, **more}


def provider_answer(asked: str, login: str = SUBJECT) -> str:
    """Log in with the provider by a browser of its own; give where it leads back to."""
    with requests.Session() as browser:
        page = browser.get(asked)
        found = browser.post(page.url, data={"login": login}, allow_redirects=False)
        while not found.headers["Location"].startswith("http://localhost/"):
            found = browser.get(found.headers["Location"], allow_redirects=False)
        return str(found.headers["Location"])


def sign_on(client: FlaskClient, login: str = SUBJECT, start: str = "/single-sign-on") -> Any:
    """Walk all the way; give what our server says at its end."""
    return client.get(provider_answer(client.get(start).location, login))


def is_in(client: FlaskClient) -> bool:
    """Tell whether the coordinator's pages open."""
    return client.get(HOME).status_code == 200


def refusal(app: Flask, client: FlaskClient, response: Any, error: Any, **gaps: str) -> bool:
    """Tell whether somebody is back at the login and told why, and nobody is in."""
    page = client.get("/login").get_data(as_text=True)
    sentence = swedish(app, error.sentence).replace("%(provider)s", LABEL)
    assert (response.status_code, response.location) == (302, "/login")
    assert sentence in page
    return not is_in(client)


def changed(address: str, **values: str) -> str:
    """Give an address with another value in it."""
    parts = urlsplit(address)
    query = {name: found[0] for name, found in parse_qs(parts.query).items()} | values
    return parts._replace(query=urlencode(query)).geturl()


def provider_of(app: Flask) -> Provider:
    """Give the provider as it is set now."""
    settings: Settings = app.config["SETTINGS"]
    assert settings.provider is not None
    return settings.provider

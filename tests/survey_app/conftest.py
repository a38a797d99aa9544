"""An app with an empty database for each test, and browsers that visit it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import gettext
from markupsafe import escape

from survey_app.actions import accounts, responses
from survey_app.audience import Role
from tests.factories import make_app, weaken_passwords
from tests.tools.reading import run_in_fork

EMAIL, PASSWORD = "coordinator@demo.example", "four-words-on-paper"


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare each workbook that is read the start of a Python of its own."""
    monkeypatch.setattr("forms.reading.process._run", run_in_fork)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Give an app of its own."""
    made = make_app(tmp_path / "data")
    weaken_passwords(made)
    yield made
    responses.close(made)


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """Give the app inside its context, for actions without a browser."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Give the browser of someone unknown."""
    return app.test_client()


@pytest.fixture
def coordinator(app: Flask) -> FlaskClient:
    """Give the browser of a coordinator who has logged in and reads English."""
    with app.app_context():
        accounts.create(EMAIL, [Role.COORDINATOR], PASSWORD)
    client = app.test_client()
    client.post("/login", data={"email": EMAIL, "password": PASSWORD, "csrf_token": token(client)})
    choose_language(client, "en")
    return client


def choose_language(client: FlaskClient, language: str) -> None:
    """Press the button of a language."""
    client.post("/language", data={"language": language, "csrf_token": token(client, "/nope")})


def swedish(app: Flask, sentence: str) -> str:
    """Give a sentence as Swedish readers have it, or as it is while nobody has translated it."""
    with app.test_request_context("/e/somewhere"):
        return str(escape(gettext(sentence)))


def token(client: FlaskClient, address: str = "/login") -> str:
    """Read the form token of a page."""
    page = client.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, f"{address} has no form token"
    return found[1]

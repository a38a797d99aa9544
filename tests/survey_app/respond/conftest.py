"""An app with rounds of small questionnaires, for the respondent's views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey_app import create_app
from survey_app.actions import instruments, responses, rounds
from survey_app.settings import load
from survey_app.store.database import db
from survey_app.store.models import Response
from tests.factories import release
from tests.forms.tables import workbook_of

SMALL = """
    survey
    | type               | name    | label::Svenska (sv) | label::English (en) | relevant      |
    | select_one yesno   | pets    | Har du husdjur?     | Do you have pets?   |               |
    | integer            | how_many| Hur många?          | How many?           | ${pets} = '1' |
    | text               | about   | Berätta             | Tell us             |               |
    | select_multiple yn | several | Välj flera          |                     |               |
    choices
    | list_name | name | label::Svenska (sv) | label::English (en) | sa_missing |
    | yesno     | 1    | Ja                  | Yes                 |            |
    | yesno     | 0    | Nej                 | No                  |            |
    | yesno     | DK   | Vet ej              | Don't know          | yes        |
    | yn        | a    | Första              | First               |            |
    | yn        | b    | Andra               | Second              |            |
    settings
    | form_id | form_title | default_language |
    | pets    | Husdjur    | Svenska (sv)     |
"""

RoundOpener = Callable[..., str]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give an app with an empty database, shared by all tests here."""
    made = create_app(load(tmp_path_factory.mktemp("respond"), is_testing=True))
    yield made
    responses.close(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a respondent's browser without a script."""
    return app.test_client()


@pytest.fixture(scope="session")
def open_round(app: Flask) -> RoundOpener:
    """Give ``open_round(table)``: the name of a new open round of a questionnaire."""
    numbers = count(1)

    def open_one(table: str = SMALL, *, is_open: bool = True) -> str:
        name = f"round-{next(numbers)}"
        with app.app_context():
            version = instruments.publish(workbook_of(table))
            rounds.create(name, version)
            if is_open:
                rounds.open_round(name)
        return name

    return open_one


@pytest.fixture
def stored(app: Flask) -> Callable[[str], list[Response]]:
    """Give ``stored(round)``: the responses in the table, once all that wait are released."""

    def read(name: str) -> list[Response]:
        with app.app_context():
            release(name)
            wanted = select(Response).where(Response.round_id == rounds.find(name).id)
            return list(db.session.scalars(wanted))

    return read

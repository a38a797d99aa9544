"""Error pages: calm, in the reader's language, with something to do."""

from __future__ import annotations

import logging
import sqlite3

import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from survey_app.actions.errors import ActionError, RoundNotYetOpen, StorageUnavailable
from survey_app.audience import open_to_everyone
from survey_app.errors import PAGES
from tests.factories import make_round
from tests.survey_app.conftest import swedish


@pytest.fixture
def failing(app):
    """Give `failing(error, path)`: an address of the app that always fails."""

    def add(error: int | Exception, path: str = "/failing") -> str:
        @open_to_everyone
        def view() -> str:
            if isinstance(error, int):
                abort(error)
            raise error

        app._got_first_request = False
        app.add_url_rule(path, f"failing-{path}", view)
        return path

    return add


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 429, 500, 503])
@pytest.mark.parametrize("path", ["/failing", "/e/x/y/failing"])
def test_every_error_has_its_page(app, visitor, failing, status, path) -> None:
    """Whoever meets it reads what happened and what to do, in whole sentences."""
    response = visitor.get(failing(status, path))
    page = response.get_data(as_text=True)
    assert response.status_code == status
    assert swedish(app, PAGES[status].title) in page
    assert swedish(app, PAGES[status].what_to_do) in page
    assert 'lang="sv"' in page
    assert response.headers["Cache-Control"] == "no-store"


def test_an_error_without_words_of_its_own_gets_its_hundreds(app, visitor, failing) -> None:
    """Rare statuses read as the common ones."""
    page = visitor.get(failing(418)).get_data(as_text=True)
    assert swedish(app, PAGES[400].title) in page


def test_a_crash_shows_no_trace_and_tells_the_log(app, visitor, failing, caplog) -> None:
    """Readers learn nothing of our insides; we learn where it was."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = visitor.get(failing(ValueError("a secret detail")))
    assert response.status_code == 500
    assert "secret" not in response.get_data(as_text=True)
    assert "Traceback" not in response.get_data(as_text=True)
    assert "ValueError at /failing" in caplog.text


def test_a_crash_on_the_enkat_leaves_no_answer_in_the_log(app, visitor, failing, caplog) -> None:
    """A traceback can quote what a pupil wrote."""
    caplog.set_level(logging.DEBUG)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    path = failing(ValueError("what a pupil wrote"), "/e/x/y/failing")
    assert visitor.get(path).status_code == 500
    assert "what a pupil wrote" not in caplog.text
    assert "ValueError" in caplog.text


def test_an_answer_that_could_not_be_saved_may_come_again(visitor, failing) -> None:
    """The tablet is told when."""
    response = visitor.get(failing(StorageUnavailable(), "/e/x/y/failing"))
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0


def test_respondents_read_no_names_of_rounds(app, visitor) -> None:
    """A pupil was given an address, not a name."""
    with app.app_context():
        make_round("secret-name", is_open=False)
    page = visitor.get("/e/secret-name")
    assert page.status_code == 410
    assert swedish(app, RoundNotYetOpen.to_respondents) in page.get_data(as_text=True)
    assert "secret-name" not in page.get_data(as_text=True).split("<main")[1]


def test_a_wrong_method_says_which_are_right(visitor) -> None:
    """Programs read the Allow header."""
    response = visitor.delete("/e/autumn")
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


def all_errors(kind: type[ActionError]) -> list[type[ActionError]]:
    """Give every kind of error below one."""
    return [each for kind in kind.__subclasses__() for each in (kind, *all_errors(kind))]


@pytest.mark.parametrize("kind", all_errors(ActionError))
def test_every_error_of_an_action_has_a_page_and_a_sentence(kind) -> None:
    """A new kind of error is thought of to its end."""
    assert kind.status in PAGES
    assert kind.sentence.endswith((".", "%(why)s"))  # which is a sentence itself


@pytest.mark.parametrize("path", ["/failing", "/e/x/y/failing"])
def test_a_database_that_cannot_be_written_is_told_to_both_sides(
    app, visitor, failing, caplog, path
) -> None:
    """Whoever sends may try again in a while; the log says what to mend, but not what was sent."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    reason = sqlite3.OperationalError("attempt to write a readonly database")
    response = visitor.get(failing(OperationalError("INSERT", {"many": "4711"}, reason), path))
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert swedish(app, PAGES[503].what_to_do) in response.get_data(as_text=True)
    assert "attempt to write a readonly database" in caplog.text
    assert "4711" not in caplog.text


def test_a_database_that_is_gone_is_told_to_those_logged_in_too(
    app, coordinator, monkeypatch
) -> None:
    """The page of the error asks nothing of the database: not even who reads it."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    gone = OperationalError("SELECT", {}, sqlite3.OperationalError("connection refused"))

    def refuse(*_: object, **__: object) -> None:
        raise gone

    monkeypatch.setattr("sqlalchemy.engine.Connection._execute_context", refuse)
    response = coordinator.get("/rounds/")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_a_connection_that_is_lost_after_the_page_was_made_harms_nobody(
    app, coordinator, monkeypatch
) -> None:
    """What was done is done: whoever is told "error" would do it again."""

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("server closed the connection")

    monkeypatch.setattr("sqlalchemy.engine.default.DefaultDialect.do_rollback", refuse)
    assert coordinator.get("/rounds/").status_code == 200

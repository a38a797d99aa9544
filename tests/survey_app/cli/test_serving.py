"""Demo data, and the server as a process."""

from __future__ import annotations

import json
import re
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from random import Random
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import select

from survey_app import demo
from survey_app.actions import codes, responses, rounds
from survey_app.actions.calendar import today
from survey_app.actions.returns.expecting import expected_in
from survey_app.audience import Role
from survey_app.demo.filling import Term, fill_enkats, term_of
from survey_app.store.database import db
from survey_app.store.models import Response, Round
from survey_app.store.register import District, Pupil, School, Team
from tests.factories import make_app, make_round
from tests.tools.server import LiveServer, log_of, serving

SIZES = {"districts": District, "schools": School, "teams": Team, "pupils": Pupil}


def said(app, name) -> list[str]:
    """Give what a round's respondents said, in an order of its own."""
    with app.app_context():
        wanted = select(Response.answers).where(Response.round_id == rounds.find(name).id)
        return sorted(json.dumps(each, sort_keys=True) for each in db.session.scalars(wanted))


@pytest.fixture
def city(filled_demo, tmp_path) -> Iterator[Flask]:
    """Give an app with what `serve --demo` has filled."""
    shutil.copytree(filled_demo, tmp_path / "city")
    made = make_app(tmp_path / "city")
    yield made
    responses.close(made)


def test_the_demo_is_a_city_at_work(city) -> None:
    """There is something to answer, with and without a code, to report, and to read."""
    accounts = demo.fill(city)
    assert [account.role for account in accounts] == [*(role.value for role in Role), "coder"]
    with city.app_context():
        listed = [each for each, _ in rounds.listing()]
        enkats = {(each.state, each.codes_required): each for each in anonymous(listed)}
        assert enkats.keys() == {("closed", False), ("open", False), ("open", True)}
        over = [each for each in anonymous(listed) if each.state == "closed"]
        assert sorted(rounds.count(each).least for each in over) == [45, 60]
        assert {name: db.session.query(table).count() for name, table in SIZES.items()} == {
            "districts": 10,  # two of them in the past
            "schools": 16,
            "teams": 16,
            "pupils": 150,
        }
        reported = [each for each in listed if each.version.name == "manadsrapport"]
        assert {each.state for each in reported} == {"open", "closed"}
        assert "2026-07" not in {each.period for each in reported}
        last, *_ = (each for each in reported if (each.period or "") < f"{today():%Y-%m}")
        states = {each.state.value for each in expected_in(last)}
        assert states == {"submitted", "missing"} or "expected" in states
        assert expected_in(reported[-1])


def test_the_demo_gives_codes_that_let_in(city) -> None:
    """Whoever tries the round with codes has some."""
    ((name, given),) = demo.entry_codes(city).items()
    assert len(given) == len(set(given)) == 5
    with city.app_context():
        assert rounds.find(name).codes_required
        (made,) = codes.counts(rounds.find(name))
        assert made.made == 5


def anonymous(listed: list[Round]) -> list[Round]:
    """Give the rounds of the enkät."""
    return [each for each in listed if each.mode == "anonymous"]


def test_the_demos_answers_follow_the_seed(tmp_path) -> None:
    """The same seed, the same picture; another seed, another."""
    found = []
    for number, seed in enumerate((1, 1, 2)):
        app = make_app(tmp_path / str(number))
        with app.app_context():
            fill_enkats(Random(seed), Random(seed + 1), 10)
            listed = anonymous([each for each, _ in rounds.listing()])
            closed = next(each.name for each in listed if each.state == "closed")
        found.append(said(app, closed))
        responses.close(app)
    assert found[0] == found[1] != found[2]
    assert len(set(found[0])) == 10


def test_a_second_start_prints_the_same_passwords(city) -> None:
    """They are kept for the owner of the data alone."""
    first = demo.fill(city)
    assert demo.fill(city) == first != ()
    path = city.config["SETTINGS"].data / "demo-accounts.json"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_filled_database_is_left_alone(app) -> None:
    """Real answers never meet invented ones."""
    with app.app_context():
        make_round("real")
    assert demo.fill(app) == ()
    with app.app_context():
        assert [each.name for each, _ in rounds.listing()] == ["real"]


def test_terms_follow_the_school_year() -> None:
    """Autumn begins in August."""
    assert term_of(date(2026, 7, 1)) == Term(2026, False)
    assert Term(2026, True).before == Term(2026, False)
    assert Term(2026, False).before == Term(2025, True)


@pytest.mark.slow
def test_the_server_starts_answers_and_stops(filled_demo, tmp_path) -> None:
    """SIGTERM ends it cleanly, and the second start shows the same passwords as the first."""
    shutil.copytree(filled_demo, tmp_path / "data")
    with serving(tmp_path / "data", "--demo") as server:
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
    first, second = (log_of(folder).read_text() for folder in (filled_demo, server.data))
    lines = [line for line in second.splitlines() if line.startswith("Log in as")]
    assert len(lines) == len(Role) + 1  # two coders
    assert lines == [line for line in first.splitlines() if line.startswith("Log in as")]
    assert "Serving at http://127.0.0.1:" in first
    assert "Traceback" not in first + second


def too_large(server: LiveServer, path: str, cookie: str = "") -> HTTPResponse:
    """Announce more than the server takes."""
    parts = urlsplit(server.address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.putrequest("POST", path)
    connection.putheader("Cookie", cookie)
    connection.putheader("Content-Length", str(200 * 1024 * 1024))
    connection.endheaders()
    return connection.getresponse()


def test_what_is_far_too_large_is_refused_in_the_readers_language(live_server) -> None:
    """The server in front of the app has English words of its own, and no headers of ours."""
    reader = requests.Session()
    found = re.search(r'csrf_token" value="([^"]+)"', reader.get(live_server.url("/login")).text)
    assert found
    reader.post(live_server.url("/language"), data={"language": "en", "csrf_token": found[1]})
    english = "; ".join(f"{name}={value}" for name, value in reader.cookies.items())
    for path, cookie, sentence in (
        ("/rounds/", "", "Det är för stort"),
        ("/rounds/", english, "That is too large"),
        ("/e/autumn", english, "Det är för stort"),
    ):
        answer = too_large(live_server, path, cookie)
        assert answer.status == 413
        assert sentence in answer.read().decode()
        assert "Content-Security-Policy" in answer.headers
        assert "Set-Cookie" not in answer.headers

"""The pages of double coding: what the second coder sees does not depend on the first one's codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.actions import accounts, responses, rounds
from survey_app.actions.coding import doubling, texts
from survey_app.actions.coding.doubling import Plan
from survey_app.audience import Role
from survey_app.store.database import db
from survey_app.store.doubling import UnitKind
from survey_app.store.interviews import InterviewCase
from tests.factories import make_app
from tests.survey_app.actions.coding.coded import CODER, make_coded
from tests.survey_app.actions.interviews.people import make_interview
from tests.survey_app.conftest import PASSWORD, choose_language, token
from tests.survey_app.coordinate.test_rounds import sent, shown
from tests.survey_app.returns.city import log_in

SECOND = "second@demo.example"
ROUND = "/coding/talks/"
WORDS = ("Ett.", "Två.", "Tre.")


def make_double(app: Flask, *first: str) -> InterviewCase:
    """Let the first coder give each paragraph a code, and fix the units for a second one."""
    with app.app_context():
        of = make_coded()
        for email in (SECOND, CODER):
            accounts.create(email, [Role.CODER], PASSWORD)
        case = make_interview(of.of, {"fore": "\n".join(WORDS)})
        for words, name in zip(WORDS, first, strict=True):
            of.give(case, words, name)
        texts.mark(case, CODER, is_coded=True)
        plan = Plan(UnitKind.PARAGRAPH, 100, SECOND, seed=7)
        doubling.begin(rounds.find("talks"), plan, CODER)
        return case


def browser(app: Flask, account: str) -> FlaskClient:
    """Give the browser of an account that reads English."""
    client = log_in(app.test_client(), account)
    choose_language(client, "en")
    return client


def seen_by_second(app: Flask) -> dict[str, str]:
    """Give everything that the second coder can fetch, without what differs by chance."""
    client, found = browser(app, SECOND), {}
    paths = ["/coding/", ROUND, f"{ROUND}double", f"{ROUND}search?q=Ett", f"{ROUND}scheme"]
    paths += [f"{ROUND}questions/{name}/" for name in ("fore", "nu")]
    paths += [f"{ROUND}double/1/units/{number}" for number in range(5)]
    paths += [f"{ROUND}double/1/result", "/coding/schemes/1/", "/coding/schemes/1/history"]
    paths += [f"/coding/schemes/1/codes/{n}/{what}" for n in range(1, 5)
              for what in ("change", "merge", "split", "remove")]  # fmt: skip
    with app.app_context():
        paths.append(f"{ROUND}cases/{db.session.query(InterviewCase).one().code}/")
    for path in paths:
        response = client.get(path)
        page = response.get_data(as_text=True)
        page = re.sub(r'name="csrf_token"[^>]*value="[^"]+"', "", page)
        page = re.sub(r"P-[A-Z0-9]{5}", "P", page)
        page = re.sub(r"<td>\d+/\d+/\d+, [^<]*</td>", "", page)
        found[re.sub(r"P-[A-Z0-9]{5}", "P", path)] = f"{response.status_code} {page}"
    return found


def test_what_the_second_coder_sees_tells_nothing_of_the_first(tmp_path: Path) -> None:
    """Two rooms that differ in the first coder's codes alone look the same, letter by letter."""
    seen = []
    for name, first in (("a", ("rel", "eff", "rel")), ("b", ("eff", "rel_tillit", "eff"))):
        app = make_app(tmp_path / name)
        make_double(app, *first)
        seen.append(seen_by_second(app))
        responses.close(app)
    one, other = seen
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert one[f"{ROUND}double/1/result"].startswith("409")
    assert "3 units coded" in one[f"{ROUND}double"]
    assert one["/coding/schemes/1/codes/1/merge"].startswith("409")


@pytest.fixture
def double(app: Flask) -> Flask:
    """Have three paragraphs coded twice."""
    make_double(app, "rel", "eff", "rel")
    return app


def test_a_second_coder_goes_through_all_units_and_then_they_are_compared(double) -> None:
    """Plan, code, finish, compare, decide."""
    second, first = browser(double, SECOND), browser(double, CODER)
    assert "1 interview is not shown" in shown(second, ROUND)
    assert "The two are compared when" in shown(first, f"{ROUND}double")
    assert first.get(f"{ROUND}double/1/units/1").status_code == 404
    assert first.get(f"{ROUND}double/1/result").status_code == 409
    for number in (1, 2, 3):
        address = f"{ROUND}double/1/units/{number}"
        codes = {"codes": "1"} if "Ett." in shown(second, address) else {}
        assert "checked" not in shown(second, address)
        sent(second, address, **codes)
    assert "3 of 3 units coded" in shown(second, f"{ROUND}double")
    data = {"csrf_token": token(second, f"{ROUND}double")}
    done = second.post(f"{ROUND}double/1/finish", data=data, follow_redirects=True)
    page = done.get_data(as_text=True)
    assert "1 of 3 units have exactly the same codes." in page
    assert "the first coder gave it, the second did not" in page
    assert "Only one value was ever used" not in page
    assert second.get(f"{ROUND}double/1/units/1").status_code == 404
    found = re.search(
        r'name="unit" value="(\d+)"><input type="hidden" name="code" value="(\d+)"', page
    )
    assert found
    here = {"unit": found[1], "code": found[2], "there": "0"}
    assert "Write why." in sent(first, f"{ROUND}double/1/result", reason=" ", **here)
    page = sent(first, f"{ROUND}double/1/result", reason="Se definitionen.", **here)
    assert "It does not hold." in page
    assert "Se definitionen." in page
    assert CODER in page


def test_a_double_coding_is_planned_on_the_page(double) -> None:
    """For somebody else, of whom there is one; the share is checked."""
    client = browser(double, CODER)
    plan = {"second": SECOND, "kind": "passage", "share": "50"}
    assert "Choose a number" in sent(client, f"{ROUND}double", **(plan | {"share": "0"}))
    page = sent(client, f"{ROUND}double", **plan)
    assert "The units are fixed and drawn." in page
    assert "50 per cent, drawn with" in page

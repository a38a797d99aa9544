"""The coordinator makes cards: shown once, counted by district, kept nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html as lxml_html
from sqlalchemy import select

from survey_app.actions import codes, rounds
from survey_app.actions.code_spelling import read
from survey_app.store.database import db, writing
from survey_app.store.register import District
from survey_app.store.waiting import EntryCode
from tests.factories import INTERVIEW, make_round, make_version
from tests.survey_app.conftest import choose_language
from tests.tools.html import html_problems

CARDS = "/rounds/autumn/cards"


@pytest.fixture
def coded(app) -> None:
    """Plan a round that asks for codes."""
    with app.app_context():
        rounds.create("autumn", make_version(), codes_required=True)


def page_of(answer):
    """Parse a page."""
    return lxml_html.fromstring(answer.get_data())


def page_at(client, address):
    """Fetch and parse a page."""
    return page_of(client.get(address))


def make(client, **data):
    """Fill in the form as it is shown, and send it."""
    page = page_at(client, CARDS)
    hidden = page.xpath("//main//input[@type='hidden']")
    return client.post(CARDS, data={each.name: each.value for each in hidden} | data)


def codes_on(answer) -> list[str]:
    """Read the codes of a page of cards."""
    found = page_of(answer).xpath("//p[@class='code']/text()")
    return [read(text) or "" for text in found]


def made(app) -> list[tuple[str | None, int]]:
    """Count what is in the table."""
    with app.app_context():
        return [(each.district, each.made) for each in codes.counts(rounds.find("autumn"))]


def test_the_registers_districts_are_chosen_from(app, coordinator, coded) -> None:
    """No name is misspelt, and none made up."""
    with app.app_context(), writing():
        db.session.add(District(code="01", name="Farsta", valid_from=date(2020, 1, 1)))
    offered = page_at(coordinator, CARDS).xpath("//select[@name='district']/option/@value")
    assert offered == ["", "Farsta"]
    make(coordinator, count="12", district="Farsta")
    assert "Not a valid choice" in make(coordinator, count="12", district="Årsta").text
    assert made(app) == [("Farsta", 12)]


def test_cards_are_the_answer_to_the_form(app, coordinator, coded) -> None:
    """To be printed at once: nobody keeps them, neither browser nor server."""
    answer = make(coordinator, count="12", district="Farsta")
    page = page_of(answer)
    given = codes_on(answer)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert len(set(given)) == 12
    assert made(app) == [("Farsta", 12)]
    with app.app_context():
        assert {codes.hash_of(1, code) for code in given} == set(hashes())
    assert len(page.xpath("//section[1]//li")) == 10
    assert len(page.xpath("//*[local-name()='svg']")) == 12
    assert {each.text_content() for each in page.xpath("//p[@class='code-address']")} == {
        "localhost/e/autumn"
    }
    shown = coordinator.get(CARDS).get_data(as_text=True)
    shown += coordinator.get("/rounds/autumn/").get_data(as_text=True)
    assert not any(code in shown for code in given)


def hashes() -> list[str]:
    """Give the hashes in the table."""
    return list(db.session.scalars(select(EntryCode.hash)))


def test_the_cards_speak_swedish_whatever_the_coordinator_reads(coordinator, coded) -> None:
    """Pupils get them."""
    page = page_of(make(coordinator, count="1"))
    assert page.get("lang") == "en"
    assert page.xpath("//section/@lang") == ["sv"]
    (promise,) = page.xpath("//p[@class='code-promise']/text()")
    assert promise.startswith("Du är anonym")
    assert page.xpath("//h1/text()") == ["1 card to print"]


def test_loading_the_cards_again_makes_no_others(app, coordinator, coded) -> None:
    """A browser that repeats the sending gets the reason, and the numbers as they are now."""
    page = page_at(coordinator, CARDS)
    hidden = page.xpath("//main//input[@type='hidden']")
    data = {each.name: each.value for each in hidden} | {"count": "3", "district": ""}
    assert len(codes_on(coordinator.post(CARDS, data=data))) == 3
    again = coordinator.post(CARDS, data=data)
    assert again.status_code == 409
    assert "no more were made now" in again.get_data(as_text=True)
    assert codes_on(again) == []
    assert made(app) == [(None, 3)]
    corrected = page_of(again).xpath("//input[@name='known']/@value")
    assert corrected == ["3"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"count": ""}, "Say how many cards you need."),
        ({"count": "0"}, "Choose a number from 1 to 500."),
        ({"count": "501"}, "Choose a number from 1 to 500."),
        ({"district": "x" * 101}, "Use at most 100 characters."),
    ],
)
def test_a_mistake_makes_no_cards(app, coordinator, coded, wrong, sentence) -> None:
    """And is said at its field."""
    page = make(coordinator, **({"count": "5", "district": "Farsta"} | wrong))
    assert sentence in page.get_data(as_text=True)
    assert made(app) == []


def test_rounds_without_codes_have_no_cards(app, coordinator) -> None:
    """Nobody is led to print what has no use."""
    with app.app_context():
        make_round()
        make_round("talks", table=INTERVIEW)
    for name in ("autumn", "talks"):
        assert "cards" not in coordinator.get(f"/rounds/{name}/").get_data(as_text=True)
        assert coordinator.get(f"/rounds/{name}/cards").status_code == 409


def test_a_closed_round_shows_its_cards_and_makes_no_others(app, coordinator, coded) -> None:
    """They are history."""
    with app.app_context():
        rounds.open_round("autumn")
        codes.create("autumn", 8, "Farsta")
        rounds.close_round("autumn")
    page = coordinator.get("/rounds/autumn/").get_data(as_text=True)
    assert "Farsta" in page
    assert CARDS not in page
    assert coordinator.get(CARDS).status_code == 410


def test_a_round_is_planned_with_codes(app, coordinator) -> None:
    """By a tick; without it as always."""
    for name, ticked in (("with", {"codes": "y"}), ("without", {})):
        page = page_at(coordinator, "/rounds/new")
        token = page.xpath("//main//input[@name='csrf_token']/@value")[0]
        data = {"title": name, "name": name, "instrument": "elevenkat", "csrf_token": token}
        assert coordinator.post("/rounds/new", data=data | ticked).status_code == 302
    with app.app_context():
        assert rounds.find("with").codes_required
        assert not rounds.find("without").codes_required
    assert "/rounds/with/cards" in coordinator.get("/rounds/with/").get_data(as_text=True)


def test_the_pages_are_valid_html(coordinator, coded) -> None:
    """In both languages, empty and with cards."""
    pages = {"empty": coordinator.get(CARDS).get_data(as_text=True)}
    pages["cards"] = make(coordinator, count="11", district="Å & <b>").get_data(as_text=True)
    choose_language(coordinator, "sv")
    pages["counts"] = coordinator.get(CARDS).get_data(as_text=True)
    pages["round"] = coordinator.get("/rounds/autumn/").get_data(as_text=True)
    pages["plan"] = coordinator.get("/rounds/new").get_data(as_text=True)
    assert html_problems(pages) == []


def test_others_make_no_cards(visitor, coded) -> None:
    """Cards are for coordinators."""
    answer = visitor.post(CARDS, data={"count": "5"})
    assert answer.status_code in (302, 400)
    assert codes_on(answer) == []

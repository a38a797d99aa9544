"""Pupils choose among approved languages, and meet no other in the middle."""

from __future__ import annotations

import pytest
from lxml import html

from forms.languages import direction, name_of
from survey_app.actions import instruments, rounds, signoffs

EASY = "sv-simple"


@pytest.fixture
def enkat(context):
    """Open a round of the built-in enkät."""
    rounds.create("enkat", instruments.newest_version("elevenkat"))
    rounds.open_round("enkat")


@pytest.fixture
def approved(enkat) -> list[str]:
    """Approve every language that is translated whole; give all that pupils are offered."""
    whole = [
        tag
        for tag in signoffs.drafts()
        if all(signoffs.standing(subject, tag).is_complete for subject in signoffs.subjects())
    ]
    for tag in whole:
        for subject in signoffs.subjects():
            signoffs.approve(subject, tag, "Asha Warsame")
    return ["sv", "en", *whole]


def read(visitor, address: str):
    """Fetch a page as a tree."""
    answer = visitor.get(address)
    return answer.status_code, html.fromstring(answer.get_data())


def test_a_draft_is_not_there(enkat, visitor) -> None:
    """Neither in the menu nor at its address."""
    status, page = read(visitor, f"/e/enkat/{EASY}")
    assert status == 404
    assert page.get("lang") == "sv"
    _, start = read(visitor, "/e/enkat")
    assert start.xpath("//nav//a/@lang") == ["sv", "en"]


def test_all_approved_languages_are_in_the_menu(approved, visitor) -> None:
    """Each named in itself, in its own direction."""
    _, start = read(visitor, "/e/enkat")
    links = {a.get("lang"): (a.text, a.get("dir")) for a in start.xpath("//nav//a")}
    assert links == {tag: (name_of(tag), direction(tag)) for tag in approved}


def test_pages_are_in_one_language(approved, visitor) -> None:
    """No text falls back to another language, marked or not: questions, thanks, not found."""
    for tag in approved:
        own = "" if tag == "sv" else f"/{tag}"
        for address, wanted in (
            (f"/e/enkat{own}", 200),
            (f"/e/enkat{own}/thanks", 200),
            (f"/e/nope/{tag}", 404),
        ):
            status, page = read(visitor, address)
            assert (status, page.get("lang")) == (wanted, tag), address
            assert page.get("dir") == direction(tag)
            others = page.xpath("//*[@lang][not(ancestor::nav) and not(self::html)]/@lang")
            assert set(others) <= {tag}, address


def test_no_sentence_of_another_language_is_on_a_page(approved, visitor) -> None:
    """Word for word: what stands on a page is in its language's catalogues."""
    english = {each.place for each in signoffs.texts("interface", "en") if len(each.place) > 12}
    swedish = {each.source for each in signoffs.texts("interface", "sv") if len(each.source) > 12}
    swedish |= {each.source for each in signoffs.texts("elevenkat", "en") if len(each.source) > 12}
    for tag in approved[2:]:
        _, page = read(visitor, f"/e/enkat/{tag}")
        said = {text.strip() for text in page.itertext()}
        same = {
            each.text for subject in signoffs.subjects() for each in signoffs.texts(subject, tag)
        }
        assert not said & (english | swedish) - same, tag


def test_who_has_the_page_may_send_though_its_language_is_withdrawn(approved, visitor) -> None:
    """Nobody loses answers because an adult found a spelling mistake."""
    for subject in signoffs.subjects():
        signoffs.withdraw(subject, EASY)
    assert visitor.get(f"/e/enkat/{EASY}").status_code == 404
    sent = visitor.post(f"/e/enkat/{EASY}", data={"TRI1": "4"})
    assert sent.status_code == 303
    assert visitor.get(sent.location).status_code == 200


def test_a_closed_round_says_so_in_the_readers_language(approved, visitor) -> None:
    """The last page that a pupil may meet."""
    rounds.close_round("enkat")
    status, page = read(visitor, f"/e/enkat/{EASY}")
    assert (status, page.get("lang")) == (410, EASY)
    assert "Enkäten är slut." in page.text_content()

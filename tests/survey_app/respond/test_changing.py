"""The buttons of a page without a script: add, remove, and look again; nothing is stored."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html

from tests.journeys.family import FAMILY


@pytest.fixture(scope="module")
def family(open_round) -> str:
    """Open a round of the family's questionnaire, for tests that store nothing."""
    return open_round(FAMILY)


TYPED = {
    "region": "ab",
    "child[#]": "2",
    "child[1]/nick": "Bo",
    "child[1]/age": "sex",
    "child[1]/toy[#]": "1",
    "child[1]/toy[1]/toyname": "boll",
    "child[2]/nick": "Ulla",
    "trip[#]": "0",
}


@pytest.fixture
def press(client, family, stored):
    """Give ``press(button, value, **typed)``: the page that a button leads to."""

    def press_one(button: str, value: str, **typed: str):
        answer = client.post(f"/e/{family}", data={**TYPED, **typed, button: value})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert stored(family) == []
        return page_of(answer)

    return press_one


def page_of(answer):
    """Parse a page."""
    return lxml_html.fromstring(answer.get_data())


def value(page, name: str) -> str:
    """Read what stands in a field."""
    (control,) = page.xpath("//*[@name=$name]", name=name)
    return str(control.get("value"))


def instances(page) -> list[str]:
    """List the instances that the page shows, those of patterns left out."""
    return page.xpath("//*[@data-instance][not(ancestor::template)]/@data-instance")


def test_another_instance_comes_with_all_that_was_typed(press) -> None:
    """Who has a third child writes nothing twice, and hears no complaint yet."""
    page = press("_add", "child")
    assert [each for each in instances(page) if each.count("/") == 0] == [
        "child[1]",
        "child[2]",
        "child[3]",
    ]
    assert value(page, "child[#]") == "3"
    assert (value(page, "child[1]/nick"), value(page, "child[1]/age")) == ("Bo", "sex")
    assert page.xpath("//input[@name='child[3]/school'][@checked]/@value") == ["1"], "a default"
    assert "child[3]/toy[1]" in instances(page), "a repeat inside begins with one"
    assert not page.xpath("//*[@id='error-summary'] | //*[@aria-invalid]")
    (another,) = page.xpath("//button[@name='_add'][@value='child']")
    assert another.get("formaction") == "#i-child:4:"
    assert page.xpath("//*[@id='i-child:3:'][@tabindex='-1']"), "where the last button led to"


def test_an_instance_inside_an_instance_is_added_there(press) -> None:
    """The second toy is the first child's."""
    page = press("_add", "child[1]/toy")
    assert "child[1]/toy[2]" in instances(page)
    assert "child[2]/toy[2]" not in instances(page)
    assert value(page, "child[1]/toy[1]/toyname") == "boll"


def test_a_removed_instance_takes_its_answers_along(press) -> None:
    """What stood in the second is now the first, and nothing of the first is left."""
    page = press("_remove", "child[1]")
    assert value(page, "child[#]") == "1"
    assert value(page, "child[1]/nick") == "Ulla"
    assert b"boll" not in lxml_html.tostring(page)


@pytest.mark.parametrize(
    ("button", "where"),
    [("_add", "trip"), ("_add", "home"), ("_add", "no"), ("_add", "child/toy"), ("_add", ""),
     ("_remove", "child"), ("_remove", "child[3]"), ("_remove", "trip[1]"), ("_remove", "region")],
)  # fmt: skip
def test_a_button_that_no_page_has_changes_no_answer(press, button, where) -> None:
    """Whoever makes up requests gets their page back."""
    page = press(button, where)
    assert [each for each in instances(page) if each.startswith("trip")] == []
    assert value(page, "child[1]/nick") == "Bo"
    assert value(page, "child[2]/nick") == "Ulla"


def test_who_looks_again_sees_what_follows(press) -> None:
    """Without a script, lists and the author's counts follow when asked to."""
    page = press("_refresh", "q-town", trips="2")
    quarters = "//*[@data-question='quarter']//*[@class='choice']"
    assert page.xpath(quarters)
    assert not page.xpath(f"{quarters}[not(@hidden)]")
    shown = page.xpath("//select[@name='town']/option[not(@hidden)]/@value")
    assert shown == ["", "solna", "nacka"]
    assert [each for each in instances(page) if each.startswith("trip")] == ["trip[1]", "trip[2]"]
    assert (
        page.xpath("//*[@data-question='quarter']//*[contains(@class, 'nothing-offered')][@hidden]")
        == []
    )


def test_a_repeat_that_grew_is_shown_before_it_is_sent(client, open_round, stored) -> None:
    """Nobody's questions are sent unseen because a script did not run."""
    name = open_round(FAMILY)
    typed = {"child[#]": "0", "trips": "2", "trip[#]": "0", "agree": "OK"}
    answer = client.post(f"/e/{name}", data=typed)
    assert answer.status_code == 422
    page = page_of(answer)
    assert page.xpath("//*[@id='error-summary']//a/@href") == ["#i-trip:2:"]
    assert page.xpath("//*[@id='i-trip:2:']")
    assert stored(name) == []
    again = client.post(f"/e/{name}", data=typed | {"trip[#]": "2", "trip[1]/place": "Rom"})
    assert again.status_code == 303
    (response,) = stored(name)
    assert response.answers["trip[1]/place"] == "Rom"
    assert "trip[2]/place" in response.asked


def test_enter_never_adds_or_removes(client, family) -> None:
    """The first button of the form is the one that the Enter key presses."""
    page = page_of(client.get(f"/e/{family}"))
    first = page.xpath("//form[@id='questionnaire']//button[@type='submit']")[0]
    assert first.get("name") is None


def test_a_ranking_is_posted_place_by_place(client, open_round, stored) -> None:
    """What stands in the first list is the first place, whatever its place in the author's list."""
    name = open_round(FAMILY)
    page = page_of(client.get(f"/e/{name}"))
    assert len(page.xpath("//select[@name='order']")) == 3
    sent = {"child[#]": "0", "agree": "OK", "order": ["1", "3", "2"], "mood": "7", "percent": "55"}
    assert client.post(f"/e/{name}", data=sent).status_code == 303
    assert stored(name)[0].answers["order"] == "1 3 2"
    part = {"child[#]": "0", "agree": "OK", "order": ["1", "", "2"]}
    answer = client.post(f"/e/{name}", data=part)
    assert answer.status_code == 422
    chosen = page_of(answer).xpath("//option[@selected]/@value")
    assert chosen[:2] == ["1", "2"], "what was chosen is still there"


def test_a_value_that_is_only_shown_is_not_taken(client, family, open_round, stored) -> None:
    """A read-only question says what the questionnaire computes, whoever posts otherwise."""
    name = open_round(FAMILY)
    typed = {"child[#]": "1", "child[1]/nick": "A", "child[1]/age": "9", "agree": "OK"}
    client.post(f"/e/{name}", data=typed | {"sumup": "77"})
    assert stored(name)[0].answers["sumup"] == "9"
    page = page_of(client.post(f"/e/{name}", data={**typed, "agree": ""}))
    assert page.xpath("string(//*[@data-question='sumup']//output)").strip() == "9"
    assert not page.xpath("//*[@name='sumup']")

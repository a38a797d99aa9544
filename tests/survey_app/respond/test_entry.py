"""The code on a card, over plain HTTP: what is taken, and what is said when it is not."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html as lxml_html

from survey_app.actions import codes, guesses, instruments, rounds
from survey_app.actions.code_spelling import draw, grouped
from survey_app.security import limiter
from tests.forms.tables import workbook_of
from tests.survey_app.respond.conftest import SMALL

Maker = Callable[..., tuple[str, list[str]]]


@pytest.fixture
def coded(app: Flask) -> Maker:
    """Give ``coded(count)``: the name of an open round that asks for codes, and its codes."""

    def make(count: int = 1, table: str = SMALL) -> tuple[str, list[str]]:
        name = f"coded-{uuid4().hex[:8]}"
        with app.app_context():
            limiter.reset()
            rounds.create(name, instruments.publish(workbook_of(table)), codes_required=True)
            rounds.open_round(name)
            return name, codes.create(name, count, "Farsta")

    return make


def page_of(answer):
    """Parse a page."""
    return lxml_html.fromstring(answer.get_data())


def said(answer) -> str:
    """Give what the page says of the code."""
    (message,) = page_of(answer).xpath("//*[@id='entry-code-error']")
    return "" if message.get("hidden") is not None else str(message.text_content())


def other_than(given: list[str]) -> str:
    """Draw a code that is none of these."""
    return next(code for code in iter(draw, None) if code not in given)


def test_a_code_lets_in_one_answer(client: FlaskClient, coded: Maker, stored) -> None:
    """However it is written; and the page after it is the same as everywhere."""
    name, (code,) = coded()
    written = f" {grouped(code).lower()} "
    answer = client.post(f"/e/{name}", data={"pets": "1", "how_many": "2", "entry_code": written})
    assert (answer.status_code, answer.location) == (303, f"/e/{name}/thanks")
    (response,) = stored(name)
    assert response.answers == {"pets": "1", "how_many": "2"}
    assert "entry_code" not in response.asked


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (None, "Write the code that is on your card."),
        (" - ", "The code is not quite right."),
        ("FXW-9MR-6XW", "The code is not quite right."),
        ("unknown", "There is no such code."),
        ("used", "Somebody has answered with this code already."),
    ],
)
def test_a_code_that_lets_nobody_in_is_said_at_its_field(
    app, client, coded, stored, language, typed, sentence
) -> None:
    """Kindly, in the page's language, with everything still there."""
    name, (code,) = coded()
    client.post(f"/e/{name}", data={"pets": "0", "entry_code": code})
    text = {"unknown": other_than([code]), "used": code}.get(typed, typed)
    data = {"pets": "1", "how_many": "3", "about": "kvar"}
    answer = client.post(
        f"/e/{name}{language}", data=data if text is None else {**data, "entry_code": text}
    )
    page = page_of(answer)
    assert answer.status_code == 422
    assert answer.headers["Survey-Refusal"] == "code"
    if language:
        assert said(answer).startswith(sentence)
    else:
        assert said(answer)
        assert not said(answer).startswith(sentence)
    (link,) = page.xpath("//*[@id='error-summary']//a")
    (field,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert (field.get("name"), field.get("value")) == ("entry_code", text or "")
    assert field.get("aria-invalid") == "true"
    assert page.xpath("//input[@name='about']/@value") == ["kvar"]
    assert page.xpath("//input[@checked]/@value") == ["1"]
    assert len(stored(name)) == 1


def test_a_used_code_stays_used_after_the_release(client, coded, stored) -> None:
    """Whether its answer waits or is readable makes no difference."""
    name, (code,) = coded()
    assert client.post(f"/e/{name}", data={"pets": "0", "entry_code": code}).status_code == 303
    assert len(stored(name)) == 1
    answer = client.post(f"/e/{name}/en", data={"pets": "1", "entry_code": code})
    assert said(answer).startswith("Somebody has answered with this code already.")
    assert len(stored(name)) == 1


def test_a_code_and_an_answer_are_mended_together(client, coded) -> None:
    """The code comes first among what is wrong, and no answer is left out."""
    name, _ = coded()
    answer = client.post(f"/e/{name}/en", data={"pets": "1", "how_many": "x"})
    hrefs = page_of(answer).xpath("//*[@id='error-summary']//a/@href")
    assert hrefs[0] == "#entry-code"
    assert len(hrefs) == 2


def test_sending_again_leads_to_the_thank_you_page(client, coded, stored) -> None:
    """After a lost connection the code is used, by the same answers."""
    name, (code,) = coded()
    sent = {"pets": "0", "entry_code": code, "response_id": str(uuid4())}
    assert [client.post(f"/e/{name}", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(stored(name)) == 1
    other = {**sent, "response_id": str(uuid4())}
    assert client.post(f"/e/{name}", data=other).status_code == 422


def test_two_who_send_one_code_at_once_are_one_answer(app, coded, stored) -> None:
    """A card that was copied counts once, whoever is quicker."""
    name, given = coded(6)
    start, outcomes = threading.Barrier(12), []

    def send(code: str) -> None:
        start.wait()
        answer = app.test_client().post(f"/e/{name}", data={"pets": "1", "entry_code": code})
        outcomes.append(answer.status_code)

    threads = [threading.Thread(target=send, args=[code]) for code in given * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [303] * 6 + [422] * 6
    assert len(stored(name)) == 6


def test_a_code_of_another_round_is_unknown(client, coded, stored) -> None:
    """Last term's card does not work this term."""
    (_, (old,)), (name, _) = coded(), coded()
    answer = client.post(f"/e/{name}/en", data={"pets": "1", "entry_code": old})
    assert said(answer).startswith("There is no such code.")
    assert stored(name) == []


def test_several_codes_are_no_code(client, coded) -> None:
    """Which of them should be used up?"""
    name, given = coded(2)
    answer = client.post(f"/e/{name}/en", data={"pets": "1", "entry_code": given})
    assert said(answer).startswith("The code is not quite right.")


def test_a_round_without_codes_knows_no_such_field(client, open_round) -> None:
    """What is not asked is not taken."""
    name = open_round()
    assert "entry" not in client.get(f"/e/{name}").get_data(as_text=True)
    assert client.post(f"/e/{name}", data={"pets": "1", "entry_code": draw()}).status_code == 400


def test_the_empty_page_has_the_field_first(client, coded) -> None:
    """Without a script too, before all questions."""
    name, _ = coded()
    page = page_of(client.get(f"/e/{name}/en"))
    fields = page.xpath("//form[@id='questionnaire']//input[not(@type='hidden')]/@name")
    assert fields[0] == "entry_code"
    (field,) = page.xpath("//input[@name='entry_code']")
    assert (field.get("autocomplete"), field.get("dir"), field.get("value")) == ("off", "ltr", "")
    assert said(client.get(f"/e/{name}/en")) == ""


def test_a_button_of_the_long_page_keeps_the_code(client, coded) -> None:
    """Looking at what follows is not sending: nothing is wrong yet, and nothing is lost."""
    name, _ = coded()
    answer = client.post(f"/e/{name}", data={"_refresh": "x", "pets": "1", "entry_code": "abc"})
    assert answer.status_code == 200
    assert page_of(answer).xpath("//input[@name='entry_code']/@value") == ["abc"]
    assert said(answer) == ""


def test_guessing_comes_to_an_end_for_a_minute(app, client, coded, stored) -> None:
    """After 30 wrong codes nobody's is looked up, and everything typed is still there."""
    name, given = coded(2)
    for _ in range(guesses.OF_A_ROUND.amount):
        wrong = {"pets": "1", "entry_code": other_than(given)}
        assert client.post(f"/e/{name}", data=wrong).status_code == 422
    answer = client.post(f"/e/{name}/en", data={"pets": "1", "entry_code": given[0]})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert "Too many wrong codes" in said(answer)
    assert page_of(answer).xpath("//input[@checked]/@value") == ["1"]
    assert stored(name) == []
    limiter.reset()  # a minute later
    assert client.post(f"/e/{name}", data={"pets": "1", "entry_code": given[0]}).status_code == 303


def test_slips_cost_nothing(app, client, coded, stored) -> None:
    """A class that mistypes does not lock out the class next door; nor do used cards."""
    name, given = coded(2)
    client.post(f"/e/{name}", data={"pets": "1", "entry_code": given[0]})
    for _ in range(guesses.OF_A_ROUND.amount + 1):
        client.post(f"/e/{name}", data={"pets": "1", "entry_code": "FXW-9MR-6XW"})
        client.post(f"/e/{name}", data={"pets": "1", "entry_code": given[0]})
    assert client.post(f"/e/{name}", data={"pets": "1", "entry_code": given[1]}).status_code == 303
    assert len(stored(name)) == 2


def test_guessing_in_one_round_leaves_the_others_alone(client, coded) -> None:
    """Until there are very many guesses in all."""
    (name, given), (other, codes_there) = coded(), coded()
    for _ in range(guesses.OF_A_ROUND.amount):
        client.post(f"/e/{name}", data={"pets": "1", "entry_code": other_than(given)})
    data = {"pets": "1", "entry_code": codes_there[0]}
    assert client.post(f"/e/{other}", data=data).status_code == 303


def test_what_counts_guesses_knows_nobody(app, client, coded) -> None:
    """A number for each round and minute: no address, no browser."""
    name, given = coded()
    client.post(f"/e/{name}", data={"pets": "1", "entry_code": other_than(given)})
    with app.app_context():
        round_id = rounds.find(name).id
    counters: Counter[str] = vars(limiter.storage)["storage"]
    kept = [key for key in counters if guesses.NAMESPACE in key]
    assert sorted(kept) == sorted(
        [
            guesses.OF_A_ROUND.key_for(guesses.NAMESPACE, str(round_id)),
            guesses.OF_ALL_ROUNDS.key_for(guesses.NAMESPACE),
        ]
    )
    assert "127.0.0.1" not in "".join(kept)


def test_no_log_and_no_header_has_the_code(client, coded, caplog) -> None:
    """It comes in the body, and goes nowhere but into a hash."""
    caplog.set_level(0)
    name, (code,) = coded()
    for typed in (code, code, other_than([code])):
        answer = client.post(f"/e/{name}", data={"pets": "1", "entry_code": typed})
        assert answer.headers["Cache-Control"] == "no-store"
        for known in (code, grouped(code), typed):
            assert known not in str(answer.headers)
            assert known not in caplog.text


def test_a_tablet_keeps_the_parts_that_ask_for_the_code(client, coded) -> None:
    """Without a network too the check character is checked."""
    name, _ = coded()
    kept = client.get(f"/e/{name}/worker.js").get_data(as_text=True)
    page = client.get(f"/e/{name}").get_data(as_text=True)
    for part in ("js/entry.js", "js/codes.js", "css/entry.css"):
        assert part in kept
        assert part in page

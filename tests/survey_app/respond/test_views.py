"""The enkät over plain HTTP, as a browser without a script sends it."""

from __future__ import annotations

import gzip
import json
import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from lxml import html as lxml_html

from survey_app.actions import instruments, rounds

NO_HYPHENS = "0123456789abcdef0123456789abcdef"


def page_of(answer):
    """Parse a page."""
    return lxml_html.fromstring(answer.get_data())


def error_at(page, name: str) -> str:
    """Give what the page says is wrong with a question."""
    (message,) = page.xpath(f"//*[@data-question='{name}']//*[contains(@class, 'field-error')]")
    return (message.text_content() or "").strip()


def test_answers_are_stored_and_lead_to_the_thank_you_page(client, open_round, stored) -> None:
    """A respondent is told that the answers arrived, by a page that can be reloaded safely."""
    name = open_round()
    answer = client.post(f"/e/{name}", data={"pets": "1", "how_many": "2", "several": ["b", "a"]})
    assert (answer.status_code, answer.location) == (303, f"/e/{name}/thanks")
    assert client.get(answer.location).status_code == 200
    (response,) = stored(name)
    assert response.answers == {"pets": "1", "how_many": "2", "several": "a b"}
    assert response.asked == ["about", "how_many", "pets", "several"]


def test_the_same_sending_is_stored_once(client, open_round, stored) -> None:
    """Who presses again after a lost connection is not counted twice."""
    name, same = open_round(), str(uuid4())
    for response_id in (same, same.upper(), same, str(uuid4())):
        answer = client.post(f"/e/{name}", data={"pets": "0", "response_id": response_id})
        assert answer.status_code == 303
    assert len(stored(name)) == 2


def test_a_round_that_has_just_closed_takes_nothing_more(app, client, open_round, stored) -> None:
    """What was seen open a moment ago is asked again where answers are stored."""
    name = open_round()
    assert client.post(f"/e/{name}", data={"pets": "0"}).status_code == 303
    with app.app_context():
        rounds.close_round(name)
    assert client.post(f"/e/{name}", data={"pets": "1"}).status_code == 410
    assert client.get(f"/e/{name}").status_code == 410
    assert len(stored(name)) == 1


def test_answers_to_skipped_questions_are_dropped(client, open_round, stored) -> None:
    """On the long page a respondent can fill in what is not asked of them."""
    name = open_round()
    client.post(f"/e/{name}", data={"pets": "0", "how_many": "7"})
    (response,) = stored(name)
    assert response.answers == {"pets": "0"}
    assert "how_many" not in response.asked


def test_a_mistake_keeps_everything_typed_and_is_linked_to_its_field(client, open_round) -> None:
    """A respondent mends one answer instead of writing all of them again."""
    answer = client.post(
        f"/e/{open_round()}/en",
        data={"pets": "1", "how_many": "many <b>", "about": "Håkan & co", "several": ["a", "b"]},
    )
    page = page_of(answer)
    assert answer.status_code == 422
    assert error_at(page, "how_many") == "Write a whole number with digits, for example 3."
    (link,) = page.xpath("//*[@id='error-summary']//a")
    (field,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert (field.get("name"), field.get("value")) == ("how_many", "many <b>")
    assert field.get("aria-invalid") == "true"
    assert page.xpath("//input[@name='about']/@value") == ["Håkan & co"]
    assert page.xpath("//input[@checked]/@value") == ["1", "a", "b"]
    assert page.xpath("//title/text()")[0].startswith("Something needs a change")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("pets", "9"), ("several", "c"), ("how_many", "1e9"), ("about", "x" * 2**20)],
)
def test_what_cannot_be_an_answer_is_refused_at_its_question(
    client, open_round, stored, field, typed
) -> None:
    """Made-up codes and texts without end never reach the table."""
    name = open_round()
    answer = client.post(f"/e/{name}", data={"pets": "1", field: typed})
    assert answer.status_code == 422
    assert error_at(page_of(answer), field)
    assert stored(name) == []


def test_a_text_that_is_too_long_is_still_on_the_page(client, open_round) -> None:
    """Nobody loses what they wrote."""
    answer = client.post(f"/e/{open_round()}", data={"about": "å" * 500_000})
    assert page_of(answer).xpath("//input[@name='about']/@value") == ["å" * 500_000]


def test_a_post_beyond_all_questionnaires_is_refused(client, open_round) -> None:
    """The server's memory is not for filling."""
    assert client.post(f"/e/{open_round()}", data={"about": "x" * 5 * 2**20}).status_code == 413


@pytest.mark.parametrize("body", [b"about=caf%E9", b"about=caf\xe9"])
def test_broken_characters_are_shown_at_their_question(client, open_round, body) -> None:
    """A text that would be stored wrongly is not stored at all."""
    answer = client.post(
        f"/e/{open_round()}", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 422
    assert error_at(page_of(answer), "about")


def test_an_unknown_field_is_refused_and_the_answers_stay(client, open_round, stored) -> None:
    """A page of another version is noticed before its answers are lost."""
    name = open_round()
    answer = client.post(f"/e/{name}", data={"about": "kvar", "pest": "1"})
    assert answer.status_code == 400
    assert page_of(answer).xpath("//input[@name='about']/@value") == ["kvar"]
    assert page_of(answer).xpath("//*[@role='alert' and contains(@class, 'notice')]")
    assert stored(name) == []


@pytest.mark.parametrize("response_id", ["", "1", "x" * 36, NO_HYPHENS, f"{{{UUID(NO_HYPHENS)}}}"])
def test_a_response_id_that_is_no_uuid_is_refused(client, open_round, stored, response_id) -> None:
    """What recognises a repeated sending cannot be anything that leads to a person."""
    name = open_round()
    assert client.post(f"/e/{name}", data={"response_id": response_id}).status_code == 400
    assert stored(name) == []


def test_only_forms_are_taken(client, open_round) -> None:
    """Other programs learn what the address takes instead of storing nothing."""
    address = f"/e/{open_round()}"
    assert client.post(address, json={"pets": "1"}).status_code == 415
    assert client.post(address, data=b"pets=1", content_type="text/plain").status_code == 415
    assert client.post(address).status_code == 415
    file = {"about": (BytesIO(b"a"), "a.txt")}
    assert client.post(address, data=file).status_code == 415
    parts = {"content_type": "multipart/form-data", "data": {"pets": "1"}}
    assert client.post(address, **parts).status_code == 303


@pytest.mark.parametrize(
    ("body", "boundary"),
    [
        (b"--x\r\nContent-Disp", "; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="pets"\r\n\r\n1', "; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="pets"\r\n\r\n1\r\n--x--\r\n', ""),
    ],
)
def test_a_torn_form_is_not_taken_for_an_empty_one(
    client, open_round, stored, body, boundary
) -> None:
    """Nobody is thanked for answers that got lost."""
    name = open_round()
    kind = f"multipart/form-data{boundary}"
    assert client.post(f"/e/{name}", data=body, content_type=kind).status_code == 400
    assert stored(name) == []


def test_a_round_that_is_not_open_says_so(app, client, open_round, stored) -> None:
    """Who comes too early or too late is not left to guess."""
    planned, closed = open_round(is_open=False), open_round()
    with app.app_context():
        rounds.close_round(closed)
    for name in (planned, closed):
        assert client.get(f"/e/{name}").status_code == 410
        assert client.post(f"/e/{name}", data={"pets": "1"}).status_code == 410
        assert client.post(f"/e/{name}", data={"pets": "?"}).status_code == 410
        assert stored(name) == []
    assert client.get("/e/nothing-here").status_code == 404
    assert client.post("/e/nothing-here", data={"pets": "1"}).status_code == 404
    assert client.get(f"/e/{closed}/xx").status_code == 404


@pytest.mark.parametrize("mode", ["interview", "return"])
def test_rounds_of_other_modes_are_not_found_here(client, open_round, stored, mode) -> None:
    """What only staff may fill in has no open door."""
    name = open_round(f"""
        survey
        | type | name | label::Svenska (sv) |
        | text | a    | Hej                 |
        settings
        | form_id      | default_language | sa_mode |
        | other_{mode} | Svenska (sv)     | {mode}  |
    """)
    assert client.get(f"/e/{name}").status_code == 404
    assert client.post(f"/e/{name}", data={"a": "1"}).status_code == 404
    assert stored(name) == []


def test_nothing_is_kept_on_the_device(app, client, open_round) -> None:
    """The next pupil with the same tablet learns nothing about the one before."""
    name = open_round()
    answers = [
        client.get(f"/e/{name}"),
        client.get(f"/e/{name}/en"),
        client.post(f"/e/{name}", data={"pets": "9"}),
        client.post(f"/e/{name}", data={"pets": "1"}),
        client.get(f"/e/{name}/thanks"),
        client.get("/e/nothing-here"),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_the_page_that_is_kept_ready_holds_nothing_of_a_reader(client, open_round) -> None:
    """One respondent's answers never show on another's page."""
    address = f"/e/{open_round()}"
    before = client.get(address).data
    client.post(address, data={"about": "hemligt", "pets": "9"})
    assert client.get(address, headers={"User-Agent": "other"}).data == before


def test_the_page_is_compressed_for_those_who_take_it(client, open_round) -> None:
    """A page comes quickly over a school's network, and to old programs too."""
    address = f"/e/{open_round()}"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_the_page_says_its_languages(client, open_round) -> None:
    """A screen reader speaks each text in its own language."""
    name = open_round()
    swedish, english = (page_of(client.get(f"/e/{name}{tail}")) for tail in ("", "/en"))
    assert (swedish.get("lang"), english.get("lang")) == ("sv", "en")
    links = swedish.xpath("//nav//a")
    assert [(link.get("lang"), link.text, link.get("href")) for link in links] == [
        ("sv", "Svenska", f"/e/{name}"),
        ("en", "English", f"/e/{name}/en"),
    ]
    fallen_back = english.xpath("//*[@data-question='several']//legend/*")[0]
    assert (fallen_back.get("lang"), fallen_back.text_content()) == ("sv", "Välj flera")
    assert english.xpath("//form/@action") == [f"/e/{name}/en"]


def test_an_arabic_page_runs_from_the_right(client, open_round) -> None:
    """Whole pages mirror; what is not translated keeps its own direction."""
    name = open_round("""
        survey
        | type | name | label::Svenska (sv) | label::العربية (ar) |
        | text | a    | Hej                 | مرحبا               |
        settings
        | form_id | default_language |
        | rtl     | Svenska (sv)     |
    """)
    page = page_of(client.get(f"/e/{name}/ar"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    (send,) = page.xpath("//*[@id='sending']//button")
    assert (send.get("lang"), send.get("dir")) == ("sv", "ltr")


def test_authors_and_respondents_write_no_html(client, open_round) -> None:
    """A label or an answer with markup is text, in the page and in its logic."""
    name = open_round("""
        survey
        | type | name | label                         | constraint                   |
        | text | a    | <script>alert(1)</script> Hej | . != '</script><b id="x">'   |
        settings
        | form_id |
        | markup  |
    """)
    html = client.post(f"/e/{name}", data={"a": '"><img src=x>', "b": "1"}).get_data(as_text=True)
    page = lxml_html.fromstring(html)
    logic = json.loads(str(page.xpath("string(//script[@id='logic'])")))
    assert "</script>" in str(logic["questions"]["a"]["constraint"])
    assert not page.xpath("//img | //*[@id='x'] | //script[contains(text(), 'alert')]")
    assert page.xpath("//input[@name='a']/@value") == ['"><img src=x>']


def test_the_first_visit_weighs_little(client: FlaskClient, app, open_round) -> None:
    """Every byte before the first question; with what comes later it is 61,145 of 61,440."""
    with app.app_context():
        rounds.create("weighed", instruments.newest_version("elevenkat"))
        rounds.open_round("weighed")
    packed = {"Accept-Encoding": "gzip"}
    page = client.get("/e/weighed", headers=packed)
    files = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page.data)))
    sizes = [len(client.get(file.decode(), headers=packed).data) for file in files]
    assert len(sizes) >= 12
    assert len(page.data) + sum(sizes) <= 42_300

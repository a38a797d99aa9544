"""Pages of results, and an attacker who compares what must look the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from forms.answers import Answers
from survey_app.actions import rounds
from survey_app.actions.results import enkats
from survey_app.actions.returns.saving import Action
from survey_app.store.database import db, writing
from survey_app.store.models import Response
from survey_app.store.released import ReleasedResult
from survey_app.store.returns import UnitReturn
from tests.factories import make_response, make_round
from tests.survey_app.returns import city

MOOD = """
    survey
    | type               | name  | label              | sa_dimension |
    | select_one agree   | alone | Jag har någon.     |              |
    | select_one agree   | well  | Jag trivs.         | TRI          |
    | select_multiple why | why  | Varför?            |              |
    choices
    | list_name | name | label          | sa_missing |
    | agree     | 1    | Inte alls      |            |
    | agree     | 2    | Lite           |            |
    | agree     | 3    | Helt           |            |
    | agree     | DK   | Vet ej         | yes        |
    | why       | a    | Rasterna       |            |
    | why       | b    | Lektionerna    |            |
    settings
    | form_id | form_title | default_language |
    | mood    | Trivsel    | Svenska (sv)     |
"""
FEW = 4
MINUTES = (100, 300, 50, 900, 700, 20)


def fill(name: str, counts: Mapping[str, int], *, well: str = "3", is_closed: bool = True) -> None:
    """Make a round with so many of each answer to the first question."""
    made = make_round(name, table=MOOD)
    for code, number in counts.items():
        for at in range(number):
            why = "a b" if code == "1" and at < FEW else "a"
            values = {"alone": code, "well": well, "why": why}
            make_response(made, Answers(values, frozenset(values)))
    if is_closed:
        rounds.close_round(name)


def everything(client: FlaskClient, address: str) -> dict[str, bytes]:
    """Fetch a page of results, without its token, and each file that it leads to."""
    page = client.get(address)
    assert page.status_code == 200
    links = re.findall(rf'(?:href|src|srcset)="({address}[^"]+)"', page.text)
    assert links
    files = {link: client.get(link) for link in dict.fromkeys(links)}
    assert {link: each.status_code for link, each in files.items()} == dict.fromkeys(files, 200)
    body = re.sub(rb'name="csrf_token" value="[^"]+"', b"", page.data)  # tells the second
    return {"page": body, **{link: each.data for link, each in files.items()}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"3": 18, "1": 3, "DK": 4}, {"3": 23, "1": 1, "DK": 1}),
        ({"3": 21, "1": 4}, {"3": 25}),
        ({"3": 30, "2": 6, "1": 4}, {"3": 30, "2": 7, "1": 3}),
        ({"3": 5, "DK": 20}, {"1": 9, "DK": 16}),
    ],
)
def test_rounds_that_differ_in_what_is_hidden_look_the_same(coordinator, app, one, other) -> None:
    """Page, pictures, alternative text, PNG and Excel: not one byte tells the two apart."""
    with app.app_context():
        fill("aaa", one)
        fill("bbb", other)
    first = everything(coordinator, "/results/enkat/aaa/")
    second = everything(coordinator, "/results/enkat/bbb/")
    assert any(link.endswith("xlsx") for link in first)
    assert any(link.endswith("png") for link in first)
    assert [told(each, link) for link, each in first.items()] == [
        told(each, link) for link, each in second.items()
    ]


def told(content: bytes, link: str) -> tuple[str, bytes]:
    """Give what a reader gets, without the round's own name and the page's own token."""
    plain = re.sub(rb'name="csrf_token" value="[^"]+"', b"", content)
    return link.replace("bbb", "aaa"), plain.replace(b"bbb", b"aaa")


def test_rounds_that_differ_in_what_is_shown_do_not(coordinator, app) -> None:
    """The attacker above can see at all."""
    with app.app_context():
        fill("aaa", {"3": 15, "1": 10})
        fill("bbb", {"3": 10, "1": 15})
    first = everything(coordinator, "/results/enkat/aaa/")
    second = everything(coordinator, "/results/enkat/bbb/")
    differing = [
        link
        for (link, one), other in zip(first.items(), second.values(), strict=True)
        if told(one, link)[1] != told(other, link)[1]
    ]
    kinds = {link.partition("?")[0].rpartition(".")[2] for link in differing}
    assert kinds == {"page", "svg", "png", "xlsx"}


def test_an_open_round_shows_nothing(coordinator, app) -> None:
    """Neither its page nor a file whose address somebody guesses."""
    with app.app_context():
        fill("open", {"3": 20}, is_closed=False)
    for address in ("/results/enkat/open/", "/results/enkat/open/area-1.xlsx"):
        answer = coordinator.get(address)
        assert answer.status_code == 409
        assert "Jag trivs" not in answer.text


def test_nine_answers_show_nothing(coordinator, app) -> None:
    """The page says why; there is no picture, nor anything to compare with other rounds."""
    with app.app_context():
        fill("nine", {"3": 9})
        fill("ten", {"3": 10})
    page = coordinator.get("/results/enkat/nine/")
    assert "Fewer than ten have answered" in page.text
    assert "Jag trivs" not in page.text
    assert coordinator.get("/results/enkat/nine/area-1.svg").status_code == 404
    assert "nothing to compare yet" in coordinator.get("/results/waves/mood/").text


def test_a_withheld_round_is_not_listed(coordinator, app) -> None:
    """A link to it would lead to a refusal."""
    with app.app_context():
        fill("four", {"3": 4})
        fill("five", {"3": 5})
    listed = coordinator.get("/results/").text
    assert "/results/enkat/five/" in listed
    assert "/results/enkat/four/" not in listed
    assert coordinator.get("/results/enkat/four/").status_code == 409


def test_two_rounds_stand_side_by_side(coordinator, app) -> None:
    """The index goes from 5.0 to 10.0, with the number of answers beside both."""
    with app.app_context():
        fill("first", {"3": 12}, well="2")
        fill("second", {"3": 15})
    page = coordinator.get("/results/waves/mood/").text
    cells = re.findall(r'<td class="number">([^<]+)</td>', page)
    assert cells == ["5.0", "12", "10.0", "15", "5.0"]


def report_october() -> None:
    """Let six pupils' month come in: three have reached their milestone, three have not."""
    month = city.fill(september=False, version=None)
    for number, minutes in enumerate(MINUTES):
        level = "0" if number < 3 else "-1"
        changed = {"delmal[1]/delmal_niva": level, "ogiltig_min": str(minutes), "giltig_min": "0"}
        city.hand_in(month, city.OURS[number], Action.SUBMIT, **changed)


def test_returns_that_differ_in_what_is_hidden_look_the_same(app) -> None:
    """Six pupils: whose absence is how large stays hidden, and so does a seventh beside them (R7)."""
    with app.app_context():
        report_october()
    client = city.log_in(app.test_client(), city.COORDINATOR)
    addresses = ("/results/milestones/manad/", "/results/attendance/manad/")
    before = [everything(client, address) for address in addresses]
    assert all(b"6" in each["page"] for each in before)
    with app.app_context(), writing():
        own = db.session.scalars(select(UnitReturn).where(UnitReturn.unit == city.OURS[0])).one()
        own.answers = {**own.answers, "delmal[1]/delmal_niva": "-1", "ogiltig_min": "130"}
        own.revision += 1  # what was counted before is not kept
        db.session.execute(delete(ReleasedResult))  # else it would stand as it was
    after = [everything(client, address) for address in addresses]
    for one, other in zip(before, after, strict=True):
        assert [told(each, link) for link, each in one.items()] == [
            told(each, link) for link, each in other.items()
        ]
    with app.app_context():
        city.hand_in(rounds.find("manad-2026-10"), city.OURS[6])
    for address, one in zip(addresses, before, strict=True):
        assert told(client.get(address).data, "") == told(one["page"], "")
    forget_releases(app)
    for address, one in zip(addresses, before, strict=True):
        assert told(client.get(address).data, "") != told(one["page"], "")


def forget_releases(app) -> None:
    """Let nothing have been shown yet, and count anew."""
    with app.app_context(), writing():
        db.session.execute(delete(ReleasedResult))
        db.session.scalars(select(UnitReturn)).all()[0].revision += 1


def test_a_questionnaire_that_asks_no_such_thing_has_no_results(coordinator, app) -> None:
    """Grades are not looked for where none are asked, nor in rounds of another kind."""
    with app.app_context():
        make_round("manad-2026-10", table=city.MONTH, is_open=False)
    for address in ("grades/manad", "milestones/nobody", "enkat/manad-2026-10", "waves/manad"):
        assert coordinator.get(f"/results/{address}/").status_code == 404
    listed = coordinator.get("/results/").text
    assert "/results/milestones/manad/" in listed
    assert "/results/grades/" not in listed
    assert "Nothing has been handed in yet" in coordinator.get("/results/milestones/manad/").text


WITH_GENDER = MOOD.replace(
    "    choices\n", "    | select_one kon | kon | Jag är |  |\n    choices\n", 1
).replace("    settings\n", "".join(
    f"    | kon | {name} | {name.title()} | {'yes' if name == 'REF' else ''} |\n"
    for name in ("flicka", "pojke", "annat", "REF")
) + "    settings\n")  # fmt: skip


def fill_by_gender(name: str, girls: int, boys: int, others: int) -> None:
    """Make a closed round; girls are fine and all others are not."""
    made = make_round(name, table=WITH_GENDER)
    for gender, well, number in (("flicka", "3", girls), ("pojke", "1", boys),
                                 ("annat", "1", others)):  # fmt: skip
        for _ in range(number):
            values = {"alone": "3", "well": well, "kon": gender}
            make_response(made, Answers(values, frozenset({*values, "why"})))
    rounds.close_round(name)


def test_indices_by_gender_tell_nothing_of_a_few_others(coordinator, app) -> None:
    """Girls 10.0 and others 0.0; a round without another gender looks the same, also kept."""
    with app.app_context():
        fill_by_gender("aaa", 20, 20, 0)
        fill_by_gender("bbb", 20, 13, 7)
    address = "/results/enkat/aaa/"
    shown = "TRI: Girls 10.0; Boys, other gender or no answer 0.0."
    assert shown in coordinator.get(address).text
    first, second = everything(coordinator, address), everything(coordinator, "/results/enkat/bbb/")
    assert f"{address}by-gender.xlsx" in first
    assert [told(*pair[::-1]) for pair in first.items()] == [
        told(*pair[::-1]) for pair in second.items()
    ]
    app.extensions.pop(enkats.KEPT)
    assert everything(coordinator, address) == first


def test_a_round_with_districts_is_not_divided(coordinator, app) -> None:
    """Gender and district together are few, whoever has both."""
    with app.app_context():
        fill_by_gender("aaa", 20, 20, 0)
        with writing():
            db.session.execute(update(Response).values(district="Norr"))
    assert "by-gender" not in coordinator.get("/results/enkat/aaa/").text

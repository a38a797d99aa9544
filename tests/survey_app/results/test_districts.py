"""The page of districts: whose row is whose, when there is one, and that it stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from forms.instrument import Mode
from forms.workbook import Workbook
from survey_app.actions import accounts, district_readers, rounds, trail
from survey_app.actions.errors import DistrictCodeUnknown
from survey_app.actions.register import importing
from survey_app.actions.results import districts, released
from survey_app.actions.rounds import Dates
from survey_app.audience import Role
from survey_app.store.database import db, writing
from survey_app.store.models import Round, RoundState
from survey_app.store.register import District, DistrictReader
from survey_app.store.returns import UnitReturn
from tests.factories import make_version
from tests.forms.tables import workbook_of
from tests.survey_app.conftest import EMAIL, PASSWORD, choose_language, token
from tests.survey_app.returns.city import FULL, MONTH, log_in, open_month

PAGE = "/results/districts/"
READER = "group@demo.example"
# District -> pupils; the first two of the last three were merged into the third.
PUPILS = {"alvik": 12, "berga": 10, "dalen": 15, "gamla": 10, "lilla": 10}
NAMES = {"alvik": "Alvik", "berga": "Berga", "dalen": "Dalen", "nya": "Nya staden",
         "gamla": "Gamla staden", "lilla": "Lilla staden"}  # fmt: skip
STEPS = ("aktualiserad", "erbjuden", "samtycke", "inskriven")


def codes_of(district: str) -> list[str]:
    """Give the pupils of a district."""
    return [f"{district[:1].upper()}{number:03}" for number in range(PUPILS[district])]


def register() -> Workbook:
    """Write a city of two schools to each district, two of which were merged after the spring."""
    ended = {"gamla": "nya | 2010-01-01 | 2026-07-31", "lilla": "nya | 2010-01-01 | 2026-07-31"}
    begun = {"nya": "| 2026-08-01 |"}
    places = [(code, f"{at[0]}{number % 2}") for at in PUPILS for number, code in
              enumerate(codes_of(at))]  # fmt: skip
    schools = [(f"{at[0]}{number}", at) for at in PUPILS for number in (0, 1)]
    tables = {
        "stadsdelar\n| kod | namn | uppgår_i | gäller_från | gäller_till |": [
            f"{code} | {name} | {ended.get(code) or begun.get(code, '| 2010-01-01 |')}"
            for code, name in NAMES.items()
        ],
        "skolor\n| kod | namn | huvudman | stadsdel | gäller_från | gäller_till |": [
            f"{school} | Skola {school} | kommunal | {at} | 2010-01-01 |" for school, at in schools
        ],
        "team\n| kod | namn | typ | gäller_från | gäller_till |": [
            "t1 | Team Ett | mobilt | 2018-08-01 |"
        ],
        "teamets_skolor\n| team | skola | gäller_från | gäller_till |": [
            f"t1 | {school} | 2018-08-01 |" for school, _ in schools
        ],
        "elever\n| elev | kön | födelseår | förskjutning | bostadsstadsdel |": [
            f"{code} | flicka | 2014 | |" for code, _ in places
        ],
        "placeringar\n| elev | gäller_från | gäller_till | skola | team |": [
            f"{code} | 2025-09-01 | | {school} | t1" for code, school in places
        ],
        "vägen\n| elev | nummer | steg | dag | skäl |": [
            f"{code} | {number} | {step} | 2025-09-01 |"
            for code, _ in places
            for number, step in enumerate(STEPS, start=1)
        ],
    }
    lines = [f"{head}\n" + "\n".join(f"| {row} |" for row in rows) for head, rows in tables.items()]
    return workbook_of("\n".join(lines))


def report(of: Round, code: str, level: str, minutes: str = "300") -> UnitReturn:
    """Make what was handed in about a pupil."""
    answers = {**FULL, "delmal[1]/delmal_niva": level, "giltig_min": "0", "ogiltig_min": minutes}
    del answers["delmal[#]"]  # posted, never stored
    return UnitReturn(
        round_id=of.id, version_id=of.version_id, mode=Mode.RETURN, unit_kind="pupil", unit=code,
        state="submitted", revision=1, answers=answers, asked=sorted(answers), confirmed={},
        saved_at=datetime(2026, 6, 1, tzinfo=UTC), saved_by=EMAIL,
    )  # fmt: skip


def fill(*, is_closed: bool = True) -> Round:
    """Fill a spring: all of Alvik have reached their milestone, half of Dalen, none elsewhere."""
    importing.carry_out(register(), EMAIL)
    version = make_version(MONTH)
    april = open_month("manad-2026-04", version, Dates())
    june = open_month("manad-2026-06", version, Dates())
    with writing():
        for at in PUPILS:
            for number, code in enumerate(codes_of(at)):
                reached = at == "alvik" or (at == "dalen" and number % 2)
                db.session.add(report(april, code, "-2", "0"))
                db.session.add(report(june, code, "0" if reached else "-1"))
        april.state = RoundState.CLOSED
        june.state = RoundState.CLOSED if is_closed else RoundState.OPEN
    return june


def reader(app, *codes: str) -> FlaskClient:
    """Give the browser of a member of some districts' steering groups."""
    with app.app_context():
        accounts.create(READER, [Role.DISTRICT_READER], PASSWORD, districts=codes)
    client = log_in(app.test_client(), READER)
    choose_language(client, "en")
    return client


def rows_of(page: str) -> list[Sequence[str]]:
    """Read the rows of a page's first table."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    plain = [re.sub(r'<span class="visually-hidden">.*?</span>', "", row) for row in rows]
    return [tuple(re.findall(r">([^<>]+)</", row)) for row in plain]


ALVIK = ("Alvik", "≥10", "100.0", "50.0")
CITY = ("The whole city", "55", "33.3", "43.3")


def test_a_reader_sees_the_own_district_beside_the_city(app) -> None:
    """It is the reader's home: the newest judgement of each pupil, in numbers and in words."""
    client = reader_of_spring(app, "alvik")
    page = client.get("/", follow_redirects=True)
    assert page.request.path == PAGE
    assert rows_of(page.text) == [ALVIK, CITY]
    said = "Alvik: 100.0 per cent of the milestones are reached; in the whole city 33.3 per cent."
    assert said in page.text
    # April and June together: 0 and 300 of 1500 minutes each.
    assert "away 10.0 per cent of the scheduled time" in page.text
    assert not [name for name in NAMES.values() if name != "Alvik" and name in page.text]


def reader_of_spring(app, *codes: str) -> FlaskClient:
    """Fill the spring, and give a reader's browser."""
    with app.app_context():
        fill()
    return reader(app, *codes)


def test_too_few_are_not_shown_and_the_page_says_why(app) -> None:
    """Nine of Berga; and Dalen, the next, goes with it."""
    with app.app_context():
        fill()
        with writing():
            db.session.execute(delete(UnitReturn).where(UnitReturn.unit == "B009"))
    page = reader(app, "berga", "dalen").get(PAGE).text
    hidden = ("..", "..", "..")
    assert rows_of(page)[:2] == [("Berga", *hidden), ("Dalen", *hidden)]
    assert "Berga is not shown: there are too few pupils or schools" in page


def test_a_coordinator_sees_the_same_table_whole(app, coordinator) -> None:
    """All readers together have its rows, and not one more."""
    client = reader_of_spring(app, "alvik", "dalen")
    own, whole = rows_of(client.get(PAGE).text), rows_of(coordinator.get(PAGE).text)
    assert own == [row for row in whole if row[0] in {"Alvik", "Dalen", "The whole city"}]
    assert [row[0] for row in whole] == ["Alvik", "Berga", "Dalen", "Nya staden", CITY[0]]


def test_a_merged_district_is_seen_with_todays_borders(app) -> None:
    """Its two parts stand in one row; whoever had one of them has none of the whole."""
    client = reader_of_spring(app, "nya")
    assert rows_of(client.get(PAGE).text)[0][:2] == ("Nya staden", "≥10")
    with app.app_context(), writing():
        held = db.session.scalars(select(DistrictReader)).one()
        db.session.delete(held)
        db.session.flush()
        db.session.add(DistrictReader(district="gamla", account=READER, valid_from=held.valid_from))
    assert rows_of(client.get(PAGE).text) == [CITY]


def test_what_was_shown_before_a_merger_is_seen_after_it(app) -> None:
    """Alvik becomes a part of Dalen: its old row is Dalen's, and the table is not made anew."""
    client = reader_of_spring(app, "dalen")
    assert [row[0] for row in rows_of(client.get(PAGE).text)] == ["Dalen", CITY[0]]
    with app.app_context(), writing():
        alvik = db.session.get_one(District, "alvik")
        alvik.successor, alvik.valid_to = "dalen", alvik.valid_from
    assert [row[0] for row in rows_of(client.get(PAGE).text)] == ["Alvik", "Dalen", CITY[0]]


@pytest.mark.parametrize("day", ["2026-06-30", None])
def test_a_term_that_is_open_shows_nothing(app, coordinator, monkeypatch, day) -> None:
    """One round that is still open keeps the others back, and so does a term that goes on."""
    with app.app_context():
        fill(is_closed=day is not None)
    if day:
        monkeypatch.setattr(districts, "today", lambda: date.fromisoformat(day))
    for client in (reader(app, "alvik"), coordinator):
        page = client.get(PAGE).text
        assert "There is nothing to show yet" in page
        assert "<table" not in page
        assert client.get(f"{PAGE}vt-2026/").status_code == 404


def test_a_term_stands_as_it_was_shown_first(app) -> None:
    """R7: whoever compares two versions sees no pupil who came, went or was corrected."""
    client = reader_of_spring(app, "alvik")
    before = client.get(PAGE).text
    with app.app_context(), writing():
        for own in db.session.scalars(select(UnitReturn).where(UnitReturn.unit.startswith("A"))):
            own.answers = {**own.answers, "delmal[1]/delmal_niva": "-2"}
            own.revision += 1
    assert rows_of(client.get(PAGE).text) == rows_of(before)
    with app.app_context():
        shown = {(each.about, each.subject, each.part) for each in released.listing()}
        assert shown == {(kind, "manad", "vt-2026 by district") for kind in
                         ("milestones", "attendance")}  # fmt: skip
        assert {each.actor for each in released.listing()} == {READER}
        assert all(not each.members for each in released.listing())


def test_nothing_is_kept_where_nothing_may_be_shown(app, coordinator) -> None:
    """Four pupils are no release: the term is not even named."""
    with app.app_context():
        fill()
        with writing():
            db.session.execute(delete(UnitReturn).where(~UnitReturn.unit.like("A00_")))
            db.session.execute(delete(UnitReturn).where(UnitReturn.unit > "A003"))
    assert "There is nothing to show yet" in coordinator.get(PAGE).text
    with app.app_context():
        assert released.listing() == []


def test_a_reader_without_a_district_sees_none(app) -> None:
    """Not even the city's row; and nobody who is another role comes here."""
    client = reader_of_spring(app)
    page = client.get(PAGE).text
    assert "Your account has no district" in page
    assert "<table" not in page
    with app.app_context():
        accounts.set_roles(READER, [Role.CODER], trail.SYSTEM, ["alvik"])
    assert log_in(app.test_client(), READER).get(PAGE).status_code == 403


def test_districts_are_given_and_taken_on_record(context) -> None:
    """With days: what ends is not forgotten, and a district that is none is refused."""
    importing.carry_out(register(), EMAIL)
    accounts.create(READER, [Role.DISTRICT_READER], districts=["alvik"])
    with writing():
        db.session.scalars(select(DistrictReader)).one().valid_from = date(2026, 1, 1)
    for wrong in ("gamla", "nowhere"):
        with pytest.raises(DistrictCodeUnknown):
            accounts.set_roles(READER, [Role.DISTRICT_READER], trail.SYSTEM, [wrong])
    accounts.set_roles(READER, [Role.DISTRICT_READER], trail.SYSTEM, ["dalen", "nya"])
    assert district_readers.held_by(READER) == ["dalen", "nya"]
    assert len(db.session.scalars(select(DistrictReader)).all()) == 3
    assert trail.newest()[0].action == "account.districts"
    accounts.set_roles(READER, [Role.DISTRICT_READER], trail.SYSTEM)
    assert district_readers.held_by(READER) == ["dalen", "nya"]


def test_an_invitation_brings_the_districts(app) -> None:
    """An administrator ticks them; the pages of accounts name them afterwards."""
    admin = "admin@demo.example"
    with app.app_context():
        importing.carry_out(register(), EMAIL)
        accounts.create(admin, [Role.ADMINISTRATOR], PASSWORD)
    client = log_in(app.test_client(), admin)
    data = {"email": READER, "roles": ["district_reader"], "districts": ["berga", "dalen"],
            "csrf_token": token(client, "/accounts/invite")}  # fmt: skip
    found = re.search(r"/invitations/[\w-]+", client.post("/accounts/invite", data=data).text)
    assert found
    visitor, secret = app.test_client(), "havtorn-kikare-moped-11"
    data = {"password": secret, "again": secret, "csrf_token": token(visitor, found[0])}
    assert visitor.post(found[0], data=data).location == "/login"
    data = {"email": READER, "password": secret, "csrf_token": token(visitor)}
    visitor.post("/login", data=data)
    assert "(Berga, Dalen)" in visitor.get("/account/").text
    assert "(Berga, Dalen)" in client.get("/accounts/").text
    with app.app_context():
        assert rounds.listing() == []

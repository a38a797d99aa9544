"""The calendar of a team: its rounds' days, and nothing about pupils, for programs without login."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from survey_app.actions import accounts, rounds
from survey_app.actions.calendar import today
from survey_app.actions.register import importing
from survey_app.actions.returns.calendars import calendar_of
from survey_app.audience import Role
from survey_app.store.calendars import CalendarAddress
from survey_app.store.database import db
from survey_app.store.models import Account
from survey_app.store.register import TeamMember
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY
from tests.survey_app.actions.returns.reports import PUPIL, make_report
from tests.survey_app.conftest import PASSWORD
from tests.survey_app.returns.city import log_in

TEAM = "t@demo.example"
ROUND = "report-2025-10"
DAY = timedelta(days=1)


@pytest.fixture
def city(app):
    """Give the app with a register, a member of the team, and one open round."""
    with app.app_context():
        accounts.create(TEAM, [Role.TEAM_MEMBER], PASSWORD)
        with_post = CITY.replace("| kurator | 0,5   |       |", f"| kurator | 0,5   | {TEAM} |")
        importing.carry_out(workbook_of(with_post), "c@demo.example")
        made = make_report()
        made.due, made.locks = today() + 10 * DAY, today() + 12 * DAY
        made.title = {"sv": "Månadsrapport, oktober; " + "å" * 80}
        db.session.commit()
    return app


def written(app) -> bytes:
    """Write the file."""
    with app.app_context():
        return calendar_of("t1", "Team Alm")


def days(app) -> dict[str, date]:
    """Read the file with the library: UID -> day."""
    events = Calendar.from_ical(written(app)).walk("VEVENT")
    return {str(event["uid"]): event.decoded("dtstart") for event in events}


def address(client) -> str:
    """Make an address on the page, and read it there."""
    page = client.get("/calendar/").get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    made = client.post("/calendar/t1/address", data={"csrf_token": found[1]})
    shown = re.search(r'value="[^"]*(/calendar/address/[^"]+\.ics)"', made.get_data(as_text=True))
    assert shown
    return shown[1]


def test_the_days_are_those_of_the_round(city) -> None:
    """Due, two reminders before the last day, and the last day; the third would come too late."""
    first = today()
    assert sorted(days(city).values()) == [first + n * DAY for n in (3, 10, 11, 12)]
    with city.app_context():
        rounds.close_round(ROUND)
    assert days(city) == {}


def test_a_day_that_moves_keeps_its_uid(city) -> None:
    """So it moves in the reader's calendar, instead of standing there twice."""
    before = days(city)
    with city.app_context():
        rounds.find(ROUND).due = today() + 11 * DAY
        db.session.commit()
    after = days(city)
    assert set(after) <= set(before)
    assert len(before) == len(set(before)) == 4
    moved = [after[uid] - before[uid] for uid in after]
    assert moved.count(DAY) == len(after) - 1


def test_the_file_keeps_the_musts_of_rfc_5545(city) -> None:
    """CRLF, lines of at most 75 octets, UTF-8, PRODID and VERSION, UID and DTSTAMP; no clock."""
    raw = written(city)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(raw)
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    assert calendar["prodid"]
    assert calendar.errors == []
    for event in calendar.walk("VEVENT"):
        stamp, first, last = (event.decoded(name) for name in ("dtstamp", "dtstart", "dtend"))
        assert isinstance(stamp, datetime)
        assert stamp.utcoffset() == timedelta(0)
        assert b"\r\nDTSTART;VALUE=DATE:" in raw
        assert (type(first), last) == (date, first + DAY)
        assert "å" * 80 in str(event["summary"])
        assert "oktober; " in str(event["summary"])
        assert event.errors == []


def test_it_says_nothing_about_pupils(city) -> None:
    """Not who, nor a day that follows from one pupil's own dates."""
    raw = written(city)
    assert PUPIL.code.encode() not in raw
    with city.app_context():
        make_report("weeks", None, every="every-8-weeks")
    assert len(days(city)) == 4


def test_a_program_reads_it_by_its_address_alone(city, visitor) -> None:
    """Without a login or a cookie; the table holds no more than a hash."""
    found = address(log_in(city.test_client(), TEAM))
    answer = visitor.get(found)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "Set-Cookie" not in answer.headers
    assert len(Calendar.from_ical(answer.data).walk("VEVENT")) == 4
    with city.app_context():
        row = db.session.scalars(db.select(CalendarAddress)).one()
        assert row.hash not in found
    assert visitor.get(found.replace(found[20:30], "x" * 10)).status_code == 404
    assert len(found) > 43 + len("/calendar/address/.ics") - 1


def test_another_address_ends_the_one_before(city, visitor) -> None:
    """One that went astray is replaced."""
    member = log_in(city.test_client(), TEAM)
    first, second = address(member), address(member)
    assert [visitor.get(each).status_code for each in (first, second)] == [404, 200]
    page = member.get("/calendar/").get_data(as_text=True)
    csrf = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    member.post("/calendar/t1/withdraw", data={"csrf_token": csrf})
    assert visitor.get(second).status_code == 404


@pytest.mark.parametrize("way", ["left", "inactive"])
def test_who_leaves_reads_no_more(city, visitor, way) -> None:
    """The post's last day, or the account's, ends the address too."""
    found = address(log_in(city.test_client(), TEAM))
    with city.app_context():
        if way == "left":
            db.session.execute(db.update(TeamMember).values(valid_to=today() - DAY))
        else:
            holder = (
                db.session.scalars(db.select(Account).where(Account.email == TEAM)).unique().one()
            )
            holder.active = False
        db.session.commit()
    assert visitor.get(found).status_code == 404


def test_only_members_download_or_make_an_address(city) -> None:
    """Another team's days are not theirs."""
    with city.app_context():
        accounts.create("x@demo.example", [Role.TEAM_MEMBER], PASSWORD)
    member, other = (log_in(city.test_client(), who) for who in (TEAM, "x@demo.example"))
    assert member.get("/calendar/t1/days.ics").status_code == 200
    assert other.get("/calendar/t1/days.ics").status_code == 404
    page = other.get("/calendar/").get_data(as_text=True)
    csrf = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    assert other.post("/calendar/t1/address", data={"csrf_token": csrf}).status_code == 404

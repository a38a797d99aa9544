"""Which forms a device is offered, and how it fetches them."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from defusedxml.ElementTree import fromstring

from forms.workbook import Row, Sheet
from survey_app.actions import accounts, instruments, rounds
from survey_app.actions.calendar import today
from survey_app.actions.rounds import Dates
from survey_app.audience import Role
from tests.factories import CAT, INTERVIEW, PICTURED, make_round
from tests.forms.tables import workbook_of
from tests.survey_app.openrosa.device import Device

RETURN = INTERVIEW.replace("interview", "return   ")


def test_a_device_finds_the_form_and_fetches_it(device) -> None:
    """The list says where each form is, and what it is, so that it is fetched once."""
    (form,) = device.forms()
    assert form["formID"] == "visits"
    assert form["name"] == "Husdjur"
    assert form["version"] == "1"
    assert form["downloadUrl"] == "http://localhost/openrosa/forms/visits/form.xml"
    fetched = device.get("/forms/visits/form.xml")
    assert fetched.content_type.startswith("text/xml")
    assert form["hash"] == "md5:" + hashlib.md5(fetched.data, usedforsecurity=False).hexdigest()
    assert fromstring(fetched.data).tag.endswith("html")
    files = device.get("/forms/visits/manifest.xml")
    assert form["manifestUrl"].endswith("/openrosa/forms/visits/manifest.xml")
    assert files.status_code == 200
    assert fromstring(files.data).tag == "{http://openrosa.org/xforms/xformsManifest}manifest"


def test_a_forms_pictures_come_along(app, interviewer) -> None:
    """With a hash each, so that they are fetched once."""
    table = PICTURED.replace("| version |", "| version | sa_mode |").replace(
        "| 1       |\n", "| 1       | interview |\n"
    )
    with app.app_context():
        make_round("visits", table=table, pictures=[CAT])
    device = Device(app.test_client())
    (listed,) = fromstring(device.get("/forms/visits/manifest.xml").data)
    facts = [each.text for each in listed]
    digest = hashlib.md5(CAT.content, usedforsecurity=False).hexdigest()
    url = "http://localhost/openrosa/forms/visits/media/cat.png"
    assert facts == ["cat.png", f"md5:{digest}", url]
    fetched = device.get("/forms/visits/media/cat.png")
    assert (fetched.data, fetched.content_type) == (CAT.content, "image/png")
    assert device.get("/forms/visits/media/dog.png").status_code == 404
    assert b"jr://images/cat.png" in device.get("/forms/visits/form.xml").data


def test_a_forms_tables_come_along(app, interviewer) -> None:
    """As the CSV file that the form names, without the mark that only Excel wants."""
    table = Sheet("fruits.csv", ("name", "label"), (Row(2, {"name": "1", "label": "Äpple"}),))
    workbook = workbook_of(
        INTERVIEW.replace("select_one yesno |", "select_one_from_file fruits.csv |")
    ).with_tables([table])
    with app.app_context():
        rounds.create("visits", instruments.publish(workbook))
        rounds.open_round("visits")
    device = Device(app.test_client())
    assert b"fruits.csv" in device.get("/forms/visits/manifest.xml").data
    assert b"jr://file-csv/fruits.csv" in device.get("/forms/visits/form.xml").data
    fetched = device.get("/forms/visits/media/fruits.csv")
    assert fetched.content_type == "text/csv; charset=utf-8"
    assert fetched.data.decode().splitlines() == ["name,label", "1,Äpple"]


def test_the_list_can_be_asked_for_one_form(device) -> None:
    """ODK Collect asks so when it looks for updates."""
    assert b"<formID>visits" in device.get("/formList?formID=visits").data
    assert b"<formID>" not in device.get("/formList?formID=other").data


def test_a_form_stays_as_it_was_when_its_round_was_opened(app, device) -> None:
    """Opening a round again does not send everyone a new form."""
    before = device.forms()
    with app.app_context():
        rounds.close_round("visits")
        assert device.forms() == []
        rounds.open_round("visits")
    assert device.forms() == before


def test_only_rounds_that_are_open_today_are_offered(app, device) -> None:
    """Neither those to come nor those that are over."""
    with app.app_context():
        make_round("planned", table=INTERVIEW, is_open=False)
        later = Dates(opens=today() + timedelta(days=1))
        make_round("later", table=INTERVIEW, dates=later)
    assert [form["formID"] for form in device.forms()] == ["visits"]
    for name in ("planned", "later"):
        assert device.get(f"/forms/{name}/form.xml").status_code == 404


def test_the_anonymous_enkat_is_never_offered(app, device) -> None:
    """A device sends an account with each form."""
    with app.app_context():
        make_round("enkat")
    assert [form["formID"] for form in device.forms()] == ["visits"]
    for path in ("/forms/enkat/form.xml", "/forms/enkat/manifest.xml"):
        assert device.get(path).status_code == 404


@pytest.mark.parametrize(
    ("role", "forms"),
    [
        (Role.INTERVIEWER, ["visits"]),
        (Role.TEAM_MEMBER, ["monthly"]),
    ],
)
def test_each_role_gets_the_forms_of_its_mode(app, device, role, forms) -> None:
    """A team does not read what interviewers ask, nor the other way round."""
    with app.app_context():
        make_round("monthly", table=RETURN)
        password = accounts.create("someone@demo.example", [role])
    other = Device(app.test_client(), auth=("someone@demo.example", password))
    assert [form["formID"] for form in other.forms()] == forms
    for name in ("visits", "monthly"):
        expected = 200 if name in forms else 404
        assert other.get(f"/forms/{name}/form.xml").status_code == expected


@pytest.mark.parametrize(
    "path", ["/formList", "/forms/visits/form.xml", "/forms/nope/form.xml", "/submission"]
)
def test_every_response_has_openrosas_headers(device, path) -> None:
    """Clients refuse a server that does not speak their protocol."""
    method = device.client.head if path == "/submission" else device.client.get
    for auth in (device.auth, None):
        headers = method(device.base + path, auth=auth).headers
        assert headers["X-OpenRosa-Version"] == "1.0"
        assert int(headers["X-OpenRosa-Accept-Content-Length"]) == 10 * 1024 * 1024
        assert headers["Date"].endswith("GMT")
        assert headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in headers


def test_a_device_asks_before_it_sends(device) -> None:
    """HEAD tells it where to send and how much at once."""
    asked = device.client.head("/openrosa/submission", auth=device.auth)
    assert asked.status_code == 204
    assert asked.headers["Location"] == "http://localhost/openrosa/submission"


def test_addresses_are_those_that_the_world_sees(app, device, monkeypatch) -> None:
    """Behind a proxy the server itself is asked by plain http."""
    settings = app.config["SETTINGS"]
    object.__setattr__(settings, "address", "https://survey.example")
    (form,) = device.forms()
    assert form["downloadUrl"].startswith("https://survey.example/openrosa/forms/")

"""The register's pages: downloaded, uploaded, looked at, and then changed whole."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from forms.writing import write_workbook
from survey_app.actions import trail
from survey_app.actions.register import importing, pending
from survey_app.store.database import db
from survey_app.store.register import School
from tests.survey_app.actions.register.test_importing import city
from tests.survey_app.conftest import token


def file_of(old: str = "", new: str = "") -> BytesIO:
    """Give the city's workbook as a file, with one thing said otherwise."""
    file = BytesIO()
    write_workbook(city(old, new), file)
    file.seek(0)
    return file


@pytest.fixture
def with_city(app):
    """Give the app with the register filled."""
    with app.app_context():
        importing.carry_out(city(), "c@demo.example")
    return app


def upload(client, file: BytesIO):
    """Upload a workbook; give where it leads, and the page."""
    data = {"file": (file, "register.xlsx"), "csrf_token": token(client, "/register/")}
    answer = client.post("/register/", data=data, follow_redirects=True)
    return answer.request.path, answer.get_data(as_text=True)


def confirm(client, path: str, seen: str):
    """Press the button that changes the register."""
    data = {"seen": seen, "csrf_token": token(client, path)}
    answer = client.post(path, data=data, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


def seen_in(page: str) -> str:
    """Read what the preview says it showed."""
    return page.split('name="seen" value="')[1].split('"')[0]


def school_name(app) -> str:
    """Give what the school is called in the register."""
    with app.app_context():
        return db.session.get_one(School, "almen").name


def test_the_register_is_downloaded(with_city, coordinator) -> None:
    """What was taken comes out again; the page counts it."""
    assert "Download the register" in coordinator.get("/register/").get_data(as_text=True)
    with coordinator.get("/register/register.xlsx") as download:
        book = openpyxl.load_workbook(BytesIO(download.data))
    assert book["skolor"]["B2"].value == "Almskolan"


def test_nothing_is_changed_until_it_is_confirmed(with_city, coordinator) -> None:
    """The preview shows the old cell and the new one; then all is taken, and on record."""
    path, page = upload(coordinator, file_of("Almskolan", "Alskolan"))
    assert "<td>Almskolan</td><td>Alskolan</td>" in page
    assert school_name(with_city) == "Almskolan"
    _, after = confirm(coordinator, path, seen_in(page))
    assert "The register is changed." in after
    assert school_name(with_city) == "Alskolan"
    assert coordinator.get(path).status_code == 404
    with with_city.app_context():
        assert trail.of_subject("register")[0].actor == "coordinator@demo.example"


def test_faults_are_shown_by_cell_and_keep_all_out(with_city, coordinator) -> None:
    """There is no button, and pressing it anyway changes nothing."""
    bad = "| almen | Alskolan     | kommunal   | borta"
    path, page = upload(coordinator, file_of("| almen | Almskolan     | kommunal   | rink", bad))
    assert "<td>skolor</td><td>D2</td>" in page
    assert 'name="seen"' not in page
    with with_city.app_context():
        wrong = city("| almen | Almskolan     | kommunal   | rink", bad)
        seen = pending.digest_of(importing.plan(wrong))
    assert confirm(coordinator, path, seen)[0] == 422
    assert school_name(with_city) == "Almskolan"


def test_what_changed_since_the_preview_is_shown_again(with_city, coordinator) -> None:
    """Somebody else was quicker: nothing is written over unseen."""
    path, page = upload(coordinator, file_of("Almskolan", "Alskolan"))
    with with_city.app_context():
        importing.carry_out(city("Almskolan", "Ahlskolan"), "d@demo.example")
    status, after = confirm(coordinator, path, seen_in(page))
    assert (status, school_name(with_city)) == (422, "Ahlskolan")
    assert "<td>Ahlskolan</td><td>Alskolan</td>" in after


def test_what_is_no_workbook_is_refused(coordinator) -> None:
    """With a sentence, on the same page."""
    _, page = upload(coordinator, BytesIO(b"nonsense"))
    assert "The workbook cannot be read" in page
    _, page = upload(coordinator, BytesIO())
    assert "The workbook cannot be read" in page


def test_an_upload_is_its_owners_and_not_kept_long(with_city, coordinator, monkeypatch) -> None:
    """Another account, another digest, or another day find nothing."""
    path, _ = upload(coordinator, file_of("Almskolan", "Alskolan"))
    digest = path.rsplit("/", 1)[1]
    with with_city.app_context():
        with pytest.raises(pending.UploadGone):
            pending.find(999, digest)
        (kept,) = (with_city.config["SETTINGS"].data / pending.FOLDER).iterdir()
        assert kept.stat().st_mode & 0o077 == 0
        monkeypatch.setattr(pending, "KEPT_FOR", -1.0)
    assert coordinator.get(path).status_code == 404


def test_an_upload_is_thrown_away(with_city, coordinator) -> None:
    """The register stays as it was."""
    path, _ = upload(coordinator, file_of("Almskolan", "Alskolan"))
    data = {"csrf_token": token(coordinator, path)}
    page = coordinator.post("/register/discard", data=data, follow_redirects=True)
    assert "thrown away" in page.get_data(as_text=True)
    assert coordinator.get(path).status_code == 404
    assert school_name(with_city) == "Almskolan"

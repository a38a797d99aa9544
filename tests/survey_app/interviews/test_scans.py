"""The signed paper: sealed where it lies, seen by those of the case, gone with the consent."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from survey_app.actions import attachments, trail
from survey_app.actions.interviews import consents, scans
from survey_app.actions.interviews.errors import ConsentMissing
from survey_app.store.database import db
from survey_app.store.interviews import InterviewCase
from survey_app.store.scans import ConsentScan
from tests.pictures import png
from tests.survey_app.actions.interviews.people import (
    ADULT,
    ANNA,
    OTHER,
    make_case,
    make_talks,
)
from tests.survey_app.conftest import choose_language, token
from tests.survey_app.returns.city import log_in

PDF = b"%PDF-1.7 Anna Andersson, 0701234567 " + b"x" * 5_000


@pytest.fixture
def page(app: Flask) -> str:
    """Give the address of a scan's page; the consent is written down."""
    with app.app_context():
        case = make_case(make_talks())
        consents.record(case, ADULT, ANNA)
        return f"/interviews/talks/cases/{case.code}/scan"


@pytest.fixture
def anna(app: Flask, page: str) -> FlaskClient:
    """Give the interviewer's browser, in English."""
    client = log_in(app.test_client(), ANNA)
    choose_language(client, "en")
    return client


def upload(client: FlaskClient, page: str, content: bytes) -> str:
    """Send a file, and give what comes back."""
    data = {"csrf_token": token(client, page), "file": (BytesIO(content), "a.bin")}
    return client.post(page, data=data, follow_redirects=True).text


def actions(app: Flask) -> list[str]:
    """Give what the trail has of scans."""
    with app.app_context():
        return [each.action for each in reversed(trail.newest()) if "scan" in each.action]


def test_it_comes_back_as_it_went_and_lies_sealed(app: Flask, anna: FlaskClient, page: str) -> None:
    """Whoever has the database's file reads no name; each look is on record, and no name there."""
    assert "The scan is kept." in upload(anna, page, PDF)
    answer = anna.get(f"{page}/file")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    for file in Path(app.config["SETTINGS"].data).rglob("*sqlite*"):
        assert b"Andersson" not in file.read_bytes()
    assert actions(app) == ["consent.scan", "consent.scan-seen"]


def test_another_case_cannot_be_given_the_bytes(app: Flask, anna: FlaskClient, page: str) -> None:
    """What is moved to another row does not open."""
    upload(anna, page, PDF)
    with app.app_context():
        kept = db.session.query(ConsentScan).one()
        with pytest.raises(InvalidTag):
            scans._opened(kept.sealed, kept.case_id + 1)


@pytest.mark.parametrize("content", [b"", b"MZ program", b"<svg/>", PDF])
def test_what_is_no_scan_is_refused(
    anna: FlaskClient, page: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file, a program, a drawing that may hold a script, a file too large: nothing is kept."""
    monkeypatch.setattr(attachments, "LARGEST_ATTACHMENT", len(PDF) - 1)
    assert "The file cannot be kept" in upload(anna, page, content)
    assert anna.get(f"{page}/file").status_code == 404


def test_a_picture_in_its_place_and_then_none(app: Flask, anna: FlaskClient, page: str) -> None:
    """One scan per case; what was put with the wrong case goes."""
    upload(anna, page, PDF)
    upload(anna, page, png())
    assert anna.get(f"{page}/file").mimetype == "image/png"
    anna.post(f"{page}/remove", data={"csrf_token": token(anna, page)})
    assert anna.get(f"{page}/file").status_code == 404
    assert actions(app)[-1] == "consent.scan-removed"


def test_a_withdrawal_erases_it(app: Flask, anna: FlaskClient, page: str) -> None:
    """From the database's files too; and without a consent there is none to keep."""
    upload(anna, page, PDF)
    with app.app_context():
        sealed = bytes(db.session.execute(text("SELECT sealed FROM consent_scan")).scalar_one())
        case = db.session.query(InterviewCase).one()
        consents.withdraw(case, ANNA)
        assert db.session.execute(text("SELECT count(*) FROM consent_scan")).scalar_one() == 0
        for file in Path(app.config["SETTINGS"].data).rglob("*sqlite*"):
            assert sealed[1_000:1_100] not in file.read_bytes()
        fresh = make_case(case.round)
        with pytest.raises(ConsentMissing):
            scans.keep(fresh, PDF, ANNA)


def test_others_do_not_see_it(app: Flask, anna: FlaskClient, page: str) -> None:
    """Another interviewer finds no such case."""
    upload(anna, page, PDF)
    other = log_in(app.test_client(), OTHER)
    for address in (page, f"{page}/file"):
        assert other.get(address).status_code == 404

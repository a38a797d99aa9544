"""What a device sends: stored once and whole, or refused in words and kept on the device."""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from survey_app.actions import accounts, rounds
from survey_app.actions.attachments import LARGEST_ATTACHMENT
from survey_app.audience import Role
from survey_app.store import queries
from survey_app.store.database import db
from survey_app.store.models import Account, Response
from survey_app.store.submissions import Attachment, Submission
from tests.factories import make_round
from tests.forms.test_photos import GPS, JPEG, PNG, exif, jpeg, segment
from tests.forms.xform.questionnaires import ID, instance, with_doctype
from tests.survey_app.openrosa.device import EMAIL, Device, said

PHOTOS = """
    | type         | name  | label | required |
    | text         | who   | Who   | yes      |
    | image        | photo | Photo |          |
    | file         | paper | Paper |          |
    | begin_repeat | room  | Room  |          |
    | image        | view  | View  |          |
    | end_repeat   |       |       |          |
    settings
    | form_id | sa_mode   |
    | photos  | interview |
"""


def pets(body: str = "<pets>1</pets><many>2</many>", number: int = 1, **options: str) -> bytes:
    """Write a form of the round `visits`."""
    meta = f"<meta><instanceID>{ID[:-1]}{number}</instanceID></meta>"
    return instance(body, **{"form_id": "visits", "meta": meta, **options})


def stored(app) -> list[Submission]:
    """Give what is stored, in the order that it came."""
    with app.app_context():
        return list(db.session.scalars(select(Submission).order_by(Submission.submitted_at)))


def attachments(app) -> dict[str, bytes]:
    """Give the stored files by name."""
    with app.app_context():
        return {each.name: each.content for each in db.session.scalars(select(Attachment))}


@pytest.fixture
def photos(app, device) -> Device:
    """Give the device while a round with files is open, too."""
    with app.app_context():
        make_round("photos", table=PHOTOS)
    return device


def photo_form(body: str, number: int = 1) -> bytes:
    """Write a form of the round `photos`."""
    return pets(f"<who>Ann</who>{body}", number, form_id="photos")


def test_a_form_is_stored_with_what_is_needed(app, device) -> None:
    """Who sent it, when, and what was asked; nothing about the device."""
    response = device.send(pets("<pets>1</pets>"))
    assert response.status_code == 201
    assert said(response) == "The form is stored."
    (kept,) = stored(app)
    assert kept.answers == {"pets": "1"}
    assert kept.asked == ["many", "pets"]
    assert (kept.mode, kept.instance_id, kept.unit) == ("interview", f"{ID[:-1]}1", None)
    assert abs(kept.submitted_at.replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(minutes=1)
    with app.app_context():
        sender = db.session.scalar(select(Account.id).where(Account.email == EMAIL))
        assert kept.submitted_by == sender
        assert queries.response_count(kept.round_id) == 1
        assert queries.response_counts() == {kept.round_id: 1}
        assert db.session.scalar(select(func.count()).select_from(Response)) == 0


def test_the_same_form_again_is_acknowledged_and_stored_once(app, device) -> None:
    """A device that lost the answer sends again."""
    assert [device.send(pets()).status_code for _ in range(3)] == [201] * 3
    assert len(stored(app)) == 1
    assert device.send(pets(number=2)).status_code == 201
    assert len(stored(app)) == 2


def test_the_same_form_again_is_acknowledged_after_the_round_too(app, device) -> None:
    """Else the device would keep for ever what is stored here."""
    device.send(pets())
    with app.app_context():
        rounds.close_round("visits")
    assert device.send(pets()).status_code == 201
    assert len(stored(app)) == 1


def test_twenty_at_once_are_one(app, device) -> None:
    """Impatient devices send in parallel."""
    devices = [Device(app.test_client()) for _ in range(20)]
    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(lambda each: each.send(pets()).status_code, devices))
    assert statuses == [201] * 20
    assert len(stored(app)) == 1


def test_another_form_of_the_same_id_is_refused(app, device) -> None:
    """It would be lost if it were acknowledged."""
    device.send(pets())
    response = device.send(pets("<pets>0</pets>"))
    assert response.status_code == 409
    assert "another form with the same id" in said(response)
    assert [each.answers for each in stored(app)] == [{"pets": "1", "many": "2"}]


@pytest.mark.parametrize(
    ("xml", "status", "words"),
    [
        (pets("<pets>7</pets>"), 400, "“Do you have pets?”: Choose one of the answers"),
        (pets("<many>two</many>"), 400, "“How many?”: Write a whole number"),
        (pets("<cats>1</cats>"), 400, 'a question "cats" that this server did not ask'),
        (pets(version="2"), 409, "another version"),
        (pets(form_id="nope"), 404, 'no round "nope"'),
        (pets(form_id="enkat"), 404, 'no round "enkat"'),
        (b"<data", 400, "cannot be read as XML"),
        (with_doctype(pets(), b'<!DOCTYPE d [<!ENTITY a "a">]>'), 400, "cannot be read as XML"),
        (b"<data id='visits'/>", 400, "no instanceID"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(app, device, xml, status, words) -> None:
    """Not taken, the form stays on the device, and its owner reads what to change."""
    with app.app_context():
        make_round("enkat")
    response = device.send(xml)
    assert response.status_code == status
    assert words in said(response)
    assert stored(app) == []


def test_a_missing_answer_is_asked_for(app, photos) -> None:
    """ODK Collect checks this itself; another app may not."""
    response = photos.send(pets("<who/>", form_id="photos"))
    assert response.status_code == 400
    assert "“Who”: This question needs an answer." in said(response)
    assert "stays on the device" in said(response)


def test_several_reasons_are_said_at_once(device) -> None:
    """One sending is enough to learn them all."""
    words = said(device.send(pets("<pets>7</pets><many>two</many>")))
    assert "Do you have pets?" in words
    assert "How many?" in words


def test_words_are_swedish_by_default(app, device) -> None:
    """As everywhere for staff."""
    client = app.test_client()
    response = client.get("/openrosa/forms/nope/form.xml", auth=device.auth)
    assert "Det finns ingen omgång" in said(response)


def test_a_round_that_is_over_takes_nothing_new(app, device) -> None:
    """It stays on the device until the round is opened again."""
    with app.app_context():
        rounds.close_round("visits")
    response = device.send(pets())
    assert response.status_code == 410
    assert "is closed" in said(response)
    assert stored(app) == []
    with app.app_context():
        rounds.open_round("visits")
    assert device.send(pets()).status_code == 201


def test_another_role_cannot_send(app, device) -> None:
    """A team's account opens no interviews."""
    with app.app_context():
        password = accounts.create("team@demo.example", [Role.TEAM_MEMBER])
    team = Device(app.test_client(), auth=("team@demo.example", password))
    assert team.send(pets()).status_code == 404
    assert stored(app) == []


def test_without_a_form_nothing_is_stored(app, device) -> None:
    """An empty post, or a form under another name."""
    for data in ({}, {"xml_submission_file": pets().decode()}):
        response = device.client.post("/openrosa/submission", data=data, auth=device.auth)
        assert response.status_code == 400
        assert said(response)


def test_files_come_along(app, photos) -> None:
    """A picture without where it was taken, a document, and one in a repeat."""
    names = ("a.jpg", "b.pdf", "c d.png")
    body = "<photo>a.jpg</photo><paper>b.pdf</paper><room><view>c d.png</view></room>"
    dirty = jpeg(segment(0xE1, exif(1)))
    contents = dict(zip(names, (dirty, b"%PDF-1.7 x", PNG), strict=True))
    response = photos.send(photo_form(body), contents)
    assert (response.status_code, said(response)) == (201, "The form is stored.")
    assert attachments(app) == {"a.jpg": JPEG, "b.pdf": b"%PDF-1.7 x", "c d.png": PNG}
    assert not any(GPS in content for content in attachments(app).values())
    (kept,) = stored(app)
    assert kept.answers["room[1]/view"] == "c d.png"


def test_files_may_come_in_several_posts(app, photos) -> None:
    """ODK Collect splits what is larger than the server takes at once."""
    form = photo_form("<photo>a.jpg</photo><paper>b.pdf</paper>")
    first = photos.send(form, {"a.jpg": JPEG}, **{"*isIncomplete*": "yes"})
    assert (first.status_code, said(first)) == (201, "The answers are stored. The files follow.")
    last = photos.send(form, {"b.pdf": b"%PDF-1.7"})
    assert (last.status_code, said(last)) == (201, "The form is stored.")
    assert attachments(app).keys() == {"a.jpg", "b.pdf"}
    assert len(stored(app)) == 1
    again = photos.send(form, {"a.jpg": PNG})
    assert again.status_code == 201
    assert attachments(app)["a.jpg"] == JPEG


def test_a_file_that_never_came_is_named(app, photos) -> None:
    """The answers are not lost for a picture that its owner deleted; it may still come."""
    form = photo_form("<photo>a.jpg</photo>")
    response = photos.send(form)
    assert response.status_code == 202
    assert "a.jpg" in said(response)
    assert len(stored(app)) == 1
    assert photos.send(form, {"a.jpg": JPEG}).status_code == 201


@pytest.mark.parametrize(
    ("body", "name", "content"),
    [
        ("<photo>a.jpg</photo>", "a.jpg", b"%PDF-1.7"),
        ("<photo>a.jpg</photo>", "a.jpg", b"GIF89a"),
        ("<photo>a.jpg</photo>", "a.jpg", JPEG[:-2]),
        ("<photo>a.jpg</photo>", "a.jpg", b""),
        ("<paper>a.html</paper>", "a.html", b"<script>"),
        ("<paper>a.docx</paper>", "a.docx", b"PK\x03\x04"),
        ("<paper>a.pdf</paper>", "a.pdf", b"%PDF-" + b"x" * LARGEST_ATTACHMENT),
        ("<paper>../a.pdf</paper>", "../a.pdf", b"%PDF-1.7"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_form(app, photos, body, name, content) -> None:
    """Nothing that could run or harm is kept; the form stays on the device."""
    response = photos.send(photo_form(body), {name: content})
    assert response.status_code == 400
    assert f'the file "{name}" cannot be kept' in said(response)
    assert stored(app) == []
    assert attachments(app) == {}


def test_a_file_that_no_answer_names_is_not_kept(app, photos) -> None:
    """A picture of a question that was hidden afterwards still lies on the device."""
    response = photos.send(photo_form("<photo>a.jpg</photo>"), {"a.jpg": JPEG, "b.jpg": JPEG})
    assert response.status_code == 201
    assert attachments(app).keys() == {"a.jpg"}


def large_png(size: int) -> bytes:
    """Write a PNG whose picture takes about so many bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"x" * size) + chunk(b"IEND", b"")


def test_large_pictures_are_taken(app, photos) -> None:
    """A telephone's camera makes 5 MB."""
    picture = large_png(5 * 2**20)
    assert photos.send(photo_form("<photo>a.png</photo>"), {"a.png": picture}).status_code == 201
    assert attachments(app)["a.png"] == picture


def test_what_is_larger_than_the_server_said_is_refused(app, photos) -> None:
    """As announced with HEAD."""
    huge = {"a.png": large_png(6 * 2**20), "b.png": large_png(6 * 2**20)}
    response = photos.send(photo_form("<photo>a.png</photo>"), huge)
    assert response.status_code == 413
    assert said(response)
    assert stored(app) == []

"""What comes with a questionnaire: accepted by what it is, not by what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.attachments import Attachments, read_beside, write_beside
from forms.media import LARGEST_PICTURE, MOST_PICTURES, Picture
from forms.problems import Problems
from forms.workbook import Row, Sheet, Workbook

FRUITS = Sheet("fruits.csv", ("name", "label"), (Row(2, {"name": "a", "label": "Äpple"}),))
PNG = b"\x89PNG\r\n\x1a\n rest"


def beside(folder: Path, files: dict[str, bytes]) -> tuple[list[tuple[str, str]], list[str]]:
    """Lay files beside a workbook; give what was read, and the codes of what was refused."""
    media = folder / "form-media"
    media.mkdir()
    for name, content in files.items():
        (media / name).write_bytes(content)
    problems = Problems()
    found = read_beside(folder / "form.xlsx", problems).pictures
    return [(p.name, p.media_type) for p in found.values()], [p.code.name for p in problems]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x01\x02\n\x04WEBP", "image/webp"),
    ],
)
def test_a_picture_is_known_by_its_bytes(tmp_path: Path, content: bytes, media_type: str) -> None:
    """The author may call it what they like."""
    assert beside(tmp_path, {"glad.bild": content}) == ([("glad.bild", media_type)], [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg onload='x'/>"),
        ("a.png", b"<html><script>"),
        ("a.png", PNG + b"x" * LARGEST_PICTURE),
        ("-a.png", PNG),
        ('a"b.png', PNG),
    ],
)
def test_what_could_do_harm_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """No script, no heavy page, no name that breaks out of an address."""
    assert beside(tmp_path, {name: content}) == ([], ["PICTURE_REFUSED"])


def test_too_many_pictures_are_refused(tmp_path: Path) -> None:
    """Time and memory stay bounded."""
    files = {f"{number}.png": PNG for number in range(MOST_PICTURES + 1)}
    found, codes = beside(tmp_path, files)
    assert (len(found), codes) == (MOST_PICTURES, ["TOO_MANY_PICTURES"])


def test_a_form_without_pictures_has_none(tmp_path: Path) -> None:
    """Most have no folder."""
    assert read_beside(tmp_path / "form.xlsx", Problems()) == Attachments()


def test_what_file_managers_leave_behind_is_no_picture(tmp_path: Path) -> None:
    """The author never saw it and cannot mend it."""
    files = {".DS_Store": b"x", "Thumbs.db": b"x", "desktop.ini": b"x", "a.png": PNG}
    assert beside(tmp_path, files) == ([("a.png", "image/png")], [])


def test_what_is_written_beside_a_workbook_is_read_again(tmp_path: Path) -> None:
    """A questionnaire is taken up again with its pictures."""
    pictures = {"glad.png": Picture("glad.png", "image/png", PNG)}
    workbook = Workbook((Sheet("survey", ("type",)), FRUITS))
    write_beside(tmp_path / "form.xlsx", workbook, pictures)
    found = read_beside(tmp_path / "form.xlsx", Problems())
    assert found == Attachments(pictures, (FRUITS,))
    write_beside(tmp_path / "other.xlsx", Workbook((Sheet("empty.csv"),)), {})
    assert not (tmp_path / "other-media").exists()

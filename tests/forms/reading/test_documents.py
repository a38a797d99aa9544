"""Transcripts: their words and nothing else, from files that nobody vouches for."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from forms.reading import documents
from forms.reading.documents import BadTranscript, read_transcript

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = '<Types><Override ContentType="application/vnd.ms-word.document.main+xml"/></Types>'


def docx(body: str, types: str = TYPES, prolog: str = "", **parts: bytes) -> bytes:
    """Make a Word document with this body."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.bin", content)
    return target.getvalue()


def paragraph(words: str) -> str:
    """Make a paragraph."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_paragraphs_are_read_wherever_they_stand() -> None:
    """In tables, boxes and revisions; what is struck out was taken back."""
    body = (
        paragraph("Ett")
        + "<w:p><w:r><w:t>Två</w:t><w:tab/><w:t>och</w:t></w:r>"
        + '<w:ins w:id="1"><w:r><w:t> mer</w:t></w:r></w:ins>'
        + '<w:del w:id="2"><w:r><w:delText>bort</w:delText></w:r></w:del></w:p><w:p/>'
        + f"<w:tbl><w:tr><w:tc>{paragraph('Tre')}</w:tc></w:tr></w:tbl>"
        + f"<w:sdt><w:sdtContent>{paragraph('Fyra &amp; fem')}</w:sdtContent></w:sdt>"
        + f"<w:p><w:r><w:t>Sex</w:t><w:txbxContent>{paragraph('I ruta')}</w:txbxContent></w:r></w:p>"
    )
    assert read_transcript(docx(body)) == "Ett\nTvå\toch mer\nTre\nFyra & fem\nSex\nI ruta"


@pytest.mark.parametrize(
    "data",
    [
        "Åsa:\r\n\r\n  Ja. \nNej.".encode(),
        "\ufeffÅsa:\nJa.\rNej.".encode(),
        "Åsa:\nJa.\nNej.".encode("utf-16"),
        "Åsa:\nJa.\n\n\nNej.\n".encode("cp1252"),
    ],
)
def test_plain_text_is_read_as_it_was_written(data: bytes) -> None:
    """By a phone, a Mac, Notepad or an old Windows; blank lines are no paragraphs."""
    assert read_transcript(data) == "Åsa:\nJa.\nNej."


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), documents.OLD_OR_LOCKED),
        (docx(paragraph("x"), vbaProject=b"x"), documents.MACROS),
        (docx(paragraph("x"), TYPES.replace("ms-word", "ms-word.macroEnabled")), documents.MACROS),
        (docx(paragraph("x"))[:150], documents.DAMAGED),
        (docx("<w:a>" * 2_000 + "</w:a>" * 2_000), documents.DAMAGED),
        (docx(paragraph("&x;"), prolog='<!DOCTYPE d [<!ENTITY x "y">]>'), documents.DAMAGED),
        (docx(""), documents.EMPTY),
        (b" \n ", documents.EMPTY),
        (b"\x89PNG\0\0", documents.NO_DOCUMENT),
        (b"x" * (documents.MOST_LETTERS + 1), documents.TOO_LARGE),
    ],
)
def test_what_is_no_transcript_is_refused_with_a_reason(data: bytes, why: str) -> None:
    """A sentence that says what to do instead."""
    with pytest.raises(BadTranscript) as caught:
        read_transcript(data)
    assert caught.value.sentence == why


def test_a_bomb_is_not_unpacked() -> None:
    """Small outside, larger inside than any transcript."""
    bomb = docx(paragraph("x" * (documents.LARGEST_PART + 1)))
    assert len(bomb) < 100_000
    with pytest.raises(BadTranscript) as caught:
        read_transcript(bomb)
    assert caught.value.sentence == documents.TOO_LARGE


def test_a_workbook_is_no_transcript() -> None:
    """A zip file without a document."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(BadTranscript) as caught:
        read_transcript(target.getvalue())
    assert caught.value.sentence == documents.NO_DOCUMENT

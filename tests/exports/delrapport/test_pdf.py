"""The report as a tagged PDF."""

from __future__ import annotations

from exports.delrapport.pdf import pdf_of
from tests.exports.delrapport.example import make_report


def test_it_is_tagged_and_says_its_language_and_title() -> None:
    """Typst refuses to write PDF/UA-1 that lacks a text for a picture, a title or a heading's level."""
    first = pdf_of(make_report())
    assert first.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in first
    assert b"sv-SE" in first
    assert b"pdfuaid:part" in first
    assert pdf_of(make_report()) == first

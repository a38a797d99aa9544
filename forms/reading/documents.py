"""Read the words of a transcript: plain text, or a Word document without macros.

Nobody is trusted: of a document one part is unpacked, in bounded size, and parsed without entities
or a document type. Its paragraphs are taken wherever they stand: in tables, in boxes, inserted
under revision (what is struck out stays out), which the usual library for Word files leaves out.
"""

from __future__ import annotations

import codecs
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms.marking import N_
from forms.reading.container import COMPOUND_FILE, LOCAL_FILE_HEADER

LARGEST_PART = 24 * 1024 * 1024  # bytes, unpacked: a book
MOST_PARTS = 2_000
MOST_LETTERS = 400_000  # 150 pages
BODY, TYPES = "word/document.xml", "[Content_Types].xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
_UNREADABLE = (BadZipFile, NotImplementedError, OSError, RuntimeError, struct.error, zlib.error,
               ParseError, DefusedXmlException, KeyError, ValueError)  # fmt: skip
_BLANK_LINES = re.compile(r"\s*\n\s*")


class BadTranscript(Exception):
    """The file cannot be taken; the sentence says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


OLD_OR_LOCKED = N_(
    "It is an old Word file (.doc), or has a password. Save it as .docx without a password."
)
MACROS = N_("It holds macros. Save it as an ordinary Word document (.docx).")
NO_DOCUMENT = N_("It is neither a text file nor a Word document (.docx).")
DAMAGED = N_("It is damaged, or no ordinary Word document. Open it in Word and save it anew.")
TOO_LARGE = N_("It is too large. A transcript has at most 400,000 characters.")
EMPTY = N_("It has no words.")


def read_transcript(data: bytes) -> str:
    """Give the paragraphs of a file, one on each line.

    Raises:
        BadTranscript: It is no document of words, too large, or holds what none needs.
    """
    if data.startswith(COMPOUND_FILE):
        raise BadTranscript(OLD_OR_LOCKED)
    text = _of_document(data) if data.startswith(LOCAL_FILE_HEADER) else _of_text(data)
    return tidy(text)


def tidy(text: str) -> str:
    """Give one paragraph on each line, without blank ones.

    Raises:
        BadTranscript: There are no words, or too many.
    """
    tidied = _BLANK_LINES.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not tidied:
        raise BadTranscript(EMPTY)
    if len(tidied) > MOST_LETTERS:
        raise BadTranscript(TOO_LARGE)
    return tidied


def _of_text(data: bytes) -> str:
    """Decode it: UTF-8, UTF-16 with its mark, else as Windows wrote it in Sweden."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
        if b"\0" in data:
            raise BadTranscript(NO_DOCUMENT)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadTranscript(NO_DOCUMENT)


def _of_document(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS:
                raise BadTranscript(TOO_LARGE)
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise BadTranscript(MACROS)
            if BODY not in names:
                raise BadTranscript(NO_DOCUMENT)
            if b"macroEnabled" in _part(archive, TYPES):
                raise BadTranscript(MACROS)
            root = fromstring(_part(archive, BODY), forbid_dtd=True)
            return "\n".join(_paragraphs(root))
    except _UNREADABLE as error:
        raise BadTranscript(DAMAGED) from error


def _part(archive: ZipFile, name: str) -> bytes:
    """Unpack a part; what it says of its own size is not believed."""
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise BadTranscript(TOO_LARGE)
    return content


def _paragraphs(element: Element) -> Iterator[str]:
    """Give the words of each paragraph; one inside another, as boxes make, comes by itself."""
    for child in element:
        if child.tag == f"{_WORD}p":
            yield "".join(_words(child))
            yield from _paragraphs(child)
        elif child.tag != _FALLBACK:  # the same words again, for programs without boxes
            yield from _paragraphs(child)


def _words(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in {f"{_WORD}p", _FALLBACK}:
            yield from _words(child)

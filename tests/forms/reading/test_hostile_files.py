"""Files made to do harm: each is refused with its own reason, within bounded time and memory."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from forms.problems import BadInstrument
from forms.reading import Limits, read_workbook
from forms.reading.limits import MEGABYTE
from tests.forms.reading.costs import assert_refused_cheaply
from tests.forms.reading.files import (
    MAIN,
    Parts,
    codes_of,
    packed,
    parts_of,
    shared_strings,
)


def with_part(name: str, content: str | bytes) -> bytes:
    """Pack the smallest workbook with one part added or replaced."""
    return packed(parts_of() | {name: content})


def test_the_smallest_workbook_is_read() -> None:
    """The files below are refused for what was done to them, and for nothing else."""
    assert codes_of(packed(parts_of())) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"%PDF-1.7\n",
        b"type,name,label\nnote,n,Hello\n",
        b"<html><table/></html>",
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        packed(parts_of() | {"[Content_Types].xml": "<Types/>"}),
        bytes.fromhex("D0CF11E0A1B11AE1") + "WordDocument".encode("utf-16-le"),
    ],
    ids=["nothing", "png", "jpeg", "pdf", "csv", "html", "ods", "no workbook", "doc"],
)
def test_another_kind_of_file_named_xlsx_is_said_to_be_one(data: bytes) -> None:
    """The author is told how to save it, not that it is damaged."""
    assert codes_of(data) == ["NOT_A_WORKBOOK"]


def test_an_older_excel_file_is_told_from_one_with_a_password() -> None:
    """Both begin with the same bytes and need different remedies."""
    compound = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500)
    assert codes_of(compound + "Workbook".encode("utf-16-le")) == ["OLD_WORKBOOK"]
    assert codes_of(compound + "EncryptedPackage".encode("utf-16-le")) == ["ENCRYPTED"]


def test_a_part_with_a_password_is_refused() -> None:
    """A zip file can be protected, too."""
    data = bytearray(packed(parts_of()))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes_of(bytes(data)) == ["ENCRYPTED"]


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN"])
def test_macros_are_refused_by_the_name_of_their_part(name: str) -> None:
    """A workbook with macros stays one when it is renamed."""
    assert codes_of(with_part(name, b"\xcc")) == ["HAS_MACROS"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("openxmlformats-officedocument.spreadsheetml.sheet.", "ms-excel.sheet.macroEnabled."),
        ("openxmlformats-officedocument.spreadsheetml.worksheet", "ms-excel.macrosheet"),
    ],
)
def test_macros_are_refused_by_their_content_type(old: str, new: str) -> None:
    """Renaming an .xlsm file, or hiding macros in a sheet, does not help."""
    types = str(parts_of()["[Content_Types].xml"]).replace(old, new)
    assert codes_of(with_part("[Content_Types].xml", types)) == ["HAS_MACROS"]


def test_a_declared_macro_type_without_such_a_part_is_no_macro() -> None:
    """Files from common export libraries are read."""
    unused = '<Default Extension="bin" ContentType="application/x.macroEnabled.main"/></Types>'
    types = str(parts_of()["[Content_Types].xml"]).replace("</Types>", unused)
    assert codes_of(with_part("[Content_Types].xml", types)) == []


LEVELS = [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij")]
BILLION = f'<!DOCTYPE sst [<!ENTITY a "ha">{"".join(LEVELS)}]>'
ENTITIES = BILLION + shared_strings(["type"]).replace("type", "&j;")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/workbook.xml", "docProps/a.vml"])
def test_entities_are_refused_in_every_part_and_encoding(name: str, encoding: str) -> None:
    """A few bytes that stand for gigabytes are never unfolded."""
    declaration = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig").split("-be")[0]}"?>'
    )
    assert codes_of(with_part(name, (declaration + ENTITIES).encode(encoding))) == ["HAS_ENTITIES"]


def test_entities_after_much_white_space_are_found() -> None:
    """The declaration need not stand in the first bytes."""
    content = "<!-- " + " " * 200_000 + "-->" + ENTITIES
    assert codes_of(with_part("xl/sharedStrings.xml", content)) == ["HAS_ENTITIES"]


def test_a_document_type_without_entities_is_refused_too() -> None:
    """It could fetch them from elsewhere."""
    content = '<!DOCTYPE sst SYSTEM "http://127.0.0.1/x.dtd">' + shared_strings(["type"])
    assert codes_of(with_part("xl/sharedStrings.xml", content)) == ["HAS_ENTITIES"]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-7", "cp037"])
def test_encodings_that_hide_a_declaration_are_refused(encoding: str) -> None:
    """One of the parsers knows them, and would read what the check does not see."""
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE workbook [<!ENTITY a "ha">]>'
    content = (hidden + str(parts_of()["xl/workbook.xml"])).encode(encoding)
    assert codes_of(with_part("xl/workbook.xml", content)) == ["BROKEN_WORKBOOK"]


def test_a_drawing_may_have_a_document_type() -> None:
    """A logo from a drawing program does not keep a questionnaire out."""
    svg = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>'
    assert codes_of(with_part("xl/media/image1.svg", svg)) == []


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x.xml", "xl\\sheet.xml", "C:/x.xml"])
def test_parts_with_paths_out_of_the_workbook_are_refused(name: str) -> None:
    """Nothing is unpacked to disk, and nothing will be should that change."""
    assert codes_of(with_part(name, "<a/>")) == ["PART_NAME_UNSAFE"]


def test_two_parts_of_one_name_are_refused() -> None:
    """What was checked is what is read."""
    assert codes_of(with_part("xl/Workbook.xml", "<a/>")) == ["BROKEN_WORKBOOK"]


def test_too_many_parts_are_refused() -> None:
    """A file of a hundred thousand empty parts costs nothing."""
    extra: Parts = {f"xl/media/{n}": b"" for n in range(20)}
    assert codes_of(packed(parts_of() | extra), parts=20) == ["TOO_MANY_PARTS"]
    assert codes_of(packed(parts_of() | extra), parts=30) == []


def test_another_packing_is_refused() -> None:
    """Unpackers that no workbook needs are never started."""
    file = BytesIO(packed(parts_of()))
    with ZipFile(file, "a", ZIP_LZMA) as archive:
        archive.writestr("xl/media/a", b"a")
    assert codes_of(file.getvalue()) == ["BROKEN_WORKBOOK"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_said_to_be_damaged(share: float) -> None:
    """An upload that broke off is told from a file of another kind."""
    data = packed(parts_of())
    assert codes_of(data[: int(len(data) * share)]) == ["BROKEN_WORKBOOK"]


def test_a_file_that_is_too_large_is_not_opened() -> None:
    """Its size alone is enough."""
    data = packed(parts_of()) + bytes(2 * MEGABYTE)
    with pytest.raises(BadInstrument, match="larger than 2 MB"):
        read_workbook(data, limits=Limits(file_bytes=2 * MEGABYTE))


def bomb(megabytes: int, *, stated: int | None = None) -> bytes:
    """Pack a part of so many megabytes of zeros, whose headers may state another size.

    A megabyte is packed once and repeated, so that gigabytes cost nothing to make. The checksum
    is right for one megabyte only.
    """
    press, zeros = zlib.compressobj(9, zlib.DEFLATED, -15), bytes(MEGABYTE)
    piece = press.compress(zeros) + press.flush(zlib.Z_FULL_FLUSH)
    size = megabytes * MEGABYTE if stated is None else stated
    return _with_raw_part(piece * megabytes + press.flush(), zlib.crc32(zeros), size)


def _with_raw_part(content: bytes, crc: int, stated: int) -> bytes:
    """Add a packed picture with freely chosen headers to the smallest workbook, by hand."""
    name, data = "xl/media/a.png", packed(parts_of())
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    sizes = struct.pack("<LLLHH", crc, len(content), stated, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, ZIP_DEFLATED, 0, 33) + sizes
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, ZIP_DEFLATED, 0, 33) + sizes
    entry += struct.pack("<HHHLL", 0, 0, 0, 0, directory) + name.encode()
    body = data[:directory] + local + name.encode() + content
    count = struct.unpack("<H", data[end + 10 : end + 12])[0] + 1
    table = data[directory:end] + entry
    tail = struct.pack("<HHHHLLH", 0, 0, count, count, len(table), len(body), 0)
    return body + table + b"PK\x05\x06" + tail


def test_the_hand_made_part_is_read_when_it_is_honest() -> None:
    """The bombs below are refused for their size, not for how they are made."""
    assert codes_of(bomb(1)) == []


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    """Four gigabytes in four megabytes: no more than the limit is ever unpacked or kept."""
    data = bomb(4095)
    assert len(data) < 5 * MEGABYTE
    assert_refused_cheaply(
        tmp_path / "bomb.xlsx", data, "EXPANDS_TOO_MUCH", seconds=5, megabytes=150
    )


def test_many_small_bombs_are_counted_together() -> None:
    """The limit is for the whole workbook."""
    parts: Parts = {f"xl/media/{n}.png": bytes(MEGABYTE) for n in range(4)}
    data = packed(parts_of() | parts)
    assert codes_of(data, expanded_bytes=3 * MEGABYTE) == ["EXPANDS_TOO_MUCH"]
    assert codes_of(data, expanded_bytes=5 * MEGABYTE) == []


@pytest.mark.parametrize("stated", [10, 0xFFFFFFF0])
def test_a_part_that_lies_about_its_size_is_refused(stated: int) -> None:
    """Neither a small nor a huge lie is believed."""
    assert codes_of(bomb(1, stated=stated)) == ["BROKEN_WORKBOOK"]


def test_a_huge_claim_costs_nothing(tmp_path: Path) -> None:
    """Four gigabytes that are only claimed are not unpacked, and no memory is set aside."""
    data = _with_raw_part(zlib.compress(b"a")[2:-4], zlib.crc32(b"a"), 0xFFFFFFF0)
    assert_refused_cheaply(tmp_path / "a.xlsx", data, "BROKEN_WORKBOOK", seconds=5, megabytes=150)


def test_deeply_nested_elements_are_refused() -> None:
    """The stack of the reader is not the author's to use up."""
    content = f'<sst xmlns="{MAIN}">' + "<a>" * 200_000 + "</a>" * 200_000 + "</sst>"
    with pytest.raises(BadInstrument) as caught:
        read_workbook(with_part("xl/workbook.xml", content))
    assert [problem.code.name for problem in caught.value.problems] == ["BROKEN_WORKBOOK"]


def test_parts_that_are_not_what_they_should_be_are_refused() -> None:
    """Well-formed nonsense is a damaged workbook."""
    assert codes_of(with_part("xl/worksheets/sheet1.xml", "<a><b></a>")) == ["BROKEN_WORKBOOK"]
    assert codes_of(with_part("xl/sharedStrings.xml", "no XML")) == ["BROKEN_WORKBOOK"]

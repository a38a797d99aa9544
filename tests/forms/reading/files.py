"""Workbooks made by hand, part by part, so that a test can spoil exactly one thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from forms.reading import Limits
from forms.reading.refusal import problems_from_json
from forms.reading.worker import read
from forms.workbook import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ROWS = '<row r="1"><c t="inlineStr"><is><t>type</t></is></c></row>'

Parts = dict[str, str | bytes]


def parts_of(*sheets: tuple[str, str]) -> Parts:
    """Give the parts of the smallest workbook with these sheets: (name, XML of its rows)."""
    numbered = list(enumerate(sheets or [("survey", ROWS)], start=1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for n, _ in numbered
    )
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in numbered
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    parts: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        "</Relationships>",
        "xl/sharedStrings.xml": shared_strings(["type", "note"]),
    }
    for n, (_, rows) in numbered:
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return parts


def shared_strings(texts: Iterable[str]) -> str:
    """Give the part with the texts that cells refer to by number."""
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack the parts into the bytes of a file."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook_file(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """Save rows of values with openpyxl, as another program would."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def codes_of(data: bytes, **limits: Any) -> list[str]:
    """Read as the worker does, without its process: the codes of the mistakes, if any."""
    answer = read(data, Limits(**limits))
    return [problem.code.name for problem in problems_from_json(answer.get("problems", []))]


def read_here(data: bytes, **limits: Any) -> Workbook:
    """Read sound bytes as the worker does, without its process."""
    return Workbook.from_json(read(data, Limits(**limits))["workbook"])

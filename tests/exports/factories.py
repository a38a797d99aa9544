"""Instruments, answers and files for the tests of exports, with nothing but the case."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from exports.about import About
from exports.codebook import codebook_of
from exports.coding import Response
from exports.table import Table, wide_table
from exports.writers.xlsx import write_xlsx
from forms.answers import Answers
from forms.instrument import (
    Choice,
    ChoiceList,
    Group,
    Instrument,
    Mode,
    Question,
    QuestionType,
)
from forms.languages import Texts

ABOUT = About(title="Min skolsituation", round_name="HT 2026")

# Swedish agreement scale: four steps, then two answers that say nothing about the matter.
AGREE = ("4 Stämmer helt", "3 Stämmer ganska bra", "2 Stämmer ganska dåligt", "1 Stämmer inte alls")
MISSING = ("!DK Vet ej", "!REF Vill inte svara")


def make_list(*choices: str, name: str = "svar") -> ChoiceList:
    """Make a list from "code label"; an exclamation mark before the code makes it missing."""
    return ChoiceList(name=name, choices=tuple(map(_choice, choices)))


def _choice(text: str) -> Choice:
    code, _, label = text.partition(" ")
    return Choice(
        name=code.removeprefix("!"),
        label={"sv": label} if label else {},
        is_missing=code.startswith("!"),
    )


def ask(
    name: str,
    kind: QuestionType | str = "text",
    *choices: str,
    label: str | Texts = "",
    **more: Any,
) -> Question:
    """Make a question; choices as `make_list` takes them."""
    texts = {"sv": label} if isinstance(label, str) and label else label or {}
    return Question(
        name=name,
        type=QuestionType(kind),
        row=2,
        label=texts,
        choice_list=make_list(*choices) if choices else None,
        **more,
    )


def item(name: str, dimension: str = "Trivsel", **more: Any) -> Question:
    """Make an item of a dimension on the agreement scale."""
    return ask(name, "select_one", *AGREE, *MISSING, dimension=dimension, **more)


def group(name: str, *items: Question | Group, label: str = "") -> Group:
    """Make a group."""
    return Group(name=name, row=2, label={"sv": label} if label else {}, items=items)


def make_instrument(*items: Question | Group, version: str = "1") -> Instrument:
    """Make an anonymous instrument in Swedish."""
    return Instrument(
        name="min_skolsituation",
        version=version,
        title={"sv": "Min skolsituation"},
        default_language="sv",
        languages=("sv", "en"),
        mode=Mode.ANONYMOUS,
        root=Group(name="data", row=1, items=items),
    )


def respond(version: str = "1", /, **answers: str | None) -> Response:
    """Make a response: what is named was asked, and None or "" was left empty."""
    values = {name: text for name, text in answers.items() if text}
    return Response(version, Answers(values, frozenset(answers)))


def make_table(instrument: Instrument, *responses: Response) -> Table:
    """Make the coded table of an instrument's responses."""
    return wide_table(codebook_of(instrument), responses)


def rows_of(table: Table) -> list[dict[str, Any]]:
    """Read a table as one dictionary per row."""
    return [dict(zip(table.codebook.names, row, strict=True)) for row in table.rows]


def cells_of(instrument: Instrument, response: Response) -> Mapping[str, object]:
    """Code one response."""
    return rows_of(make_table(instrument, response))[0]


def xlsx_bytes(table: Table, **more: Any) -> bytes:
    """Write a workbook in Swedish labels and English sentences."""
    stream = BytesIO()
    options: dict[str, Any] = {"language": "sv", "about": ABOUT} | more
    write_xlsx(table, stream, **options)
    return stream.getvalue()


def open_xlsx(table: Table, **more: Any) -> Workbook:
    """Write a workbook and read it with openpyxl."""
    return load_workbook(BytesIO(xlsx_bytes(table, **more)))


def sheet_rows(workbook: Workbook, name: str) -> list[tuple[object, ...]]:
    """Read all rows of a sheet."""
    return list(workbook[name].iter_rows(values_only=True))

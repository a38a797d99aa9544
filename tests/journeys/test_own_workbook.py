"""An author's own workbook: checked, published, answered over HTTP, and read in three programs.

`expected/own-data.csv` was worked out by hand. Agreement here has the codes 1-5: an item counts
(code - 1) / 4 * 10, the reversed calm2 (5 - code) / 4 * 10. The index needs two of the three.

    all      (10 + 10 + 15/2) / 3 = 55/6
    bare     (0 + 0) / 2 = 0
    unasked  one item: none
    refused  (5 + 5) / 2 = 5
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from tests.journeys.conftest import CommandLine
from tests.journeys.pets_questionnaire import (
    BROKEN,
    EN,
    POSTS,
    REFUSED,
    SHEETS,
    SV,
    TEXTS,
    Post,
    broken,
    write_author_workbook,
)
from tests.journeys.readings import (
    READERS,
    Cell,
    Sheets,
    expected,
    number,
    sorted_rows,
    swedish,
)
from tests.tools.commands import run_command
from tests.tools.libreoffice import libreoffice_convert
from tests.tools.server import LiveServer

TEXT_COLUMNS = {"_version", "about", "cat_name", "greeting", "band", "post", "source"}
LABELS: dict[str, dict[Cell, str]] = {
    "pets": {1: "Ja", 0: "Nej", "REF": "Vill inte svara"},
    "care": {1: "_(Yes)", 0: "_(No)", "DK": "Vet ej"},
    "calm": {5: "Alltid", 4: "Ofta", 3: "Ibland", 2: "Sällan", 1: "Aldrig", "DK": "Vet ej"},
    "post": {"01": "Port 1", "02": "Port 2"},
}


def post(url: str, answers: Post) -> tuple[int, str]:
    """Post without following the redirect; give the status and the page, or where it leads."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, urlencode(answers, doseq=True), kind)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.getheader("Location") or body


@dataclass(frozen=True)
class Exported:
    """The files of one round."""

    xlsx: Path
    csv: Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for all files of these tests."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def published(command_line: CommandLine, folder: Path) -> str:
    """Check and publish the workbook, and open a round of it."""
    file = write_author_workbook(SHEETS, folder / "pets.xlsx")
    checked = json.loads(command_line.run("instrument", "check", file, "--json"))
    # It asks for free text in an anonymous questionnaire, which is allowed and advised against.
    assert {problem["level"] for problem in checked["problems"]} <= {"warning", "advice"}
    command_line.run("instrument", "publish", file)
    command_line.run("round", "open", "djuren", "--instrument", "own-pets")
    return "djuren"


@pytest.fixture(scope="module")
def exported(
    command_line: CommandLine, live_server: LiveServer, published: str, folder: Path
) -> Exported:
    """Post everything, half of it to the English page; close the round and fetch both files."""
    url = live_server.url(f"/e/{published}")
    texts: list[Post] = [{"age": "9", "about": typed} for typed in TEXTS]
    for number_of, answers in enumerate([*POSTS.values(), *texts]):
        assert post(url + ("/en" if number_of % 2 else ""), answers)[0] == 303
    assert command_line.responses(published) == len(POSTS) + len(TEXTS)
    command_line.run("round", "close", published)
    files = Exported(folder / "djuren.xlsx", folder / "djuren.csv")
    command_line.run("export", published, "--format", "xlsx", "--output", files.xlsx)
    command_line.run("export", published, "--format", "csv", "--output", files.csv)
    return files


@pytest.fixture(params=list(READERS))
def sheets(request: pytest.FixtureRequest, exported: Exported) -> Sheets:
    """Give the workbook as each reader has it."""
    return READERS[request.param](exported.xlsx)


def expected_lines(text_of: Callable[[tuple[str, str]], str]) -> Iterator[list[str]]:
    """Give the header and every line of the data as written by hand, each text in its place."""
    (_, *header), *lines = expected("own-data")
    yield header
    for who, *cells in lines:
        for texts in TEXTS.values() if who == "text" else [("", "")]:
            yield [cell.replace("{text}", text_of(texts)) for cell in cells]


def expected_rows() -> tuple[list[str], list[tuple[Cell, ...]]]:
    """Give the names of the variables, and the cells as Excel holds them."""
    header, *lines = expected_lines(lambda texts: texts[0])
    return header, [tuple(map(typed_cell, header, line)) for line in lines]


def typed_cell(variable: str, cell: str) -> Cell:
    """Give a cell written by hand the type of its column; missing codes are texts."""
    if variable in TEXT_COLUMNS:
        return cell
    return date.fromisoformat(cell) if variable == "day" and cell[0].isdigit() else number(cell)


def label(variable: str, cell: Cell) -> Cell:
    """Give what stands in the sheet of labels."""
    words: dict[Cell, str] = {"NA": "_(Not answered)", "NAP": "_(Not asked)"}
    words |= LABELS.get(variable.split("__")[0].rstrip("123"), {})
    return swedish(words.get(cell, cell))


def cared(header: Sequence[str], row: Sequence[Cell]) -> Cell:
    """Give all ticked answers to the one question that has several, in words."""
    cells = dict(zip(header, row, strict=True))
    words = {"food": "Ger mat", "play": "Leker", "vet": "Går till veterinären", "DK": "Vet ej"}
    ticked = [word for choice, word in words.items() if cells[f"care__{choice}"] == 1]
    return "; ".join(ticked) or label("care__food", cells["care__food"])


def test_every_cell_of_the_data_is_what_was_said(sheets: Sheets) -> None:
    """Numbers are numbers, dates dates, and what a child wrote is text whatever it looks like."""
    header, rows = expected_rows()
    found = sheets["Data"]
    assert found[0] == tuple(header)
    assert sorted_rows(found[1:]) == sorted_rows(rows)


def test_every_cell_of_the_labels_is_in_the_authors_words(sheets: Sheets) -> None:
    """Answers without labels stand there as they were given."""
    header, rows = expected_rows()
    labelled = [(*map(label, header, row), cared(header, row)) for row in rows]
    assert sheets["Etiketter"][0] == (*header, "care")
    assert sorted_rows(sheets["Etiketter"][1:]) == sorted_rows(labelled)


def test_the_codebook_has_every_variable(sheets: Sheets) -> None:
    """Each kind of question is described by its type, its scale and its missing codes."""
    assert sheets["Kodbok"] == [tuple(line) for line in expected("own-codebook")]


def test_the_values_keep_codes_as_the_author_wrote_them(sheets: Sheets) -> None:
    """01 stays 01."""
    header, *lines = expected("own-values")
    rows = [
        (name, code[1:] if code.startswith("'") else number(code), *rest)
        for name, code, *rest in lines
    ]
    described = {row[0] for row in rows}
    assert sheets["Värden"][0] == tuple(header)
    assert [row for row in sheets["Värden"][1:] if row[0] in described] == rows


def harmless(variable: str, cell: str) -> str:
    """Give a text that begins like a formula the apostrophe that it has in CSV."""
    return "'" + cell if variable in TEXT_COLUMNS and cell[0] in "=+-@" else cell


def with_plain_index(fields: list[str]) -> list[Cell]:
    """Read the last field, the index, as a number."""
    return [*fields[:-1], number(fields[-1])]


def test_every_field_of_the_csv_is_what_was_said(exported: Exported) -> None:
    """The same answers for a statistician; what could run as a formula has an apostrophe."""
    header, *lines = expected_lines(lambda texts: texts[1])
    with exported.csv.open(encoding="utf-8-sig", newline="") as stream:
        found = list(csv.reader(stream))
    assert found[0] == header
    assert sorted_rows(map(with_plain_index, found[1:])) == sorted_rows(
        with_plain_index(list(map(harmless, header, line))) for line in lines
    )


def test_libreoffice_shows_the_same_and_runs_no_formula(exported: Exported) -> None:
    """A coordinator without Excel reads what was said."""
    header, rows = expected_rows()
    converted = libreoffice_convert(exported.xlsx, into=exported.xlsx.parent / "shown")
    data = next(file for file in converted if file.stem.endswith("-Data"))
    with data.open(encoding="utf-8", newline="") as stream:
        found = list(csv.reader(stream))
    assert found[0] == header
    assert sorted_rows(map(with_plain_index, found[1:])) == sorted_rows(
        [*map(str, row[:-1]), row[-1]] for row in rows
    )


def test_answers_that_the_author_rules_out_are_not_stored(
    command_line: CommandLine, live_server: LiveServer, published: str
) -> None:
    """Required, constraint and type hold on the server, and the author's words say why."""
    round_name = command_line.open_round("own-pets")
    for name, (answers, status, said) in REFUSED.items():
        answered, page = post(live_server.url(f"/e/{round_name}/en"), answers)
        assert (name, answered) == (name, status)
        assert said in page
    assert command_line.responses(round_name) == 0


def test_the_page_has_labels_and_defaults_in_both_languages(
    live_server: LiveServer, command_line: CommandLine, published: str
) -> None:
    """The author's default stands in the field, and each reader is spoken to in their language."""
    name = command_line.open_round("own-pets")
    for address, column in ((name, SV), (f"{name}/en", EN)):
        with urlopen(live_server.url(f"/e/{address}"), timeout=30) as answer:  # noqa: S310 - ours
            page = unescape(answer.read().decode())
        labels = [row[column] for row in SHEETS["survey"] + SHEETS["choices"] if column in row]
        assert [text for text in labels if text not in page] == []
        assert re.search(r'<input[^>]*name="lessons"[^>]*value="5"', page)


def fail(command_line: CommandLine, *arguments: str | Path) -> str:
    """Run a command that has to fail with status 1; give what it prints."""
    done = run_command(*arguments, "--data", command_line.data)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def errors_of(checked: str) -> list[tuple[object, ...]]:
    """Give code and place of each error that a check printed."""
    problems: list[dict[str, Any]] = json.loads(checked)["problems"]
    errors = [each for each in problems if each["level"] == "error"]
    assert all(each["message"] for each in errors)
    return [(each["code"], each["sheet"], each["row"], each["column"]) for each in errors]


def test_a_broken_workbook_is_refused_with_the_cells_to_mend(
    command_line: CommandLine, published: str, tmp_path: Path
) -> None:
    """The author is told row and column, alone or all at once; nothing half right is published."""
    before = command_line.run("instrument", "list", "--json")
    for codes in (*((code,) for code in BROKEN), tuple(BROKEN)):
        file = write_author_workbook(broken(*codes), tmp_path / "broken.xlsx")
        found = errors_of(fail(command_line, "instrument", "check", file, "--json"))
        assert sorted(found, key=str) == sorted(
            ((code, *BROKEN[code][:3]) for code in codes), key=str
        )
    fail(command_line, "instrument", "publish", file)
    assert command_line.run("instrument", "list", "--json") == before

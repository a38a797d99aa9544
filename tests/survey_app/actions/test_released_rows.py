"""Anonymous answers in the coded file: with their district where it may be told."""

from __future__ import annotations

import csv
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from flask_babel import force_locale
from openpyxl import load_workbook

from survey_app.actions import codes, exporting, responses, rounds
from survey_app.actions.code_spelling import read
from tests.factories import PETS, make_answers, make_response, make_round, make_version, release

OWN_NAME = PETS.replace("| many |", "| _district |")


def make_districts(name: str, table: str = PETS, **cards: int) -> None:
    """Let pupils of districts answer a round, and close it."""
    of = rounds.create(name, make_version(table), codes_required=True)
    rounds.open_round(name)
    for district, count in cards.items():
        for card in codes.create(name, count, None if district == "none" else district):
            code = codes.hash_of(of.id, read(card) or "")
            responses.store(of.id, of.version_id, make_answers(), uuid4(), code)
    rounds.close_round(name)


def exported(name: str, folder: Path) -> list[dict[str, str]]:
    """Write a round as CSV and read it."""
    exporting.write_round(rounds.find(name), "csv", folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_district_is_a_column_and_na_the_city(context, tmp_path) -> None:
    """Districts of ten or more are named; who came from a smaller one came from the city."""
    make_districts("autumn", Farsta=12, Rinkeby=10, none=7, Skarpnäck=4)
    rows = exported("autumn", tmp_path)
    found = [row["_district"] for row in rows]
    assert {name: found.count(name) for name in found} == {"Farsta": 12, "Rinkeby": 10, "NA": 11}
    assert list(rows[0]) == ["_version", "pets", "many", "_district"]


def test_the_codebook_says_what_na_means(context) -> None:
    """Whoever reads the file in a year knows it too; the summary shows no small district."""
    make_districts("autumn", Farsta=12, none=11)
    target = BytesIO()
    exporting.write_round(rounds.find("autumn"), "xlsx", target)
    book = load_workbook(target, read_only=True)
    kodbok = [row for row in book["Kodbok"].iter_rows(values_only=True) if "_district" in row]
    assert len(kodbok) == 1
    assert any("NA" in str(cell) for cell in kodbok[0])


def test_without_districts_there_is_no_column(context, tmp_path) -> None:
    """Most rounds have none: cards without one, or no cards; or all were too few."""
    make_districts("autumn", none=6)
    make_districts("winter", Farsta=9)
    of = make_round("spring")
    make_response(of)
    release("spring")
    for name in ("autumn", "winter", "spring"):
        assert "_district" not in exported(name, tmp_path)[0]


def test_a_question_of_the_same_name_keeps_its_own(context, tmp_path) -> None:
    """No answer is written over."""
    make_districts("autumn", OWN_NAME, Farsta=10)
    assert {row["_district_2"] for row in exported("autumn", tmp_path)} == {"Farsta"}


def test_rounds_with_and_without_share_a_file(context, tmp_path) -> None:
    """The one without came from the city."""
    make_districts("autumn", Farsta=10)
    make_districts("spring", none=5)
    exporting.write_instrument("pets", "csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {(row["_round"], row["_district"]) for row in csv.DictReader(file)}
    assert found == {("autumn", "Farsta"), ("spring", "NA")}


def test_the_file_of_a_round_that_few_answered_says_so(context) -> None:
    """Nine pupils of a school are known to their teacher."""
    make_districts("autumn", none=9)
    make_districts("spring", none=10)
    with force_locale("sv"):
        texts = {name: "\n".join(cells_of(name)) for name in ("autumn", "spring")}
    assert "Så få har svarat på autumn" in texts["autumn"]
    assert "Så få har svarat" not in texts["spring"]


def cells_of(name: str) -> list[str]:
    """Give all that a round's first sheet says."""
    target = BytesIO()
    exporting.write_round(rounds.find(name), "xlsx", target)
    sheet = load_workbook(target, read_only=True).worksheets[0]
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]

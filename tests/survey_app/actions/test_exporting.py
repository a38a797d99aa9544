"""Stored responses of one version or several become one file."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from forms.answers import Answers
from survey_app.actions import exporting, instruments, responses, rounds
from survey_app.actions.errors import NothingToExport, SeveralVersions
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import InstrumentVersion, Round
from tests.factories import PETS, make_round, make_version, release
from tests.forms.tables import workbook_of

MORE = PETS.replace("| 1       |\n", "| 2       |\n").replace(
    "    choices",
    "    | text             | ord  | Vad?                | What?               |\n    choices",
)
FAMILY = """
    | type         | name | label | relevant |
    | text         | x    | X     |          |
    | begin_repeat | barn | Barn  |          |
    | text         | namn | Namn  |          |
    | end_repeat   |      |       |          |
    settings
    | form_id |
    | familj  |
"""


def store(of: Round, version_id: int | None = None, /, **answers: str) -> None:
    """Store what was said; everything named was asked."""
    said = Answers({k: v for k, v in answers.items() if v}, frozenset(answers))
    responses.store(of.id, version_id or of.version_id, said)


def sheet(name: str, export=exporting.write_instrument, *, of="pets") -> list[tuple[object, ...]]:
    """Release, export to Excel and read a sheet; rows in an order of their own."""
    release(*(each.name for each, _ in rounds.listing()))
    target = BytesIO()
    export(of, "xlsx", target)
    header, *rows = load_workbook(target)[name].iter_rows(values_only=True)
    return [header, *sorted(rows, key=str)]


def test_rounds_of_several_versions_share_one_file(context) -> None:
    """The coordinator compares two terms without putting files together."""
    store(make_round("spring"), pets="1", many="3")
    store(make_round("autumn", table=MORE), pets="DK", many="", ord="katt")
    assert sheet("Data") == [
        ("_version", "_round", "pets", "many", "ord"),
        ("1", "spring", 1, 3, "NAP"),
        ("2", "autumn", "DK", "NA", "katt"),
    ]
    versions = {row[0]: row[9] for row in sheet("Kodbok")}
    assert (versions["pets"], versions["ord"]) == ("1, 2", "2")


def test_a_round_with_responses_to_several_versions_is_one_file(context) -> None:
    """A mistake in a question was mended while the round was open."""
    autumn = make_round("autumn")
    newer = make_version(MORE)
    store(autumn, pets="1", many="3")
    store(autumn, newer.id, pets="0", many="", ord="hund")
    of = rounds.find("autumn")
    assert sheet("Data", exporting.write_round, of=of) == [
        ("_version", "pets", "many", "ord"),
        ("1", 1, 3, "NAP"),
        ("2", 0, "NA", "hund"),
    ]


def test_a_round_alone_has_the_columns_of_its_version(context) -> None:
    """Columns of other versions would all be empty."""
    store(make_round("spring"), pets="1", many="3")
    make_round("autumn", table=MORE)
    of = rounds.find("spring")
    assert sheet("Data", exporting.write_round, of=of)[0] == ("_version", "pets", "many")


def test_versions_that_are_called_alike_are_told_apart_by_number(context) -> None:
    """Authors forget to change the version."""
    store(make_round("spring"), pets="1", many="3")
    store(make_round("autumn", table=MORE.replace("| 2       |\n", "| 1       |\n")), ord="katt")
    assert [row[0] for row in sheet("Data")] == ["_version", "1 (1)", "1 (2)"]


def test_contradicting_versions_are_refused_with_their_names(context) -> None:
    """Versions that were published before contradictions were refused stay apart."""
    store(make_round("spring"), pets="1", many="3")
    # Past `publish`, which would refuse it.
    table = MORE.replace("| integer          | many |", "| text             | many |")
    content = workbook_of(table).to_json()
    with writing():
        version = InstrumentVersion(
            name="pets", label="2", number=2, mode="anonymous", title={"sv": "Husdjur"},
            workbook=content, digest=instruments.digest_of(content),
            published_on=queries.versions_of("pets")[0].published_on,
        )  # fmt: skip
        db.session.add(version)
    rounds.create("autumn", version)
    release("spring")
    with pytest.raises(SeveralVersions, match="same names: many"):
        exporting.write_instrument("pets", "xlsx", BytesIO())
    assert exporting.write_round(rounds.find("spring"), "csv", BytesIO()) == 1


def test_repeats_come_with_their_keys(context) -> None:
    """Each child finds its family, however the rows were shuffled."""
    of = make_round("familjer", table=FAMILY)
    store(of, **{"x": "A", "barn[1]/namn": "a1", "barn[2]/namn": "a2"})
    store(of, **{"x": "B", "barn[1]/namn": "b1"})
    rows = {row[1]: row[2] for row in sheet("Data", of="familj")[1:]}
    children = sheet("barn", of="familj")
    assert children[0] == ("_parent", "_number", "namn")
    found = sorted((rows[parent], number, name) for parent, number, name in children[1:])
    assert found == [("A", 1, "a1"), ("A", 2, "a2"), ("B", 1, "b1")]
    target = BytesIO()
    exporting.write_instrument("familj", "csv", target)
    assert zipfile.ZipFile(target).namelist() == ["Data.csv", "barn.csv"]


def test_an_instrument_without_rounds_has_nothing_to_export(context) -> None:
    """A misspelt name is said."""
    with pytest.raises(NothingToExport):
        exporting.write_instrument("pets", "csv", BytesIO())


def test_a_file_of_several_rounds_names_them_with_their_titles(context) -> None:
    """Whoever compares terms filters by a column, and finds its codes in the codebook."""
    store(make_round("spring"), pets="1")
    store(make_round("autumn"), pets="1")
    assert [row[:2] for row in sheet("Data")][1:] == [("1", "autumn"), ("1", "spring")]
    values = [row for row in sheet("Värden") if row[0] == "_round"]
    assert {row[1] for row in values} == {"spring", "autumn"}
    assert any(row[0] == "_round" for row in sheet("Kodbok"))


def test_a_file_of_one_round_has_no_column_for_it(context) -> None:
    """It would say the same in every row."""
    of = make_round("spring")
    store(of, pets="1")
    release("spring")
    target = BytesIO()
    exporting.write_round(of, "xlsx", target)
    header = next(load_workbook(target)["Data"].iter_rows(values_only=True))
    assert header[:2] == ("_version", "pets")

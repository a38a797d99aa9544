"""The SPSS file, in programs that did not write it."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pyreadstat

from tests.exports.factories import ask, item, make_instrument, make_table, respond
from tests.exports.families import ROWS, family
from tests.exports.statistical.files import LONG, LONG_NAME, written
from tests.tools.pspp import labelled_rows, run_pspp

CODES = {-99: "NA", -98: "NAP", -999_999_999: "NA", -999_999_998: "NAP"}


def test_an_analyst_finds_codes_labels_and_levels(tmp_path: Path) -> None:
    """Codes are the workbook's; codes that are words are counted in the order of their list."""
    rows, meta = pyreadstat.read_sav(written(tmp_path, "sav"), user_missing=True)
    assert list(rows["trivs"]) == [4, -97, -96]
    assert list(rows["kön"]) == [1, -97, -99]
    assert list(rows["hinder__sömn"]) == [1, -97, -99]
    assert list(rows["antal"]) == [3, -99, -999_999_999]
    assert list(rows["poäng"]) == [12, -1.25, -999_999_999]
    assert list(rows["blandat"]) == ["7", "sju", "NAP"]
    assert list(rows["ord"]) == [f"rad\n{LONG}", '"NA"', "=1+1"]
    assert meta.variable_value_labels["kön"] == {
        1: "Flicka", 2: "Pojke", -97: "Vet ej", -96: "Vill inte svara",
        -99: "Not answered", -98: "Not asked",
    }  # fmt: skip
    assert meta.column_names_to_labels["hinder__oro"] == "Hinder: Oro"
    assert meta.variable_measure["trivs"] == "ordinal"
    assert meta.variable_measure["kön"] == "nominal"
    assert meta.variable_measure["antal"] == "scale"
    assert meta.file_label == "Min skolsituation"


def test_missing_answers_leave_statistics_alone(tmp_path: Path) -> None:
    """All four kinds of missing are missing to SPSS, and days are days."""
    rows, _ = pyreadstat.read_sav(written(tmp_path, "sav"))
    assert rows["trivs"].count() == 1
    assert rows["kön"].count() == 1
    assert list(rows["antal"])[:2] == [3, -99]  # an answer, whatever the codes of lists
    assert (rows["dag"][0], rows["kl"][0]) == (date(2026, 1, 5), time(7, 45))
    assert rows["när"][0] == datetime(2026, 1, 5, 14, 30, 15)  # noqa: DTZ001 - the clock on the wall
    assert rows[["dag", "kl", "när"]].count().tolist() == [1, 1, 1]


def test_names_that_spss_refuses_are_mended(tmp_path: Path) -> None:
    """The label keeps the name that the workbook has."""
    _, meta = pyreadstat.read_sav(written(tmp_path, "sav"))
    labels = meta.column_names_to_labels
    assert labels["version"] == "Version of the questionnaire [_version]"
    assert labels["q_with"] == "Ett ord som programmen behåller [with]"
    assert labels["svar_två.a"] == "[svar-två.a]"
    assert labels["Trivs_2"] == "[Trivs]"
    assert any(label and LONG_NAME in label for label in labels.values())
    assert all(len(name.encode()) <= 64 for name in labels)
    assert len((labels["trivs"] or "").encode()) <= 255


def test_pspp_shows_the_words_of_the_workbook(tmp_path: Path) -> None:
    """A program of another family reads the file without a warning."""
    written(tmp_path, "sav")
    header, first, second, _ = labelled_rows(tmp_path, "GET FILE='file.sav'.")
    shown = dict(zip(header, first, strict=True))
    assert shown["trivs"] == "Stämmer helt"
    assert shown["kön"] == "Flicka"
    assert shown["ord"] == f"rad\n{LONG}"
    assert shown["dag"] == "01/05/2026"  # as PSPP writes days into CSV
    assert dict(zip(header, second, strict=True))["kön"].strip() == ""  # missing, not a value
    run_pspp("GET FILE='file.sav'.\nFREQUENCIES trivs kön.", tmp_path)
    table = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert table.index("Missing") < table.index("Vet ej")


def test_short_texts_know_their_missing_codes(tmp_path: Path) -> None:
    """SPSS has missing values for texts of eight bytes; for longer ones programs disagree."""
    table = make_table(make_instrument(ask("ord")), respond(ord="kort"), respond(ord=None))
    rows, _ = pyreadstat.read_sav(written(tmp_path, "sav", table))
    assert rows["ord"].count() == 1


def test_a_text_longer_than_spss_allows_is_cut_with_a_mark(tmp_path: Path) -> None:
    """Nothing stops the export, and nobody takes the rest for the whole."""
    table = make_table(make_instrument(ask("ord")), respond(ord="ö" * 40_000))
    rows, _ = pyreadstat.read_sav(written(tmp_path, "sav", table))
    text = rows["ord"][0]
    assert text.endswith("ö […]")
    assert 32_760 <= len(text.encode()) <= 32_767


def test_missing_numbers_keep_away_from_a_lists_own_codes(tmp_path: Path) -> None:
    """A code of -95 stays an answer."""
    question = ask("djup", "select_one", "-95 Djupt", "0 Ytan", "!DK Vet ej")
    table = make_table(make_instrument(question), respond(djup="-95"), respond(djup="DK"))
    rows, _ = pyreadstat.read_sav(written(tmp_path, "sav", table), user_missing=True)
    assert list(rows["djup"]) == [-95, -997]


def test_repeats_become_files_of_their_own(tmp_path: Path) -> None:
    """One table per file, in one zip file, as in CSV."""
    with zipfile.ZipFile(written(tmp_path, "sav", family())) as archive:
        assert archive.namelist() == [f"{name}.sav" for name in ROWS]
        archive.extractall(tmp_path)
    for name, (header, *rows) in ROWS.items():
        read, _ = pyreadstat.read_sav(tmp_path / f"{name}.sav", user_missing=True)
        assert [f"_{name}" if f"_{name}" in header else name for name in read] == list(header)
        assert read.replace(CODES).to_numpy().tolist() == [list(row) for row in rows], name


def test_the_same_table_has_the_same_bytes(tmp_path: Path) -> None:
    """Two downloads can be compared; the file does not say when it was made."""
    first = written(tmp_path, "sav").read_bytes()
    assert written(tmp_path, "sav").read_bytes() == first
    assert b"01 Jan 8000:00:00" in first[:200]


def test_no_rows_make_a_file_too(tmp_path: Path) -> None:
    """A round that nobody answered has a codebook."""
    rows, meta = pyreadstat.read_sav(
        written(tmp_path, "sav", make_table(make_instrument(item("a"))))
    )
    assert len(rows) == 0
    assert meta.column_names == ["version", "a", "index_trivsel"]

"""The Stata file, as pandas reads it, which has a reader of its own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
from pandas.io.stata import StataReader

from tests.exports.factories import ask, item, make_instrument, make_table, respond
from tests.exports.families import ROWS, family
from tests.exports.statistical.files import LONG, LONG_NAME, written


def read(path: Path) -> pd.DataFrame:
    """Read numbers as they stand, and missing values by their letters."""
    plainly = {"convert_categoricals": False, "convert_dates": False, "convert_missing": True}
    frame = pd.read_stata(path, **plainly)
    return frame.map(str)


def test_an_analyst_finds_codes_labels_and_kinds_of_missing(tmp_path: Path) -> None:
    """NA is .n, NAP .p, DK .d and REF .r; texts are as in the workbook."""
    path = written(tmp_path, "stata")
    rows = read(path)
    assert list(rows["trivs"]) == ["4", ".d", ".r"]
    assert list(rows["kön"]) == ["1", ".d", ".n"]
    assert list(rows["hinder__sömn"]) == ["1", ".d", ".n"]
    assert list(rows["antal"]) == ["3.0", "-99.0", ".n"]
    assert list(rows["poäng"]) == ["12.0", "-1.25", ".n"]
    assert list(rows["blandat"]) == ["7", "sju", "NAP"]
    assert list(rows["ord"]) == [f"rad\n{LONG}", '"NA"', "=1+1"]
    assert list(rows["dag"])[1:] == [".n", ".p"]
    with StataReader(path) as reader:
        labels, sets = reader.variable_labels(), reader.value_labels()
        assert reader.data_label == "Min skolsituation"
        assert reader.time_stamp == "01 Jan 1980 00:00"
    assert labels["hinder__oro"] == "Hinder: Oro"
    assert len(labels["trivs"]) == 80
    kön = next(found for name, found in sets.items() if name.startswith("kön"))
    assert {1: "Flicka", 2: "Pojke"}.items() <= kön.items()
    assert set(kön.values()) == {
        "Flicka", "Pojke", "Vet ej", "Vill inte svara", "Not answered", "Not asked",
    }  # fmt: skip
    assert all(len(name) <= 32 for name in sets)


def test_means_leave_missing_answers_out(tmp_path: Path) -> None:
    """Days, times and moments are Stata's own."""
    rows = pd.read_stata(written(tmp_path, "stata"), convert_categoricals=False)
    assert rows["trivs"].mean() == 4
    assert rows["dag"][0] == pd.Timestamp(2026, 1, 5)
    assert rows["när"][0] == pd.Timestamp(2026, 1, 5, 14, 30, 15)
    assert rows["kl"][0] == pd.Timestamp(1960, 1, 1, 7, 45)
    assert rows["dag"].count() == 1


def test_names_that_stata_refuses_are_mended(tmp_path: Path) -> None:
    """The label keeps the name that the workbook has, as far as it has room."""
    with StataReader(written(tmp_path, "stata")) as reader:
        labels = reader.variable_labels()
    assert labels["_version"] == "Version of the questionnaire"
    assert labels["q_with"] == "Ett ord som programmen behåller [with]"
    assert labels["svar_två_a"] == "[svar-två.a]"
    assert labels["Trivs_2"] == "[Trivs]"
    assert f"[{LONG_NAME}]" in labels.values()
    assert all(len(name) <= 32 for name in labels)


def test_long_texts_stay_whole(tmp_path: Path) -> None:
    """Stata keeps texts of more than 2,045 bytes apart; none is cut."""
    texts = ["ö" * 3_000, "kort", "ö" * 3_000, "å" * 50_000, ""]
    table = make_table(make_instrument(ask("ord")), *(respond(ord=text) for text in texts))
    rows = pd.read_stata(written(tmp_path, "stata", table))
    assert list(rows["ord"]) == [*texts[:-1], "NA"]


def test_repeats_become_files_of_their_own(tmp_path: Path) -> None:
    """One table per file, in one zip file, as in CSV."""
    with zipfile.ZipFile(written(tmp_path, "stata", family())) as archive:
        assert archive.namelist() == [f"{name}.dta" for name in ROWS]
        archive.extractall(tmp_path)
    rows = read(tmp_path / "barn.dta")
    assert list(rows["alder"]) == ["6.0", "12.0", ".n"]
    assert list(rows["leksak__count"]) == ["2.0", ".p", "1.0"]
    assert list(rows["_parent"]) == ["1.0", "1.0", "2.0"]


def test_codes_too_large_for_four_bytes_stay_whole(tmp_path: Path) -> None:
    """A code may have fifteen digits."""
    question = ask("id", "select_one", "123456789012345 Lång", "1 Kort")
    table = make_table(make_instrument(question), respond(id="123456789012345"), respond(id="1"))
    rows = pd.read_stata(written(tmp_path, "stata", table), convert_categoricals=False)
    assert list(rows["id"]) == [123456789012345, 1]


def test_the_same_table_has_the_same_bytes(tmp_path: Path) -> None:
    """Two downloads can be compared; the file does not say when it was made."""
    first = written(tmp_path, "stata").read_bytes()
    assert written(tmp_path, "stata").read_bytes() == first


def test_no_rows_make_a_file_too(tmp_path: Path) -> None:
    """A round that nobody answered has a codebook."""
    rows = pd.read_stata(written(tmp_path, "stata", make_table(make_instrument(item("a")))))
    assert list(rows.columns) == ["_version", "a", "index_trivsel"]
    assert len(rows) == 0

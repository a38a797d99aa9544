"""Built-in instruments become workbooks, in the languages that are signed off."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from forms import library
from forms.workbook import CHOICES, SETTINGS, SURVEY, Workbook

SV = "label::Svenska (sv)"
EN = "label::English (en)"


def catalogue(folder: Path, language: str, *messages: str) -> Path:
    """Write a catalogue of elevenkat with the given messages; give the folder of languages."""
    path = folder / language / "LC_MESSAGES" / "elevenkat.po"
    path.parent.mkdir(parents=True)
    header = f'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset=utf-8\\n"'
    path.write_text("\n\n".join((header, *messages)), encoding="utf-8")
    return folder


def message(context: str, text: str, translation: str, flag: str = "") -> str:
    """Give one entry of a catalogue."""
    entry = f'msgctxt "{context}"\nmsgid "{text}"\nmsgstr "{translation}"'
    return f"#, {flag}\n{entry}" if flag else entry


def cells(workbook: Workbook, name: str) -> dict[str, str]:
    """Give the survey row of a question."""
    rows = workbook.sheet(SURVEY).rows
    return dict(next(row.cells for row in rows if row.cells.get("name") == name))


TRI1 = "Jag tycker om att vara i skolan."


def test_the_names_are_those_of_the_files() -> None:
    """Commands list what is there."""
    assert "elevenkat" in library.names()


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    """A typing mistake on the command line is answered with help, and no path is opened."""
    with pytest.raises(library.NoSuchInstrument, match="elevenkat"):
        library.load("../elevenkat")


def test_without_catalogues_an_instrument_is_in_swedish_only(tmp_path) -> None:
    """The source language needs no catalogue."""
    workbook = library.load("elevenkat", tmp_path)
    assert cells(workbook, "TRI1")[SV] == TRI1
    headers = [header for sheet in workbook.sheets for header in sheet.headers]
    assert [header for header in headers if "::" in header and "(sv)" not in header] == []


def test_a_signed_off_text_stands_in_a_column_of_its_language(tmp_path) -> None:
    """The translated title stands beside form_title, which other tools read."""
    folder = catalogue(
        tmp_path,
        "en",
        message("TRI1.label", TRI1, "I like being at school."),
        message("agreement.4.label", "Stämmer helt", "Completely true"),
        message("settings.form_title", "Min skolsituation", "My situation"),
    )
    workbook = library.load("elevenkat", folder)
    assert cells(workbook, "TRI1")[EN] == "I like being at school."
    assert workbook.sheet(CHOICES).rows[0].cells[EN] == "Completely true"
    settings = workbook.sheet(SETTINGS).rows[0].cells
    assert settings["form_title"] == settings["sa_title::Svenska (sv)"] == "Min skolsituation"
    assert settings["sa_title::English (en)"] == "My situation"


@pytest.mark.parametrize(
    "entry",
    [
        message("TRI1.label", TRI1, "I love school.", flag="fuzzy"),
        message("TRI1.label", TRI1, ""),
        message("TRI1.label", "Jag gillar skolan.", "I like school."),
        message("TRI2.label", TRI1, "I like being at school."),
    ],
    ids=["fuzzy", "empty", "for an older text", "for another place"],
)
def test_a_text_that_nobody_signed_off_is_left_out(tmp_path, entry) -> None:
    """A machine's draft, or the translation of an older wording, never reaches a pupil."""
    other = message("KAM1.label", "Jag har någon att vara med på rasterna.", "I have someone.")
    workbook = library.load("elevenkat", catalogue(tmp_path, "en", entry, other))
    assert EN in workbook.sheet(SURVEY).headers
    assert EN not in cells(workbook, "TRI1")


def test_a_language_of_drafts_alone_gets_no_column(tmp_path) -> None:
    """A language does not appear in the menu before anyone has read it."""
    draft = message("TRI1.label", TRI1, "Waan jeclahay dugsiga.", flag="fuzzy")
    workbook = library.load("elevenkat", catalogue(tmp_path, "so", draft))
    assert workbook == library.load("elevenkat", tmp_path / "none")


def test_a_language_with_a_longer_tag_keeps_it_in_its_column(tmp_path) -> None:
    """Easy Swedish has a catalogue of its own beside Swedish."""
    folder = catalogue(tmp_path, "sv@simple", message("TRI1.label", TRI1, "Jag gillar skolan."))
    assert (
        "label::Lättläst svenska (sv-simple)"
        in library.load("elevenkat", folder).sheet(SURVEY).headers
    )


def test_steps_of_a_ladder_need_no_translation(tmp_path) -> None:
    """Nobody is asked to translate "7", and nobody reads a ladder with holes."""
    folder = catalogue(tmp_path, "en", message("TRI1.label", TRI1, "I like being at school."))
    rows = library.load("elevenkat", folder).sheet(CHOICES).rows
    step = next(
        r.cells for r in rows if (r.cells["list_name"], r.cells["name"]) == ("ladder_life", "7")
    )
    assert step[SV] == step[EN] == "7"
    assert "7" not in {message.id for message in library.extract("elevenkat")}


@pytest.mark.parametrize("name", library.names())
def test_a_built_in_instrument_passes_the_standard_compiler(name) -> None:
    """Downloaded as a workbook, it opens in ODK and KoboToolbox without a warning."""
    workbook = library.load(name)
    assert convert(workbook.for_pyxform(), form_name="data").warnings == []


@pytest.mark.parametrize("name", library.names())
def test_a_built_in_instrument_is_called_as_its_file(name) -> None:
    """The name on the command line is the name in the list of instruments."""
    assert library.load(name).sheet(SETTINGS).rows[0].cells["form_id"] == name

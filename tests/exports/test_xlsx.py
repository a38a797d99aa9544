"""The workbook: six sheets, worked out by hand and read back with openpyxl."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from exports.table import Table
from tests.exports.example import HEADER, INSTRUMENT, make_example
from tests.exports.factories import (
    AGREE,
    MISSING,
    ask,
    make_instrument,
    make_table,
    open_xlsx,
    respond,
    rows_of,
    sheet_rows,
)

SHEETS = ["Läs mig", "Data", "Etiketter", "Kodbok", "Värden", "Sammanfattning"]
DAY = datetime(2026, 1, 5)  # noqa: DTZ001 - Excel knows no time zones


def test_sheets_have_the_promised_names_in_the_promised_order() -> None:
    """Other programs find the sheets by name."""
    assert open_xlsx(make_example()).sheetnames == SHEETS


def test_data_holds_codes_worked_out_by_hand() -> None:
    """The analyst's sheet: numbers are numbers, dates dates, missing codes text."""
    assert sheet_rows(open_xlsx(make_example()), "Data") == [
        HEADER,
        ("1", 4, 4, 1, 0, 0, 3, 2.5, DAY, "Bra å ä ö", 5),
        ("1", "DK", 2, "DK", "DK", 1, "NA", "NAP", "NAP", '"NA"', pytest.approx(20 / 3, abs=1e-14)),
        ("1", "NA", "REF", "NA", "NA", "NA", -1, "NA", "NA", "NA", "NA"),
    ]


def test_labels_stand_where_the_codes_stand() -> None:
    """The reader's sheet has the same rows and columns."""
    rest = ("Not asked", "Not asked", '"NA"', pytest.approx(20 / 3, abs=1e-14))
    assert sheet_rows(open_xlsx(make_example()), "Etiketter") == [
        (*HEADER, "hinder"),
        (
            "1",
            "Stämmer helt",
            "Stämmer helt",
            "Yes",
            "No",
            "No",
            3,
            2.5,
            DAY,
            "Bra å ä ö",
            5,
            "Sömn",
        ),
        (
            *("1", "Vet ej", "Stämmer ganska dåligt", "Vet ej", "Vet ej", "Yes"),
            *("Not answered", *rest, "Vet ej"),
        ),
        ("1", "Not answered", "Vill inte svara", *["Not answered"] * 3, -1, *["Not answered"] * 5),
    ]


def test_all_that_was_ticked_is_one_text_too() -> None:
    """A reader filters and counts combinations; the order is the question's, not the click's."""
    ticked = ["oro somn", "somn", "DK", None]
    rows = [*(respond(hinder=each) for each in ticked), respond()]
    labels = sheet_rows(open_xlsx(make_table(INSTRUMENT, *rows)), "Etiketter")
    found = [row[-1] for row in labels]
    assert found == ["hinder", "Sömn; Oro", "Sömn", "Vet ej", "Not answered", "Not asked"]


def test_the_codebook_has_one_row_per_column() -> None:
    """Every column of Data is explained, in the same order."""
    rows = sheet_rows(open_xlsx(make_example()), "Kodbok")
    assert tuple(row[0] for row in rows[1:]) == HEADER
    facts = ("min_skolsituation", "1")
    assert rows[3] == (
        *("tri2", "Jag är orolig", "select_one", "ordinal", "tri2", "Trivsel", "Yes"),
        *("DK REF NA NAP", *facts, None),
    )
    assert rows[11][:4] == ("index_trivsel", "Index 0–10: Trivsel", "index", "scale")


def test_values_list_every_code_with_label_and_meaning() -> None:
    """Value labels can be carried over to any program."""
    rows = sheet_rows(open_xlsx(make_example()), "Värden")
    tri1 = [row[1:4] for row in rows if row[0] == "tri1"]
    assert tri1 == [
        (4, "Stämmer helt", "No"),
        (3, "Stämmer ganska bra", "No"),
        (2, "Stämmer ganska dåligt", "No"),
        (1, "Stämmer inte alls", "No"),
        ("DK", "Vet ej", "Yes"),
        ("REF", "Vill inte svara", "Yes"),
        ("NA", "Not answered", "Yes"),
        ("NAP", "Not asked", "Yes"),
    ]
    assert all(bool(row[4]) == (row[3] == "Yes") for row in rows[1:])
    for name in HEADER:
        assert {"NA", "NAP"} <= {row[1] for row in rows if row[0] == name}
    assert [row[1] for row in rows if row[0] == "hinder__oro"] == [0, 1, "DK", "NA", "NAP"]


def test_every_code_in_data_is_among_the_values() -> None:
    """A coded cell that no sheet explains would be a riddle."""
    book = open_xlsx(make_example())
    listed = {(row[0], row[1]) for row in sheet_rows(book, "Värden")}
    coded = HEADER[1:6]
    for row in rows_of(make_example()):
        assert {(name, row[name]) for name in coded} <= listed


def text_of(table: Table, sheet: str = "Läs mig", **more: object) -> str:
    """Join the cells of a sheet."""
    rows = sheet_rows(open_xlsx(table, **more), sheet)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def test_read_me_says_what_the_file_is_and_how_to_read_it() -> None:
    """Whoever gets the file in five years understands it without us."""
    text = text_of(make_example())
    for part in ("Min skolsituation", "HT 2026", "min_skolsituation, 1", "Responses\n3", "Svenska"):
        assert part in text
    for part in ("NA means", "NAP means", "at least half", "No cell holds a formula", "cut"):
        assert part in text


def test_read_me_leaves_out_the_index_when_there_is_none() -> None:
    """Nothing is explained that the file does not have."""
    text = text_of(make_table(make_instrument(ask("ord")), respond(ord="a")))
    assert "index" not in text


def test_our_sentences_go_through_gettext_and_author_texts_do_not() -> None:
    """A Swedish coordinator reads Swedish; nothing of the author's is looked up."""
    asked: list[str] = []

    def gettext(sentence: str) -> str:
        asked.append(sentence)
        return f"¤{sentence}"

    book = open_xlsx(make_example(), gettext=gettext)
    assert "" not in asked
    assert "Vet ej" not in asked
    assert sheet_rows(book, "Etiketter")[3][1] == "¤Not answered"
    ours = [row[0] or row[1] for row in sheet_rows(book, "Läs mig")[1:]]
    assert all(str(text).startswith("¤") for text in ours)


def test_labels_follow_the_wanted_language_and_fall_back() -> None:
    """A missing translation is shown in the questionnaire's own language."""
    question = ask("q", label={"sv": "Fråga", "en": "Question"})
    table = make_table(make_instrument(question, ask("r", label="Bara svenska")), respond())
    rows = sheet_rows(open_xlsx(table, language="en"), "Kodbok")
    assert [row[1] for row in rows[2:]] == ["Question", "Bara svenska"]


def test_the_summary_hides_small_groups_everywhere_in_the_file() -> None:
    """Three responses have no mean that may be shown."""
    rows = sheet_rows(open_xlsx(make_example()), "Sammanfattning")
    assert rows[1] == ("index_trivsel", "Index 0–10: Trivsel", *[".."] * 6)


def test_the_summary_shows_large_groups_with_one_decimal() -> None:
    """Twelve responses may be summed up."""
    book = open_xlsx(make_table(INSTRUMENT, *[respond(tri1="3", tri2="DK")] * 12))
    cells = next(book["Sammanfattning"].iter_rows(min_row=2))
    assert [cell.value for cell in cells[2:]] == [12, 12, 50, "≤50", "≤50", 6.7]
    assert cells[7].number_format == "0.0"


@pytest.mark.parametrize("name", SHEETS[1:])
def test_sheets_of_rows_have_frozen_headers_filters_and_print_well(name: str) -> None:
    """The coordinator scrolls, filters and prints without setting anything up."""
    sheet = open_xlsx(make_example())[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A1"].font.bold
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    widths = [dimension.width for dimension in sheet.column_dimensions.values()]
    assert all(10 <= width <= 60 for width in widths)


def test_dates_and_indices_are_shown_as_they_are_meant() -> None:
    """A date is no number to the reader, and an index has one decimal."""
    row = next(open_xlsx(make_example())["Data"].iter_rows(min_row=2))
    assert row[8].number_format == "yyyy-mm-dd"
    assert row[10].number_format == "0.0"


def test_numbers_and_dates_that_excel_would_change_are_text() -> None:
    """Sixteen digits lose the last one, and 1900 has a day too many."""
    instrument = make_instrument(
        ask("n", "integer"), ask("d", "date"), ask("e", "date"), ask("t", "decimal")
    )
    table = make_table(
        instrument,
        respond(n="1234567890123456", d="1900-02-28", e="1900-03-01", t="1E+999"),
        respond(n="-999999999999999"),
    )
    rows = sheet_rows(open_xlsx(table), "Data")
    assert rows[1][1:3] == ("1234567890123456", "1900-02-28")
    assert rows[1][3] == datetime.combine(date(1900, 3, 1), datetime.min.time())
    assert rows[1][4] == "1E+999"
    assert rows[2][1] == -999999999999999


def test_a_questionnaire_without_responses_still_gives_a_codebook() -> None:
    """The analyst prepares before the first answer."""
    book = open_xlsx(make_table(INSTRUMENT))
    assert sheet_rows(book, "Data") == [HEADER]
    assert len(sheet_rows(book, "Kodbok")) == 1 + len(HEADER)


def test_a_label_is_never_mistaken_for_a_number_in_between() -> None:
    """A list with codes in figures: the sheet of labels holds words only."""
    instrument = make_instrument(ask("q", "select_one", *AGREE, *MISSING))
    rows = sheet_rows(open_xlsx(make_table(instrument, respond(q="1"))), "Etiketter")
    assert rows[1] == ("1", "Stämmer inte alls")

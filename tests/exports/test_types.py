"""Times, places, ranks, ticks and files: each type's cells, worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from exports.codebook import Measure, codebook_of
from exports.errors import AnswerDoesNotFit
from exports.writers.csv import write_csv
from forms.expressions import parse
from tests.exports.factories import (
    ask,
    cells_of,
    make_instrument,
    make_table,
    open_xlsx,
    respond,
    sheet_rows,
    xlsx_bytes,
)

TYPED = make_instrument(
    ask("grad", "range", label="Hur mycket?"),
    ask("tid", "time"),
    ask("stund", "dateTime"),
    ask("ordning", "rank", "a Lek", "b Mat", "c Vila", label="Ordna"),
    ask("lovar", "acknowledge", label="Jag lovar"),
    ask("plats", "geopoint", label="Var?"),
    ask("bild", "image"),
    ask("fil", "file"),
    ask("borjan", "start"),
    ask("slut", "end"),
    ask("dag", "today"),
)
MOMENT = datetime(2026, 1, 5, 14, 30)  # noqa: DTZ001 - the file knows no time zones


def cells(**answers: str | None) -> dict[str, object]:
    """Code one response."""
    return dict(cells_of(TYPED, respond(**answers)))


def test_columns_of_every_type_have_the_promised_names() -> None:
    """Whoever writes a syntax file can do so before the first answer."""
    assert codebook_of(TYPED).names == (
        *("_version", "grad", "tid", "stund", "ordning__a", "ordning__b", "ordning__c", "lovar"),
        *("plats_latitude", "plats_longitude", "plats_altitude", "plats_accuracy"),
        *("bild", "fil", "borjan", "slut", "dag"),
    )


@pytest.mark.parametrize(
    ("question", "answer", "cell"),
    [
        ("grad", "7", 7),
        ("grad", "2.5", Decimal("2.5")),
        ("grad", "-3", -3),
        ("tid", "07:45", time(7, 45)),
        ("tid", "07:45:30", time(7, 45, 30)),
        ("stund", "2026-01-05T14:30", MOMENT),
        ("lovar", "OK", 1),
        ("bild", "b1f.jpg", "b1f.jpg"),
        ("fil", "NA", '"NA"'),
        ("borjan", "2026-01-05T14:30", MOMENT),
        ("slut", "2026-01-05T14:30:00.000+01:00", MOMENT),
        ("dag", "2026-01-05", date(2026, 1, 5)),
    ],
)
def test_an_answer_becomes_a_cell_of_its_type(question: str, answer: str, cell: object) -> None:
    """Numbers, days and times can be computed with at once."""
    coded = cells(**{question: answer})[question]
    assert coded == cell
    assert type(coded) is type(cell)


@pytest.mark.parametrize("question", ["grad", "tid", "stund", "lovar", "bild", "slut"])
def test_left_empty_and_never_asked_are_told_apart(question: str) -> None:
    """A tick that was not made is no tick that was never asked for."""
    assert cells(**{question: None})[question] == "NA"
    assert cells()[question] == "NAP"


@pytest.mark.parametrize(
    ("answer", "places"), [("b c a", [3, 1, 2]), ("a b c", [1, 2, 3]), (None, ["NA"] * 3)]
)
def test_each_alternative_of_a_ranking_has_its_place(answer: str | None, places: object) -> None:
    """Mean places can be computed column by column."""
    assert [cells(ordning=answer)[f"ordning__{code}"] for code in "abc"] == places


def test_an_alternative_without_a_place_was_left_out_or_not_offered() -> None:
    """Whoever could not choose Vila has not put it last."""
    assert cells(ordning="b a")["ordning__c"] == "NA"
    filtered = ask("r", "rank", "a Lek", "b Mat", choice_filter=parse("name = ${x}"))
    assert cells_of(make_instrument(filtered), respond(r="b")) == {
        "_version": "1",
        "r__a": "NAP",
        "r__b": 1,
    }
    assert {v for k, v in cells().items() if k.startswith("ordning__")} == {"NAP"}


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("59.33 18.07", [Decimal("59.33"), Decimal("18.07"), "NA", "NA"]),
        ("-59.330 18 12.5 4", [Decimal("-59.33"), 18, Decimal("12.5"), 4]),
        (None, ["NA"] * 4),
    ],
)
def test_a_position_is_four_numbers(answer: str | None, numbers: list[object]) -> None:
    """A map program wants latitude and longitude apart; not every device knows the height."""
    parts = ("latitude", "longitude", "altitude", "accuracy")
    assert [cells(plats=answer)[f"plats_{part}"] for part in parts] == numbers


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("grad", "sju"),
        ("grad", "NaN"),
        ("tid", "25:00"),
        ("stund", "2026-01-05"),
        ("stund", "i morgon"),
        ("ordning", "a hemlig"),
        ("ordning", "a a"),
        ("lovar", "nej"),
        ("plats", "59.33"),
        ("plats", "59 18 NaN"),
        ("plats", "1 2 3 4 5"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_an_error(question: str, answer: str) -> None:
    """Damaged data is neither lost nor guessed at, and not quoted."""
    with pytest.raises(AnswerDoesNotFit) as caught:
        cells(**{question: answer})
    assert answer not in str(caught.value)


def test_the_measurement_level_follows_the_type() -> None:
    """Places are an order, numbers and times a scale, names of files neither."""
    levels = {v.name: v.measure for v in codebook_of(TYPED).variables}
    assert {name for name, level in levels.items() if level is Measure.ORDINAL} == {
        "ordning__a",
        "ordning__b",
        "ordning__c",
    }
    nominal = {name for name, level in levels.items() if level is Measure.NOMINAL}
    assert nominal == {"_version", "lovar", "bild", "fil"}


ANSWERS = respond(tid="07:45", stund="2026-01-05T14:30", lovar="OK", plats="59.33 18.07")


def test_times_are_times_in_excel_in_both_readers() -> None:
    """Hours can be sorted and subtracted."""
    content = xlsx_bytes(make_table(TYPED, ANSWERS))
    row = sheet_rows(open_xlsx(make_table(TYPED, ANSWERS)), "Data")[1]
    assert (row[2], row[3]) == (time(7, 45), MOMENT)
    data = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Data")
    assert data.to_python()[1][2:4] == [time(7, 45), MOMENT]


def test_a_moment_before_excels_days_is_text() -> None:
    """1900 has a day too many in Excel."""
    table = make_table(TYPED, respond(stund="1900-02-28T10:00"))
    assert sheet_rows(open_xlsx(table), "Data")[1][3] == "1900-02-28T10:00:00"


def test_times_are_iso_in_csv() -> None:
    """Every program reads them."""
    stream = BytesIO()
    write_csv(make_table(TYPED, ANSWERS), stream, byte_order_mark=False)
    line = stream.getvalue().decode().splitlines()[1]
    assert line == (
        "1,NAP,07:45:00,2026-01-05T14:30:00,NAP,NAP,NAP,1,59.33,18.07,NA,NA,NAP,NAP,NAP,NAP,NAP"
    )


def test_labels_of_the_parts_of_a_position_name_the_question() -> None:
    """`plats_altitude` is read by people too; a question without a label goes by its name."""
    book = open_xlsx(make_table(make_instrument(TYPED.questions["plats"], ask("x", "geopoint"))))
    labels = [row[1] for row in sheet_rows(book, "Kodbok")[2:]]
    assert labels[0] == "Var?: latitude, degrees"
    assert labels[2] == "Var?: altitude, metres"
    assert labels[4] == "x: latitude, degrees"


def test_read_me_explains_ranks_clocks_and_filters_only_where_there_are_any() -> None:
    """Nobody reads about what the file does not have."""
    filtered = ask("hinder", "select_multiple", "a A", choice_filter=parse("true()"))

    def text(*questions: object) -> str:
        rows = sheet_rows(open_xlsx(make_table(make_instrument(*questions))), "Läs mig")  # type: ignore[arg-type]
        return "\n".join(str(row[1]) for row in rows)

    unfiltered = ask("annat", "select_multiple", "a A")
    everything = text(*TYPED.questions.values(), filtered, unfiltered)
    for part in ("A ranking has", "no time zones", "not ticked: hinder."):
        assert part in everything
        assert part not in text(ask("ord"))

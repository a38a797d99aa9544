"""CSV files as an author's programs write them, as sheets of the workbook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.problems import Problems
from forms.tables import MOST_COLUMNS, MOST_ROWS, csv_of, table_of
from forms.workbook import Row, Sheet, Workbook


def read(content: bytes | str, name: str = "fruits.csv") -> tuple[Sheet | None, list[str]]:
    """Read a file; give the sheet, and the codes of what was refused."""
    problems = Problems()
    data = content.encode() if isinstance(content, str) else content
    return table_of(name, data, problems), [problem.code.name for problem in problems]


@pytest.mark.parametrize(
    "content",
    [
        "name,label\na,Äpple\n\nb,Banan\n",
        "\ufeffname;label\r\na;Äpple\r\n;\r\nb;Banan\r\n;;\r\n",
        'name\tlabel\n"a"\t" Äpple "\n\t\nb\tBanan',
    ],
)
def test_each_program_writes_csv_in_its_own_way(content: str) -> None:
    """Swedish Excel sets semicolons and a mark at the beginning."""
    rows = (Row(2, {"name": "a", "label": "Äpple"}), Row(4, {"name": "b", "label": "Banan"}))
    assert read(content) == (Sheet("fruits.csv", ("name", "label"), rows), [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "TABLE_REFUSED"),
        (",,\na,b,c", "TABLE_REFUSED"),
        ("name,label\na,Äpple".encode("latin-1"), "TABLE_REFUSED"),
        ('name,label\n"a,b', "TABLE_REFUSED"),
        ("name,label\na," + "x" * 2_000_000, "TABLE_REFUSED"),
        ("name\n" + "a\n" * (MOST_ROWS + 1), "TOO_MANY_ROWS"),
        (",".join("abcdefghij" for _ in range(MOST_COLUMNS + 1)), "TOO_MANY_COLUMNS"),
    ],
)
def test_what_cannot_be_read_or_is_too_much_is_refused(content: bytes | str, code: str) -> None:
    """The author learns how to save it; the server's memory is not for filling."""
    assert read(content) == (None, [code])


@pytest.mark.parametrize("name", ["../a.csv", "a/b.csv", ".csv", 'a"b.csv'])
def test_a_name_that_leaves_its_folder_is_refused(name: str) -> None:
    """It becomes a file again when the questionnaire is downloaded."""
    assert read("name\na", name) == (None, ["TABLE_REFUSED"])


def test_as_many_rows_as_allowed_are_read() -> None:
    """The limit is where it is said to be."""
    sheet, codes = read("name\n" + "a\n" * MOST_ROWS)
    assert (sheet and len(sheet.rows), codes) == (MOST_ROWS, [])


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)


@given(st.lists(st.dictionaries(st.sampled_from(["name", "label", "x"]), TEXT.filter(bool))))
def test_what_is_written_is_read_again(rows: list[dict[str, str]]) -> None:
    """A downloaded table is the one that was published, blank rows too."""
    filled = tuple(Row(number, cells) for number, cells in enumerate(rows, 2) if cells)
    sheet = Sheet("fruits.csv", ("name", "label", "x"), filled)
    problems = Problems()
    assert table_of("fruits.csv", csv_of(sheet), problems) == sheet
    assert len(problems) == 0


def test_a_table_stands_beside_the_sheets() -> None:
    """It is stored with them, takes the place of an empty sheet, and is no sheet to pyxform."""
    table = Sheet("fruits.csv", ("name",), (Row(2, {"name": "a"}),))
    workbook = Workbook((Sheet("survey", ("type",)), Sheet("Fruits.csv"))).with_tables([table])
    assert [sheet.name for sheet in workbook.sheets] == ["survey", "fruits.csv"]
    assert workbook.tables == (table,)
    assert Workbook.from_json(workbook.to_json()) == workbook
    assert list(workbook.for_pyxform()) == ["survey"]

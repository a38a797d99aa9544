"""A cell that has no effect in its row is named; one that has is not."""

from __future__ import annotations

import pytest

from forms.compile import compile_workbook
from forms.compile.vocabulary import SUPPORTED
from forms.problems import Level, ProblemCode
from forms.workbook import SURVEY
from tests.forms.tables import workbook_of

LISTS = """
    choices
    | list_name | name | label::Svenska (sv) |
    | yn        | 1    | Ja                  |
    | yn        | 0    | Nej                 |
    settings
    | form_id | default_language | sa_mode   |
    | test    | Svenska (sv)     | interview |
"""
VALUES = {
    "required": "yes",
    "relevant": "1 = 2",
    "constraint": ". = 1",
    "calculation": "1 + 1",
    "default": "1",
    "choice_filter": "name = '1'",
    "repeat_count": "2",
    "parameters": "start=2",
    "read_only": "yes",
    "sa_dimension": "d",
    "sa_reverse": "yes",
    "sa_sensitive": "yes",
    "image": "a.png",
}
OTHERWISE = {"type", "name", "label", "disabled", "appearance"}
KINDS = (
    *("integer", "select_one yn", "rank yn", "note", "calculate", "hidden", "today"),
    *("begin_group", "end_group", "begin_repeat", "end_repeat"),
)


def table(kind: str, column: str, value: str) -> str:
    """Give a group or repeat around a question, with one more cell in the row of a kind."""
    noun = "repeat" if "repeat" in kind else "group"
    is_around = kind in (f"begin_{noun}", f"end_{noun}")
    rows = [(f"begin_{noun}", "g", "G"), ("integer" if is_around else kind, "a", "A")]
    rows.append((f"end_{noun}", "", ""))
    lines = (f"| {' | '.join(row)} | {value if row[0] == kind else ''} |" for row in rows)
    return f"| type | name | label::Svenska (sv) | {column} |\n" + "\n".join(lines) + LISTS


def idle(text: str) -> list[tuple[int | None, str | None, Level, int]]:
    """Give row, column, level and count of the cells that are called idle."""
    found = compile_workbook(workbook_of(text), media=["a.png"]).problems
    return [
        (p.row, p.column, p.level, p.params["count"])
        for p in found
        if p.code is ProblemCode.CELL_IDLE
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_changes_something_or_is_named(kind) -> None:
    """No column is read in one row and passed over in silence in another."""
    blank = compile_workbook(workbook_of(table(kind, "hint", "")), media=["a.png"])
    silent = []
    for column in sorted(SUPPORTED[SURVEY] - OTHERWISE):
        header = column if column in VALUES else f"{column}::Svenska (sv)"
        text = table(kind, header, VALUES.get(column, "Ord"))
        filled = compile_workbook(workbook_of(text), media=["a.png"])
        if filled.draft == blank.draft and header not in {p.column for p in filled.problems}:
            silent.append(column)
    assert silent == []


def test_each_column_is_named_once_with_its_first_row() -> None:
    """Forty notes with a constraint are one warning; the gravest are those that decide."""
    text = f"""
        | type        | name | label::Svenska (sv) | constraint | hint::Svenska (sv) | relevant |
        | begin_group | g    | G                   |            |                    |          |
        | note        | n    | N                   | . > 1      |                    |          |
        | calculate   | c    | C                   | . > 1      | Räkna              |          |
        | integer     | a    | A                   | . > 1      | Räkna              |          |
        | end_group   | g    |                     |            |                    | 1 = 2    |
        {LISTS}"""
    assert idle(text) == [
        (3, "constraint", Level.WARNING, 2),
        (4, "hint::Svenska (sv)", Level.ADVICE, 1),
        (6, "relevant", Level.WARNING, 1),
    ]


def test_what_a_cell_belongs_to_must_be_there() -> None:
    """A message for a constraint that nobody wrote is never seen."""
    text = """
        | type    | name | label::Svenska (sv) | constraint | constraint_message::Svenska (sv) |
        | integer | a    | A                   | . > 1      | Mer än ett.                      |
        | integer | b    | B                   |            | Mer än ett.                      |
    """
    assert idle(text + LISTS) == [(3, "constraint_message::Svenska (sv)", Level.ADVICE, 1)]


def test_no_is_no_order() -> None:
    """KoboToolbox writes `required` into every row."""
    text = """
        | type        | name | label::Svenska (sv) | required | read_only | sa_reverse |
        | begin_group | g    | G                   | false    | no        | no         |
        | note        | n    | N                   | no       | FALSE     | no         |
        | integer     | a    | A                   | yes      |           |            |
        | end_group   |      |                     | false()  |           |            |
    """
    assert idle(text + LISTS) == []


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("integer", "likert"),
        ("text", "columns-2"),
        ("select_multiple yn", "minimal"),
        ("select_one yn", "multiline"),
        ("note", "label"),
        ("begin_group", "likert"),
    ],
)
def test_an_appearance_of_another_type_is_named(kind, word) -> None:
    """The author wonders why nothing changes, otherwise."""
    text = table(kind, "appearance", word)
    found = compile_workbook(workbook_of(text)).problems
    told = [p.params["value"] for p in found if p.code is ProblemCode.APPEARANCE_UNUSED]
    assert told == [word]

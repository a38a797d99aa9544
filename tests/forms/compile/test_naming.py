"""Names that stand in several groups: each has a column of its own, and paths tell them apart."""

from __future__ import annotations

import pytest

from forms.changes import conflicts_with
from forms.compile import compile_workbook, instrument_of
from forms.problems import Level, ProblemCode
from forms.reading import check_with_pyxform
from forms.workbook import Workbook
from tests.forms.tables import workbook_of

HEAD = "| type | name | label::Svenska (sv) | relevant | calculation |\n"
END = "| end_group | | | | |\n"
SETTINGS = "settings\n| form_id | sa_mode |\n| f | interview |\n"


def group(name: str, *rows: str, kind: str = "group") -> str:
    """Write a group around rows."""
    inside = "".join(f"{row}\n" for row in rows)
    return f"| begin_{kind} | {name} | {name} | | |\n{inside}| end_{kind} | | | | |\n"


def age(relevant: str = "", label: str = "Ålder") -> str:
    """Write the question that everybody is asked."""
    return f"| integer | age | {label} | {relevant} | |"


FAMILY = group("mother", age()) + group("father", age())


def sheets(rows: str) -> Workbook:
    """Read rows as a workbook."""
    return workbook_of(HEAD + rows + SETTINGS)


def names(rows: str) -> list[str]:
    """Give the names of the columns."""
    return list(instrument_of(sheets(rows)).questions)


def errors(rows: str) -> list[tuple[ProblemCode, int | None]]:
    """Give the errors and their rows."""
    problems = compile_workbook(sheets(rows)).problems
    return [(p.code, p.row) for p in problems if p.level is Level.ERROR]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (group("mother", age()), ["age"]),
        (FAMILY, ["mother__age", "father__age"]),
        (f"{age()}\n{group('mother', age())}", ["age", "mother__age"]),
        (
            group("a", group("x", age()).strip()) + group("b", group("x", age()).strip()),
            ["a__x__age", "b__x__age"],
        ),
        (group("mother", age(), kind="repeat") + group("h", age()), ["mother__age", "h__age"]),
    ],
)
def test_a_name_in_several_groups_gets_the_groups_before_it(rows: str, expected: list[str]) -> None:
    """Analysts see which answer a column holds; a name that stands once stays as it is."""
    assert names(rows) == expected


def test_the_standard_compiler_takes_what_we_take() -> None:
    """The same sheets go to ODK Collect."""
    rows = FAMILY + "| note | n | N | /data/mother/age > 3 | |\n"
    assert not check_with_pyxform(sheets(rows)).has_errors


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        (group("mother", age(), age()), ProblemCode.NAME_TWICE, 4),
        (
            group("x", age(), kind="repeat")
            + group("y", group("x", "| text | t | T | | |").strip()),
            ProblemCode.REPEAT_NAME_TWICE,
            2,
        ),
        (FAMILY + "| integer | mother__age | B | | |\n", ProblemCode.NAME_CLASHES, 8),
        (FAMILY + "| note | n | N | ${age} > 3 | |\n", ProblemCode.REFERENCE_AMBIGUOUS, 8),
        (FAMILY + "| note | n | N | ${mother__age} > 3 | |\n", ProblemCode.REFERENCE_AMBIGUOUS, 8),
        (FAMILY + "| note | n | Om ${age} | | |\n", ProblemCode.REFERENCE_AMBIGUOUS, 8),
    ],
)
def test_what_cannot_be_told_apart_is_refused(rows: str, code: ProblemCode, row: int) -> None:
    """The author learns which row to mend."""
    assert (code, row) in errors(rows)


def test_who_asks_for_an_ambiguous_name_sees_its_bearers() -> None:
    """The sentence holds what to write instead."""
    problems = compile_workbook(sheets(FAMILY + "| note | n | N | ${age} > 3 | |\n")).problems
    sentence = next(p.message() for p in problems if p.code is ProblemCode.REFERENCE_AMBIGUOUS)
    assert "/data/mother/age, /data/father/age" in sentence
    assert "(3, 6)" in sentence


def test_or_other_in_two_groups_asks_for_its_own_question() -> None:
    """What is written beside one choice belongs to that one."""
    row = "| select_one l or_other | pet | Djur | | |"
    choices = "choices\n| list_name | name | label::Svenska (sv) |\n| l | cat | Katt |\n"
    table = HEAD + group("a", row) + group("b", row) + choices + SETTINGS
    found = instrument_of(workbook_of(table)).questions
    assert list(found) == ["a__pet", "a__pet_other", "b__pet", "b__pet_other"]


def versions(*texts: str) -> list[tuple[ProblemCode, int | None, str]]:
    """Give what the last version contradicts."""
    *earlier, new = (instrument_of(sheets(text)) for text in texts)
    changes = conflicts_with(earlier, new)
    return [(c.problem().code, c.row, c.problem().message()) for c in changes]


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        (group("mother", age()), FAMILY, 3),
        (FAMILY, group("mother", age()), 3),
        (group("mother", age()), f"{age()}\n{group('mother', age())}", 4),
    ],
)
def test_a_question_whose_column_changes_its_name_is_refused(old: str, new: str, row: int) -> None:
    """Its answers would be split between two columns, or be taken for another's."""
    assert [(code, r) for code, r, _ in versions(old, new)] == [
        (ProblemCode.NAME_OF_OTHER_COLUMN, row)
    ]


def test_versions_with_the_same_repeated_names_agree() -> None:
    """Publishing again is no contradiction."""
    assert versions(FAMILY, FAMILY) == []

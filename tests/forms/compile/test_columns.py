"""Columns: what is misspelt, not supported or not translated never passes in silence."""

from __future__ import annotations

from forms.compile import compile_workbook
from forms.problems import Level, Problem, ProblemCode
from tests.forms.tables import workbook_of

SETTINGS = """
    settings
    | form_id | default_language |
    | test    | Svenska (sv)     |
"""


def problems_of(text: str, *, level: Level = Level.ERROR) -> list[Problem]:
    """Compile a survey table and give the problems of one level."""
    compiled = compile_workbook(workbook_of(text + SETTINGS))
    return [problem for problem in compiled.problems if problem.level is level]


def test_a_misspelt_column_is_refused_with_the_right_name() -> None:
    """`relevent` would otherwise show the question to everyone."""
    problems = problems_of("""
        | type    | name | label::Svenska (sv) | relevent |
        | integer | a    | A                   | ${a} > 0 |
    """)
    assert [(p.code, p.row, p.column) for p in problems] == [
        (ProblemCode.COLUMN_UNKNOWN, 1, "relevent")
    ]
    assert "relevant" in problems[0].message()


def test_a_column_that_would_change_the_form_is_refused_when_used() -> None:
    """A trigger that has no effect would compute something else."""
    table = """
        | type    | name | label::Svenska (sv) | trigger |
        | integer | a    | A                   | {}      |
    """
    assert [p.code for p in problems_of(table.format("${a}"))] == [ProblemCode.COLUMN_UNUSED]
    assert problems_of(table.format("")) == []


def test_an_authors_own_column_is_named_but_allowed() -> None:
    """Notes to oneself do no harm; still nothing is ignored in silence."""
    table = """
        | type    | name | label::Svenska (sv) | ansvarig på kontoret |
        | integer | a    | A                   | jag                  |
    """
    warnings = problems_of(table, level=Level.WARNING)
    assert [(p.code, p.column) for p in warnings] == [
        (ProblemCode.COLUMN_UNUSED, "ansvarig på kontoret")
    ]


def test_a_missing_translation_is_a_warning_with_its_column() -> None:
    """The author sees which cell to fill in."""
    warnings = problems_of(
        """
        | type    | name | label::Svenska (sv) | label::English (en) |
        | integer | a    | A                   | A                   |
        | integer | b    | B                   |                     |
        """,
        level=Level.WARNING,
    )
    assert [(p.code, p.row, p.column) for p in warnings] == [
        (ProblemCode.LABEL_LANGUAGE_MISSING, 3, "label::English (en)")
    ]


def test_a_missing_column_of_a_language_is_named_as_it_would_be_written() -> None:
    """Whoever adds a language forgets the hints."""
    warnings = problems_of(
        """
        | type    | name | label::Svenska (sv) | hint | label::English (en) |
        | integer | a    | A                   | Om a | A                   |
        """,
        level=Level.WARNING,
    )
    assert [p.column for p in warnings] == ["hint::English (en)"]

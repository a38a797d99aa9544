"""What the standard compiler says reaches the author, in its place and without repetitions."""

from __future__ import annotations

from pathlib import Path

import pytest
import pyxform

from forms.problems import Level, Problems
from forms.reading import Limits, check_with_pyxform, compiler, worker
from forms.reading.compiler import pyxform_problems
from forms.workbook import Sheet, Workbook
from tests.forms.tables import workbook_of

SOUND = workbook_of("""
    | type              | name  | label::Svenska (sv) | relevant   |
    | begin_group       | g     |                     |            |
    | select_one yes_no | smoke | Röker du?           |            |
    | integer           | many  | Hur många?          | ${smoke}=1 |
    | end_group         |       |                     |            |
    choices
    | list_name | name | label::Svenska (sv) | sa_missing |
    | yes_no    | 1    | Ja                  |            |
    | yes_no    | 9    | Vet ej              | yes        |
    settings
    | form_id | default_language | sa_mode   |
    | smoking | Svenska (sv)     | anonymous |
    instructions
    | Read this |
    | first     |
""")


def found(problems: Problems) -> list[tuple[str, str, str | None, int | None]]:
    """Give code, level, sheet and row of each problem."""
    return [(p.code.name, p.level.value, p.sheet, p.row) for p in problems]


def test_a_sound_questionnaire_has_no_problems() -> None:
    """The author is not bothered."""
    assert found(check_with_pyxform(SOUND)) == []


def test_a_refusal_stands_at_its_row() -> None:
    """Blank rows before it are counted as Excel counts them."""
    workbook = workbook_of("""
        | type      | name | label |
        |           |      |       |
        | calculate | a    |       |
    """)
    (problem,) = check_with_pyxform(workbook)
    assert found(Problems([problem])) == [("PYXFORM", "error", "survey", 3)]
    assert problem.params == {"detail": "Missing calculation."}


def test_a_refusal_names_its_sheet() -> None:
    """A row number alone would send the author to the wrong sheet."""
    workbook = workbook_of("""
        | type         | name | label |
        | select_one c | q    | Q     |
        choices
        | list_name | name | label |
        | c         | a    | A     |
        | c         |      | B     |
    """)
    assert found(check_with_pyxform(workbook)) == [("PYXFORM", "error", "choices", 3)]


def test_a_refusal_without_a_row_is_about_the_workbook() -> None:
    """Nothing is invented."""
    assert found(check_with_pyxform(Workbook((Sheet("notes"),)))) == [
        ("PYXFORM", "error", None, None)
    ]


def test_remarks_are_warnings_or_advice() -> None:
    """They do not keep a questionnaire from being published."""
    workbook = workbook_of("""
        | type | name | label |
        | text | age  | A     |
        | text | AGE  | B     |
        setings
        | form_id |
    """)
    problems = check_with_pyxform(workbook)
    assert not problems.has_errors
    assert sorted(found(problems), key=str) == [
        ("PYXFORM_REMARK", "advice", "survey", 3),
        ("PYXFORM_REMARK", "warning", None, None),
    ]


def test_remarks_that_we_make_ourselves_are_left_out() -> None:
    """Nobody is told the same thing twice, once in English."""
    workbook = workbook_of("""
        | type         | name | label::Swedish | label::English (en) | hint::English (en) |
        | begin_group  | g    |                |                     |                    |
        | select_one c | q    | Q              | Q                   | H                  |
        | image        | i    | I              | I                   | H                  |
        | deviceid     | d    |                |                     |                    |
        | end_group    |      |                |                     |                    |
        |              |      |                |                     | remark             |
        choices
        | list_name | name | label |
        | c         | a    | A     |
        | c         | b    |       |
    """)
    assert found(pyxform_problems(workbook)) == []


@pytest.mark.parametrize("part", compiler.LEFT_OUT + compiler.ADVICE)
def test_every_remark_that_is_recognised_is_still_made(part: str) -> None:
    """A new release of the compiler that words a remark anew is noticed."""
    package = Path(pyxform.__file__).parent
    sources = "\n".join(path.read_text() for path in package.rglob("*.py"))
    assert part in sources


def test_a_slip_of_the_compiler_is_a_problem_not_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The server goes on."""

    def slip(_: Workbook) -> Problems:
        raise KeyError("x")

    monkeypatch.setattr(worker, "pyxform_problems", slip)
    answer = worker.compile_sheets(b'{"sheets": []}', Limits())
    assert [problem["code"] for problem in answer["problems"]] == ["PYXFORM"]


def test_a_questionnaire_nested_without_end_is_refused() -> None:
    """The compiler's stack is not the author's to use up."""
    rows = [("begin_group", f"g{n}") for n in range(3_000)]
    lines = "\n".join(f"| {kind} | {name} |" for kind, name in rows)
    closing = "\n".join("| end_group | |" for _ in rows)
    workbook = workbook_of(f"| type | name |\n{lines}\n| note | n |\n{closing}")
    assert [code for code, *_ in found(check_with_pyxform(workbook))] == ["PYXFORM"]


def test_a_compiler_that_outgrows_its_limits_is_a_problem_too() -> None:
    """A questionnaire that keeps it busy is refused; nothing is raised."""
    problems = check_with_pyxform(SOUND, limits=Limits(output_bytes=1))
    assert [(p.code.name, p.level) for p in problems] == [("TOOK_TOO_LONG", Level.ERROR)]

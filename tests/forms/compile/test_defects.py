"""Typical slips of authors: none passes in silence, and each is named with its cell.

The first column of a case says what pyxform 4.5 does with it: "silent", or "tells".
"""

from __future__ import annotations

import pytest

from forms.compile import compile_workbook
from forms.lint import lint
from forms.problems import Level, Problem
from forms.reading.compiler import pyxform_problems
from forms.workbook import Workbook
from tests.forms.tables import workbook_of

HEAD = "| type | name | label::Svenska (sv) |"
GOOD = "| integer | a | A |"
LISTS = """
    choices
    | list_name | name | label::Svenska (sv) | lan |
    | yn        | 1    | Ja                  | x   |
    | yn        | 0    | Nej                 | y   |
"""
SETTINGS = """
    settings
    | form_id | default_language | sa_mode   |
    | test    | Svenska (sv)     | interview |
"""


def column(header: str, value: str, type_: str = "integer") -> str:
    """Give a survey of two questions, of which the second fills one more column."""
    return f"{HEAD} {header} |\n{GOOD} |\n| {type_} | b | B | {value} |\n{LISTS}"


def row(*cells: str) -> str:
    """Give a survey of one good question and one more row."""
    return f"{HEAD}\n{GOOD}\n| {' | '.join(cells)} |\n{LISTS}"


def english(*texts: str) -> str:
    """Give a survey whose questions have these English labels, "" for none."""
    lines = "".join(f"| integer | q{n} | Fråga {n} | {text} |\n" for n, text in enumerate(texts))
    return f"{HEAD} label::English (en) |\n{lines}"


# What pyxform does, the table, and the problem: its code, level, sheet, row and column.
DEFECTS = {
    "xpath syntax": ("silent", column("relevant", "${a} = = 1"), ("EXPRESSION", "survey", 3, "relevant")),
    "unclosed parenthesis": ("silent", column("relevant", "(${a} = 1"), ("EXPRESSION", "survey", 3, "relevant")),
    "unclosed quotation mark": ("silent", column("relevant", "${a} = 'x"), ("EXPRESSION", "survey", 3, "relevant")),
    "one equals sign too many": ("silent", column("relevant", "${a} == 1"), ("EXPRESSION", "survey", 3, "relevant")),
    "curly quotation marks": ("silent", column("constraint", "${a} = ’x’"), ("QUOTES_CURLY", "survey", 3, "constraint")),
    "curly quotation marks that do not match": ("silent", column("constraint", "${a} = ’x"), ("EXPRESSION", "survey", 3, "constraint")),
    "last-saved outside default": ("silent", column("relevant", "${last-saved#a} = 1"), ("LAST_SAVED_ELSEWHERE", "survey", 3, "relevant")),
    "last-saved of nothing": ("tells", column("default", "${last-saved#zz}"), ("REFERENCE_UNKNOWN", "survey", 3, "default")),
    "last-saved": ("silent", column("default", "${last-saved#a}"), ("LAST_SAVED_BLANK", "survey", 3, "default")),
    "null as in programs": ("silent", column("relevant", "${a} != null"), ("NULL_BLANK", "survey", 3, "relevant")),
    "choices from an external list": ("tells", column("appearance", "", "select_one_external yn"), ("TYPE_EXTERNAL", "survey", 3, "type")),
    "choices from answers": ("silent", column("appearance", "", "select_one ${a}"), ("TYPE_FROM_REPEAT", "survey", 3, "type")),
    "text of the compiled form": ("silent", column("calculation", "jr:itext('x')", "text"), ("EXPRESSION", "survey", 3, "calculation")),
    "unknown function": ("silent", column("relevant", "slected(${a}, 'x')"), ("EXPRESSION", "survey", 3, "relevant")),
    "too few arguments": ("silent", column("relevant", "selected(${a})"), ("EXPRESSION", "survey", 3, "relevant")),
    "&& for and": ("silent", column("relevant", "${a} = 1 && ${a} = 2"), ("EXPRESSION", "survey", 3, "relevant")),
    "bad regular expression": ("silent", column("constraint", "regex(., '[')"), ("EXPRESSION", "survey", 3, "constraint")),
    "unknown reference": ("tells", column("relevant", "${aa} = 1"), ("REFERENCE_UNKNOWN", "survey", 3, "relevant")),
    "unknown reference in a label": ("tells", row("note", "n", "Hej ${zz}"), ("REFERENCE_UNKNOWN", "survey", 3, "label::Svenska (sv)")),
    "unknown reference in a message": (
        "tells",
        column("constraint_message", "Minst ${zz}"),
        ("REFERENCE_UNKNOWN", "survey", 3, "constraint_message"),
    ),
    "other added to a filtered list": (
        "tells",
        column("choice_filter", "lan = 'x'", "select_one yn or_other"),
        ("OTHER_FILTERED", "survey", 3, "choice_filter"),
    ),
    "name without ${}": ("silent", column("relevant", "a = 1"), ("PATH_UNKNOWN", "survey", 3, "relevant")),
    "circle": ("silent", column("relevant", "${b} = 1"), ("CYCLE", "survey", 3, "relevant")),
    "circle of two": (
        "silent",
        f"{HEAD} relevant |\n| integer | a | A | ${{b}} = 1 |\n| integer | b | B | ${{a}} = 1 |\n",
        ("CYCLE", "survey", 2, "relevant"),
    ),
    "misspelt column": ("silent", column("relevent", "${a} = 1"), ("COLUMN_UNKNOWN", "survey", 1, "relevent")),
    "misspelt constraint": ("silent", column("constrain", ". > 1"), ("COLUMN_UNKNOWN", "survey", 1, "constrain")),
    "misspelt column of choices": (
        "crashes",
        f"{HEAD}\n| select_one l | a | A |\nchoices\n| list_name | name | label::Svenska (sv) | lable::English (en) |\n| l | 1 | Ja | Yes |\n",
        ("COLUMN_NOT_TRANSLATED", "choices", 1, "lable::English (en)"),
    ),
    "misspelt plain column of choices": (
        "silent",
        f"{HEAD}\n| select_one l | a | A |\nchoices\n| list_name | name | label::Svenska (sv) | imge |\n| l | 1 | Ja | a.png |\n",
        ("COLUMN_UNKNOWN", "choices", 1, "imge"),
    ),
    "misspelt setting": (
        "silent",
        row("note", "n", "Hej") + "settings\n| form_id | sa_moed |\n| t | return |\n",
        ("COLUMN_UNKNOWN", "settings", 1, "sa_moed"),
    ),
    "filter on a missing column": (
        "silent",
        column("choice_filter", "county = ${a}", "select_one yn"),
        ("FILTER_COLUMN_UNKNOWN", "survey", 3, "choice_filter"),
    ),
    "translation that lacks half its texts": (
        "silent",
        english("Q", "", "", ""),
        ("LANGUAGE_HALF_MISSING", "survey", 3, "label::English (en)"),
    ),
    "translation that lacks one text": (
        "silent",
        english("Q", "R", "", "T"),
        ("LABEL_LANGUAGE_MISSING", "survey", 4, "label::English (en)"),
    ),
    "missing list": ("tells", row("select_one zz", "b", "B"), ("LIST_MISSING", "survey", 3, "type")),
    "select without a list": ("tells", row("select_one", "b", "B"), ("LIST_NOT_NAMED", "survey", 3, "type")),
    "list name with a space": ("tells", row("select_one yn list", "b", "B"), ("TYPE_UNKNOWN", "survey", 3, "type")),
    "unknown type": ("tells", row("intger", "b", "B"), ("TYPE_UNKNOWN", "survey", 3, "type")),
    "no type": ("tells", row("", "b", "B"), ("TYPE_MISSING", "survey", 3, "type")),
    "no name": ("tells", row("integer", "", "B"), ("NAME_MISSING", "survey", 3, "name")),
    "name with a space": ("tells", row("integer", "b c", "B"), ("NAME_INVALID", "survey", 3, "name")),
    "name that begins with a digit": ("tells", row("integer", "1b", "B"), ("NAME_INVALID", "survey", 3, "name")),
    "name twice": ("tells", row("integer", "a", "B"), ("NAME_TWICE", "survey", 3, "name")),
    "no label": ("tells", row("integer", "b", ""), ("LABEL_MISSING", "survey", 3, "label::Svenska (sv)")),
    "group not closed": ("tells", row("begin_group", "g", "G"), ("GROUP_NOT_CLOSED", "survey", 3, None)),
    "group not opened": ("tells", row("end_group", "", ""), ("GROUP_NOT_OPEN", "survey", 3, "type")),
    "repeat ended as a group": (
        "tells",
        row("begin_repeat", "r", "R") .replace(LISTS, "") + "| integer | c | C |\n| end_group | | |\n",
        ("END_OF_ANOTHER", "survey", 5, "type"),
    ),
    "empty group": ("silent", row("begin_group", "g", "G").replace(LISTS, "") + "| end_group | | |\n", ("GROUP_EMPTY", "survey", 3, None)),
    "calculate without a calculation": ("tells", row("calculate", "b", ""), ("CALCULATION_MISSING", "survey", 3, "calculation")),
    "default that is no answer": ("silent", column("default", "7", "select_one yn"), ("DEFAULT_INVALID", "survey", 3, "default")),
    "range the wrong way": ("silent", column("parameters", "start=5 end=1", "range"), ("RANGE_INVALID", "survey", 3, "parameters")),
    "misspelt parameter": ("tells", column("parameters", "sart=1", "range"), ("PARAMETER_UNKNOWN", "survey", 3, "parameters")),
    "misspelt appearance": ("silent", column("appearance", "feild-list"), ("APPEARANCE_UNKNOWN", "survey", 3, "appearance")),
    "code of no choice": (
        "silent",
        f"{HEAD} relevant |\n| select_one yn | a | A | |\n| integer | b | B | ${{a}} = '2' |\n{LISTS}",
        ("CODE_UNKNOWN", "survey", 3, "relevant"),
    ),
    "label for a code": (
        "silent",
        f"{HEAD} relevant |\n| select_one yn | a | A | |\n| integer | b | B | ${{a}} = 'Ja' |\n{LISTS}",
        ("LABEL_FOR_CODE", "survey", 3, "relevant"),
    ),
    "code twice": (
        "tells",
        row("select_one yn", "b", "B") + "| yn | 1 | Kanske | |\n",
        ("CHOICE_TWICE", "choices", 4, "name"),
    ),
    "choice without a code": ("tells", row("select_one yn", "b", "B") + "| yn | | Kanske | |\n", ("CHOICE_NAME_MISSING", "choices", 4, "name")),
    "choice without a label": ("silent", row("select_one yn", "b", "B") + "| yn | 2 | | |\n", ("CHOICE_LABEL_MISSING", "choices", 4, "label::Svenska (sv)")),
    "choice without a list": ("silent", row("select_one yn", "b", "B") + "| | 2 | Kanske | |\n", ("CHOICE_LIST_NAME_MISSING", "choices", 4, "list_name")),
    "code with a space": ("silent", row("select_one yn", "b", "B") + "| yn | 2 b | Kanske | |\n", ("CHOICE_NAME_INVALID", "choices", 4, "name")),
    "list that nobody uses": ("silent", row("integer", "b", "B"), ("LIST_UNUSED", "choices", 2, "list_name")),
    "don't know that counts": ("silent", row("select_one yn", "b", "B") + "| yn | 9 | Vet ej | |\n", ("MISSING_UNMARKED", "choices", 4, "label::Svenska (sv)")),
    "placeholder lost in translation": (
        "silent",
        f"{HEAD} label::English (en) |\n| integer | a | A | A |\n| integer | b | Efter ${{a}} | After |\n",
        ("PLACEHOLDER_DIFFERS", "survey", 3, "label::English (en)"),
    ),
    "title in several columns": (
        "crashes",
        row("note", "n", "Hej") + "settings\n| form_id | form_title::English (en) |\n| t | T |\n",
        ("TITLE_TRANSLATED", "settings", 1, "form_title::English (en)"),
    ),
    "second row of settings": (
        "silent",
        row("note", "n", "Hej") + "settings\n| form_id | version |\n| t | 1 |\n| u | 2 |\n",
        ("SETTINGS_ROW_UNUSED", "settings", 3, None),
    ),
    "misspelt sheet": (
        "silent",
        f"{HEAD}\n{GOOD}\nsetings\n| form_id |\n| t |\n",
        ("SHEET_UNKNOWN", "setings", None, None),
    ),
    "language without a code": (
        "silent",
        f"{HEAD} label::Klingonska |\n| integer | a | A | B |\n",
        ("LANGUAGE_UNKNOWN", "survey", 1, "label::Klingonska"),
    ),
    "language on a column that has none": (
        "crashes",
        column("choice_filter::English (en)", "lan = 'x'", "select_one yn"),
        ("COLUMN_NOT_TRANSLATED", "survey", 1, "choice_filter::English (en)"),
    ),
}  # fmt: skip
each = pytest.mark.parametrize("name", DEFECTS)


def workbook_with(table: str) -> Workbook:
    """Add settings unless the case has its own."""
    return workbook_of(table if "settings\n" in table else table + SETTINGS)


def problems_of(table: str) -> list[Problem]:
    """Give all that `instrument check` says of a table before it asks pyxform."""
    workbook = workbook_with(table)
    compiled = compile_workbook(workbook, fallback_name="t")
    return [*compiled.problems, *(lint(compiled.draft, workbook) if compiled.draft else ())]


def pyxform_says(table: str) -> str:
    """Tell whether pyxform alone is silent, tells (a refusal or a remark) or crashes."""
    try:
        return "tells" if len(pyxform_problems(workbook_with(table))) else "silent"
    except Exception:  # noqa: BLE001 - the point is that it raises anything
        return "crashes"


@each
def test_a_typical_slip_is_found_at_its_cell(name) -> None:
    """Nothing passes in silence."""
    _, table, (code, *place) = DEFECTS[name]
    found = [(p.code.name, p.sheet, p.row, p.column) for p in problems_of(table)]
    assert (code, *place) in found


@each
def test_each_sentence_says_it_in_full(name) -> None:
    """A remedy with a hole in it helps nobody."""
    for problem in problems_of(DEFECTS[name][1]):
        assert problem.message().endswith((".", "?"))
        assert "None" not in problem.message()


def test_a_sound_form_has_no_problem() -> None:
    """The cases differ from this one by their slip alone."""
    table = f"{HEAD}\n| select_one yn | a | A |\n| integer | b | B |\n"
    lists = (
        "choices\n| list_name | name | label::Svenska (sv) |\n| yn | 1 | Ja |\n| yn | 0 | Nej |\n"
    )
    assert problems_of(table + lists) == []
    assert pyxform_says(table + lists) == "silent"


def test_many_slips_pass_the_standard_compiler() -> None:
    """Why this catalogue is needed: the count of what pyxform alone lets through."""
    assert len(DEFECTS) >= 34
    said = {name: pyxform_says(table) for name, (_, table, _) in DEFECTS.items()}
    assert said == {name: expected for name, (expected, _, _) in DEFECTS.items()}


def test_what_makes_the_standard_compiler_crash_is_refused_before() -> None:
    """To be told "it stopped without a reason" helps no author."""
    for name, (expected, table, _) in DEFECTS.items():
        if expected == "crashes":
            assert any(p.level is Level.ERROR for p in problems_of(table)), name

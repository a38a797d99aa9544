"""Sheets that are not read, and headers that the standard compiler would stumble over."""

from __future__ import annotations

import pytest
from pyxform import constants

from forms.compile import compile_workbook
from forms.compile.vocabulary import KNOWN_SHEETS
from forms.problems import Level, ProblemCode
from forms.reading.compiler import pyxform_problems
from forms.workbook import CHOICES, SETTINGS, SURVEY
from tests.forms.compile.columns import HEAD, judged
from tests.forms.tables import workbook_of


def test_every_sheet_of_the_compiler_is_known() -> None:
    """A new kind of sheet is noticed."""
    assert constants.SUPPORTED_SHEET_NAMES == KNOWN_SHEETS


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("entities", ProblemCode.SHEET_UNUSED, Level.ERROR),
        ("external_choices", ProblemCode.SHEET_UNUSED, Level.WARNING),
        ("osm", ProblemCode.SHEET_UNUSED, Level.WARNING),
        ("setings", ProblemCode.SHEET_UNKNOWN, Level.ERROR),
        ("choice", ProblemCode.SHEET_UNKNOWN, Level.ERROR),
        ("surveys", ProblemCode.SHEET_UNKNOWN, Level.WARNING),
        ("Survey ", ProblemCode.SHEET_TWICE, Level.ERROR),
        ("_choices", None, None),
        ("Anteckningar", None, None),
    ],
)
def test_a_sheet_that_is_not_read_is_named(name, code, level) -> None:
    """A misspelt settings sheet would make an anonymous form of a return in silence."""
    workbook = workbook_of(f"{HEAD}\n| integer | a | A |\n")
    extra = workbook_of("| list_name | name |\n| l | 1 |").sheets[0]
    renamed = type(extra)(name, extra.headers, extra.rows)
    compiled = compile_workbook(type(workbook)((*workbook.sheets, renamed)), fallback_name="t")
    found = [(p.code, p.level) for p in compiled.problems if p.sheet == name]
    assert found == ([(code, level)] if code else [])


CRASHES = [
    (SETTINGS, "form_title::English (en)"),
    (SETTINGS, "instance_name::English (en)"),
    (SETTINGS, "version::Svenska (sv)"),
    (SETTINGS, "children"),
    (SETTINGS, "control"),
    (SETTINGS, "bind"),
    (SETTINGS, "attribute"),
    (SETTINGS, "entity_version"),
    (SETTINGS, "type::English (en)"),
    (SURVEY, "body"),
    (SURVEY, "instance"),
    (SURVEY, "count::English (en)"),
    (SURVEY, "parameters::English (en)"),
    (CHOICES, "parent"),
    (CHOICES, "media"),
    (CHOICES, "order::English (en)"),
]


@pytest.mark.parametrize(("sheet", "header"), CRASHES)
def test_a_header_that_makes_the_compiler_crash_is_refused_with_its_remedy(sheet, header) -> None:
    """To be told "it stopped without a reason" helps no author."""
    problems = judged(sheet, header)
    refused = {
        ProblemCode.TITLE_TRANSLATED,
        ProblemCode.COLUMN_NOT_TRANSLATED,
        ProblemCode.COLUMN_RESERVED,
    }
    assert [p.level for p in problems if p.code in refused] == [Level.ERROR]


def test_the_compiler_does_crash_on_a_translated_title() -> None:
    """When it no longer does, the refusal may go."""
    workbook = workbook_of(
        f"{HEAD}\n| integer | a | A |\nsettings\n| form_id | form_title::English (en) |\n| t | T |"
    )
    with pytest.raises((AttributeError, TypeError)):
        pyxform_problems(workbook)

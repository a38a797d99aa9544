"""A sound form with one more column, and what is said of that column."""

from __future__ import annotations

from forms.compile import compile_workbook
from forms.problems import Problem
from forms.workbook import CHOICES, SETTINGS, SURVEY
from tests.forms.tables import workbook_of

HEAD = "| type | name | label::Svenska (sv) |"
LIST = "choices\n| list_name | name | label::Svenska (sv) |"
MODE = "settings\n| form_id | default_language | sa_mode |"


def judged(sheet: str, header: str, value: str = "x") -> list[Problem]:
    """Fill one more column of a sheet of a sound form, and give what is said of that column."""
    extra = {
        name: (header, value) if name == sheet else ("", "") for name in (SURVEY, CHOICES, SETTINGS)
    }
    workbook = workbook_of(f"""
        {HEAD} {extra[SURVEY][0]} |
        | select_one l | a | A | {extra[SURVEY][1]} |
        {LIST} {extra[CHOICES][0]} |
        | l | 1 | Ja | {extra[CHOICES][1]} |
        {MODE} {extra[SETTINGS][0]} |
        | t | Svenska (sv) | interview | {extra[SETTINGS][1]} |
    """)
    return [p for p in compile_workbook(workbook).problems if p.column == header]

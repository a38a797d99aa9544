"""A small return about pupils, and a register that expects it."""

from __future__ import annotations

from survey_app.actions import rounds
from survey_app.actions.register import importing
from survey_app.actions.register.periods import kind_of
from survey_app.actions.returns.placing import Unit
from survey_app.store.models import Round
from tests.factories import make_version
from tests.forms.tables import workbook_of
from tests.survey_app.actions.register.test_importing import CITY

REPORT = """
    survey
    | type             | name      | label        | required | constraint                        | constraint_message |
    | integer          | scheduled | Schemalagt   | yes      |                                   |                    |
    | integer          | absent    | Frånvaro     |          | . <= ${scheduled}                 | Mer än schemalagt  |
    | select_one level | level     | Nivå         |          |                                   |                    |
    | text             | note      | Anteckning   |          |                                   |                    |
    choices
    | list_name | name | label     |
    | level     | -2   | Mindre    |
    | level     | 0    | Som väntat |
    | level     | 2    | Mer       |
    settings
    | form_id | form_title | default_language | sa_mode | sa_unit | sa_period |
    | report  | Rapport    | Svenska (sv)     | return  | {unit}  | {period}  |
"""
PUPIL = Unit("pupil", "E7K3M", "t1", "almen")


def make_city() -> None:
    """Fill the register: one pupil enrolled from September 2025; needs an app context."""
    importing.carry_out(workbook_of(CITY), "c@demo.example")


def make_report(
    name: str = "report-2025-10",
    period: str | None = "2025-10",
    *,
    unit: str = "pupil",
    every: str = "",
) -> Round:
    """Open a round of the report; it is made as often as its period says."""
    every = every or (kind_of(period) if period else "")
    version = make_version(REPORT.replace("{unit}", unit).replace("{period}", every))
    rounds.create(name, version, period=period)
    return rounds.open_round(name)

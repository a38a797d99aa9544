"""What an exported workbook says about itself."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask_babel import force_locale
from openpyxl import load_workbook

from survey_app.actions import exporting, rounds
from survey_app.actions.calendar import today
from survey_app.actions.rounds import Dates
from survey_app.store.models import Round
from tests.factories import make_version

FIRST, LAST = today(), today() + timedelta(days=20)


def facts_of(of: Round) -> dict[object, object]:
    """Export a round in English, and read the facts on its first sheet."""
    target = BytesIO()
    with force_locale("en"):
        exporting.write_round(of, "xlsx", target)
    rows = load_workbook(target)["Läs mig"].iter_rows(values_only=True)
    return {row[0]: row[1] for row in rows}


def test_a_round_s_file_names_both_the_round_and_its_questionnaire(context) -> None:
    """Among many downloads, each says what was asked and when."""
    made = rounds.create("autumn", make_version(), title={"en": "Autumn", "sv": "Hösten"})
    facts = facts_of(made)
    assert next(iter(facts)) == "Autumn"
    assert facts["Questionnaire"] == "Pets"
    assert facts["Round"] == "autumn"


@pytest.mark.parametrize(
    ("dates", "begins"),
    [
        (Dates(opens=FIRST), "from "),
        (Dates(locks=LAST), "until "),
        (Dates(due=LAST), "until "),
        (Dates(opens=FIRST, locks=LAST), str(FIRST.strftime("%B"))),
    ],
)
def test_a_period_with_one_end_says_which(context, dates, begins) -> None:
    """A last day is not taken for the only day."""
    made = rounds.create("autumn", make_version(), dates=dates)
    assert str(facts_of(made)["Period"]).startswith(begins)

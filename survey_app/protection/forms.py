"""What is filled in on the pages of data protection."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from survey_app.actions.retention.rules import LONGEST
from survey_app.languages import _l
from survey_app.store.retention import DECISION_LENGTH, Unit

UNITS = {Unit.DAY: _l("days"), Unit.MONTH: _l("months"), Unit.YEAR: _l("years")}


class Rule(FlaskForm):
    """For how long a kind of data is kept, and by which decision."""

    length = IntegerField(
        _l("Kept for"),
        [
            InputRequired(_l("Write a number.")),
            NumberRange(1, LONGEST, _l("Write a number from 1 to 3650.")),
        ],
    )
    unit = SelectField(_l("Counted in"), default=Unit.YEAR)
    decision = StringField(
        _l("Decision"),
        [
            InputRequired(_l("Write the reference of the decision.")),
            Length(max=DECISION_LENGTH, message=_l("Use at most 300 characters.")),
        ],
        description=_l("Its reference, such as “SN 2026/123 § 14”."),
    )
    decided_on = DateField(_l("Day of the decision"), [InputRequired(_l("Choose a day."))])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.unit.choices = [(unit.value, word) for unit, word in UNITS.items()]

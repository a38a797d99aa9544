"""What interviewers fill in about a case."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from forms.languages import PUPILS_LANGUAGES, name_of
from survey_app.actions.interviews.cases import CHOSEN_STATES, Facts, districts
from survey_app.actions.interviews.consents import Agreed
from survey_app.case_words import gender_word, role_word, years_word
from survey_app.interviews.words import (
    OTHER_LANGUAGE,
    case_word,
    recruited_word,
)
from survey_app.languages import _l
from survey_app.store.interviews import CaseRole, CaseState, InterviewCase, Recruited, YearGroup
from survey_app.store.register import CODE_LENGTH, Gender

MOST_WANTED = 1_000
LONG = _l("Use at most 32 characters.")
# Columns of a case that are empty when nothing is chosen.
MAYBE = ("gender", "year_group", "district", "recruited", "language", "interviewer")


class CaseForm(FlaskForm):
    """Somebody to interview. There is no field for a name."""

    role = SelectField(_l("Whose interview"))
    state = SelectField(_l("Where it is"))
    booked_on = DateField(_l("Booked for"), [Optional()])
    group = StringField(
        _l("Group of the sample"),
        [Length(max=CODE_LENGTH, message=LONG)],
        filters=[lambda text: text.strip() if text else ""],
        description=_l("A code of your own, such as “enrolled” or “ended”. No names."),
    )
    gender = SelectField(_l("Gender"))
    year_group = SelectField(_l("School years"))
    district = SelectField(_l("District"))
    recruited = SelectField(_l("Who asked"))
    language = SelectField(_l("Language of the interview"))
    has_interpreter = BooleanField(
        _l("An interpreter is needed"), description=_l("Book one before the interview.")
    )
    interviewer = SelectField(_l("Interviewer"))

    def __init__(self, case: InterviewCase | None, interviewers: list[str], **options: Any) -> None:
        super().__init__(obj=case, **options)
        states = [CaseState.DONE] if case and case.state == CaseState.DONE else CHOSEN_STATES
        self.role.choices = [(each.value, role_word(each)) for each in CaseRole]
        self.state.choices = [(each.value, case_word(each)) for each in states]
        self.gender.choices = _maybe((each.value, gender_word(each)) for each in Gender)
        self.year_group.choices = _maybe((each.value, years_word(each)) for each in YearGroup)
        self.recruited.choices = _maybe((each.value, recruited_word(each)) for each in Recruited)
        self.district.choices = _maybe((each.code, each.name) for each in districts())
        known = [(tag, name_of(tag)) for tag in PUPILS_LANGUAGES]
        self.language.choices = _maybe([*known, (OTHER_LANGUAGE, gettext("Another language"))])
        self.interviewer.choices = _maybe((each, each) for each in interviewers)
        if case is not None:
            del self.role
        if not interviewers:
            del self.interviewer

    def facts(self, role: str) -> Facts:
        """Give what was filled in."""
        values = {name: value for name, value in self.data.items() if name != "csrf_token"}
        values |= {name: values.get(name) or None for name in MAYBE}
        return Facts(**{**values, "role": values.get("role") or role})


class ConsentForm(FlaskForm):
    """Who has agreed, to which text."""

    signed_on = DateField(_l("Day it was signed"), [DataRequired(_l("Write the day."))])
    form_version = StringField(
        _l("Version of the consent form"),
        [DataRequired(_l("Write which form was signed.")), Length(max=CODE_LENGTH, message=LONG)],
        description=_l("As printed on the form, for example 2026-1."),
    )
    is_15 = RadioField(_l("Is the pupil 15 years old?"), validators=[Optional()])
    guardians = SelectField(_l("Guardians who have signed"), coerce=int)
    sole_custody = BooleanField(
        _l("One guardian has sole custody"),
        description=_l("Then one signature is enough. Write no reason here."),
    )
    person = BooleanField(
        _l("Whoever is interviewed has agreed"),
        description=_l("A pupil under 15 has been told, and may refuse."),
    )
    research = BooleanField(
        _l("The notes may be used for research"),
        description=_l("Leave it empty if the form does not ask."),
    )

    def __init__(self, case: InterviewCase) -> None:
        super().__init__(obj=case.consent)
        self.guardians.choices = [(number, str(number)) for number in range(3)]
        self.is_15.choices = [("yes", gettext("Yes")), ("no", gettext("No"))]
        if self.is_15.data not in ("yes", "no") and case.consent is not None:
            self.is_15.data = {True: "yes", False: "no"}.get(bool(case.consent.is_15))
        if case.role != CaseRole.PUPIL:
            del self.is_15, self.guardians, self.sole_custody

    @property
    def agreed(self) -> Agreed:
        """Give what was filled in."""
        values = {name: value for name, value in self.data.items() if name != "csrf_token"}
        answered = {"yes": True, "no": False}.get(values.get("is_15") or "")
        return Agreed(**{**values, "is_15": answered})


class QuotaForm(FlaskForm):
    """One line of the sampling table."""

    role = SelectField(_l("Whose interviews"))
    group = StringField(
        _l("Group of the sample"),
        [Length(max=CODE_LENGTH, message=LONG)],
        filters=[lambda text: text.strip() if text else ""],
        description=_l("Leave empty for any group."),
    )
    gender = SelectField(_l("Gender"))
    year_group = SelectField(_l("School years"))
    district = SelectField(_l("District"))
    wanted = IntegerField(
        _l("How many"),
        [
            InputRequired(_l("Say how many are wanted.")),
            NumberRange(1, MOST_WANTED, _l("Choose a number from 1 to 1000.")),
        ],
    )

    def __init__(self) -> None:
        super().__init__()
        anyone = gettext("Any")
        self.role.choices = [(each.value, role_word(each)) for each in CaseRole]
        self.gender.choices = [("", anyone), *((each.value, gender_word(each)) for each in Gender)]
        years = ((each.value, years_word(each)) for each in YearGroup)
        self.year_group.choices = [("", anyone), *years]
        self.district.choices = [("", anyone), *((each.code, each.name) for each in districts())]


def _maybe(choices: Any) -> list[tuple[str, str]]:
    return [("", gettext("Not written down")), *choices]

"""What a coordinator fills in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp

from survey_app.actions.codes import DISTRICT_LENGTH
from survey_app.actions.rounds import NAME, Dates
from survey_app.languages import _l
from survey_app.store.models import NAME_LENGTH

TITLE_LENGTH = 120
NOTE_LENGTH = 500
LONGEST_FILE_NAME = 200
MOST_CARDS = 500  # of one page: a browser has to print it
PERIOD_LENGTH = 16


class NewRound(FlaskForm):
    """A round to plan."""

    title = StringField(
        _l("Name of the round"),
        [
            DataRequired(_l("Give the round a name, such as “Autumn 2026”.")),
            Length(max=TITLE_LENGTH, message=_l("Use at most 120 characters.")),
        ],
        description=_l("Shown to coordinators and to those who answer."),
    )
    name = StringField(
        _l("Name in the address"),
        [
            Optional(),
            Length(max=NAME_LENGTH, message=_l("Use at most 64 characters.")),
            Regexp(
                f"^{NAME.pattern}$",
                message=_l("Use small letters a–z, digits and hyphens."),
            ),
        ],
        description=_l(
            "Leave empty to take it from the name. Else small letters, digits and hyphens, for "
            "example “autumn-2026”."
        ),
    )
    instrument = SelectField(_l("Questionnaire"))
    period = StringField(
        _l("Period"),
        [Optional(), Length(max=PERIOD_LENGTH, message=_l("Use at most 16 characters."))],
        filters=[lambda text: text.strip() if text else text],
        description=_l(
            "Only for returns: the month, term or year they are about, as 2026-10, ht-2026 or "
            "2026. Leave empty to read it from the end of the name in the address."
        ),
    )
    opens = DateField(
        _l("First day"),
        [Optional()],
        description=_l("Leave empty to open it by hand at any time."),
    )
    due = DateField(
        _l("Answers wanted by"),
        [Optional()],
        description=_l("Answers are taken after this day too."),
    )
    locks = DateField(
        _l("Last day"),
        [Optional()],
        description=_l("The round closes by itself after this day."),
    )
    codes = BooleanField(
        _l("Ask for the code on a card"),
        description=_l(
            "Each pupil draws a card from a pile, and each card lets in one answer. For anonymous "
            "questionnaires; it cannot be changed later."
        ),
    )

    def __init__(self, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.instrument.choices = choices

    @property
    def dates(self) -> Dates:
        """Give the three dates together."""
        return Dates(self.opens.data, self.due.data, self.locks.data)

    def validate_due(self, field: Field) -> None:
        """Refuse a due date before the first day."""
        if field.data and self.opens.data and field.data < self.opens.data:
            raise ValidationError(gettext("Choose the first day or a later one."))

    def validate_locks(self, field: Field) -> None:
        """Refuse a last day before the others."""
        before = [day for day in (self.opens.data, self.due.data) if day is not None]
        if field.data and any(field.data < day for day in before):
            raise ValidationError(
                gettext("Choose the first day, the day the answers are wanted, or a later one.")
            )


class Cards(FlaskForm):
    """How many cards with entry codes."""

    count = IntegerField(
        _l("Number of cards"),
        [
            InputRequired(_l("Say how many cards you need.")),
            NumberRange(1, MOST_CARDS, _l("Choose a number from 1 to 500.")),
        ],
        description=_l("Ten fit on a sheet. Make a few more than there are pupils."),
    )
    # How many there were when the form was shown: loading the answer again makes no others.
    known = IntegerField()


class CardsOfAny(Cards):
    """Cards for a district that the coordinator names, or for none."""

    district = StringField(
        _l("District"),
        [Optional(), Length(max=DISTRICT_LENGTH, message=_l("Use at most 100 characters."))],
        description=_l("Leave empty if the answers need not be kept apart by district."),
    )


class CardsOfRegister(Cards):
    """Cards for a district of the register, or for none."""

    district = SelectField(
        _l("District"),
        description=_l("Choose none if the answers need not be kept apart by district."),
    )

    def __init__(self, districts: Sequence[str]) -> None:
        super().__init__()
        named = [(each, each) for each in districts]
        self.district.choices = [("", gettext("No district")), *named]


NewCards = CardsOfAny | CardsOfRegister


def new_cards(districts: Sequence[str]) -> NewCards:
    """Ask how many cards, and for which of the register's districts, if it has any."""
    return CardsOfRegister(districts) if districts else CardsOfAny()


class UploadWorkbook(FlaskForm):
    """A workbook, and the files it uses."""

    files = MultipleFileField(
        _l("Workbook, pictures and CSV files"),
        description=_l(
            "One Excel workbook (.xlsx), together with the pictures and CSV files it names; at "
            "most 10 MB in all."
        ),
    )

    @property
    def named_files(self) -> list[tuple[str, bytes]]:
        """Give the chosen files: their names without folders, and their bytes."""
        sent = (file for file in self.files.data or () if isinstance(file, FileStorage))
        return [(_plain(file.filename), file.read()) for file in sent if file.filename]


def _plain(name: str) -> str:
    """Take off folders and what no file system shows; the ending stays."""
    shown = "".join(sign for sign in PurePath(name).name if sign.isprintable())
    return shown[-LONGEST_FILE_NAME:]


class PublishDraft(FlaskForm):
    """What is new in the version."""

    note = TextAreaField(
        _l("Note"),
        [Length(max=NOTE_LENGTH, message=_l("Use at most 500 characters."))],
        description=_l("What is new in this version, for those who choose it later."),
    )


class ApproveLanguage(FlaskForm):
    """Who has read a language's texts."""

    checked_by = StringField(
        _l("Who has read the texts"),
        [
            DataRequired(_l("Write who has read the texts.")),
            Length(max=TITLE_LENGTH, message=_l("Use at most 120 characters.")),
        ],
        description=_l("A person who speaks the language well, and has read every text here."),
    )


def is_sent(form: FlaskForm) -> bool:
    """Tell whether the form was posted and everything in it is right."""
    return bool(form.validate_on_submit())

"""The kinds of questions, and what each can do."""

from __future__ import annotations

from enum import StrEnum


class QuestionType(StrEnum):
    """The types of XLSForm that an instrument may hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
    GEOPOINT = "geopoint"
    IMAGE = "image"
    FILE = "file"
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    START = "start"
    END = "end"
    TODAY = "today"

    @property
    def is_select(self) -> bool:
        """Tell whether the answer is taken from a choice list."""
        return self in _SELECTS

    @property
    def holds_several(self) -> bool:
        """Tell whether the answer is several codes with spaces between."""
        return self in (QuestionType.SELECT_MULTIPLE, QuestionType.RANK)

    @property
    def is_upload(self) -> bool:
        """Tell whether the answer is a file; its value is the name it is kept under."""
        return self in (QuestionType.IMAGE, QuestionType.FILE)

    @property
    def is_clock(self) -> bool:
        """Tell whether it says when the questionnaire was filled in."""
        return self in (QuestionType.START, QuestionType.END, QuestionType.TODAY)

    @property
    def is_input(self) -> bool:
        """Tell whether a respondent fills it in."""
        return self not in _NOT_FILLED_IN

    @property
    def has_value(self) -> bool:
        """Tell whether it is stored and becomes a variable."""
        return self is not QuestionType.NOTE


_SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
_NOT_FILLED_IN = frozenset(
    {QuestionType.NOTE, QuestionType.CALCULATE, QuestionType.HIDDEN}
    | {QuestionType.START, QuestionType.END, QuestionType.TODAY}
)

"""How each question type reads what was typed, into the text that is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from forms.instrument import Question, QuestionType
from forms.marking import N_

LONGEST_TEXT = 10_000
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})")
_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_COORDINATE = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,12})?")
_COMMAS = str.maketrans({",": " ", "\N{MINUS SIGN}": "-"})
_MINUS_AND_BLANKS = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", " ": "", "\N{NO-BREAK SPACE}": ""}
)

WHOLE_NUMBER = N_("Write a whole number with digits, for example 3.")
NUMBER = N_("Write a number with digits, for example 2.5.")
A_DATE = N_("Write the date as year-month-day, for example 2026-01-31.")
FROM_THE_LIST = N_("Choose one of the answers in the list.")
TOO_LONG = N_("The text is too long. It may be at most %(limit)s characters.")
A_TIME = N_("Write the time as hours:minutes, for example 14:30.")
A_MOMENT = N_("Write the date and time as year-month-day hours:minutes.")
A_POSITION = N_("Write the position as latitude and longitude, for example 59.33 18.07.")
IN_RANGE = N_("Choose a number from %(start)s to %(end)s.")
RANK_ALL = N_("Give every alternative a place of its own.")
UNREADABLE = N_("The text has characters that could not be read. Write it again.")


class BadValue(ValueError):
    """What was typed cannot be an answer to the question; `sentence` says what can."""

    def __init__(self, sentence: str, params: Mapping[str, object] | None = None) -> None:
        """Carry a marked sentence and its gaps."""
        super().__init__(sentence)
        self.sentence = sentence
        self.params = params or {}


def read_value(question: Question, typed: str) -> str:
    """Turn what was typed into instance text; "" when nothing was.

    Returns:
        Instance text as `Answers.values` describes it.

    Raises:
        BadValue: It is not of the question's type, or not in its list.
    """
    if "\N{REPLACEMENT CHARACTER}" in typed:
        raise BadValue(UNREADABLE)
    text = clean_text(typed)
    return _READERS[question.type](question, text) if text else ""


def clean_text(typed: str) -> str:
    """Compose accents (NFC), unify line ends, drop control characters and outer blanks."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _read_text(_: Question, text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise BadValue(TOO_LONG, {"limit": LONGEST_TEXT})
    return text


def _read_integer(_: Question, text: str) -> str:
    plain = text.translate(_MINUS_AND_BLANKS)
    if not _INTEGER.fullmatch(plain):
        raise BadValue(WHOLE_NUMBER)
    return str(int(plain))


def _read_decimal(_: Question, text: str) -> str:
    plain = text.translate(_MINUS_AND_BLANKS)
    if not _DECIMAL.fullmatch(plain):
        raise BadValue(NUMBER)
    try:
        number = Decimal(plain.replace(",", ".")).normalize()
    except InvalidOperation as error:
        raise BadValue(NUMBER) from error
    return format(number + 0, "f")


def _read_date(_: Question, text: str) -> str:
    if not (parts := _DATE.fullmatch(text)):
        raise BadValue(A_DATE)
    try:
        return date(*(int(part) for part in parts.groups())).isoformat()
    except ValueError as error:
        raise BadValue(A_DATE) from error


def _read_one(question: Question, text: str) -> str:
    if question.choice_list is None or text not in question.choice_list.codes:
        raise BadValue(FROM_THE_LIST)
    return text


def _read_several(question: Question, text: str) -> str:
    chosen = set(text.split())
    if question.choice_list is None or chosen - question.choice_list.codes:
        raise BadValue(FROM_THE_LIST)
    return " ".join(choice.name for choice in question.choices if choice.name in chosen)


def _read_rank(question: Question, text: str) -> str:
    codes = list(dict.fromkeys(text.split()))
    if question.choice_list is None or set(codes) - question.choice_list.codes:
        raise BadValue(FROM_THE_LIST)
    return " ".join(codes)


def _read_range(question: Question, text: str) -> str:
    number = Decimal(_read_decimal(question, text))
    start, end, step = range_of(question)
    if not start <= number <= end or (number - start) % step:
        raise BadValue(IN_RANGE, {"start": format(start, "f"), "end": format(end, "f")})
    return format(number.normalize() + 0, "f")


def range_of(question: Question) -> tuple[Decimal, Decimal, Decimal]:
    """Give start, end and step of a range; XLSForm's defaults are 1, 10 and 1."""
    given = question.parameters
    start, end = Decimal(given.get("start", "1")), Decimal(given.get("end", "10"))
    return start, end, Decimal(given.get("step", "1"))


def _read_time(_: Question, text: str) -> str:
    if not (parts := _TIME.fullmatch(text)):
        raise BadValue(A_TIME)
    return ":".join(part.zfill(2) for part in parts.groups() if part)


def _read_moment(question: Question, text: str) -> str:
    day, _, clock = text.replace("T", " ").partition(" ")
    try:
        return f"{_read_date(question, day)}T{_read_time(question, clock.strip())}"
    except BadValue as error:
        raise BadValue(A_MOMENT) from error


def _read_position(_: Question, text: str) -> str:
    parts = text.translate(_COMMAS).split()
    if len(parts) not in (2, 3, 4) or not all(_COORDINATE.fullmatch(part) for part in parts):
        raise BadValue(A_POSITION)
    if abs(Decimal(parts[0])) > 90 or abs(Decimal(parts[1])) > 180:
        raise BadValue(A_POSITION)
    return " ".join(parts)


def _read_tick(_: Question, text: str) -> str:
    if text not in ("OK", "on", "yes"):
        raise BadValue(FROM_THE_LIST)
    return "OK"


_READERS: Mapping[QuestionType, Callable[[Question, str], str]] = {
    QuestionType.TEXT: _read_text,
    QuestionType.INTEGER: _read_integer,
    QuestionType.DECIMAL: _read_decimal,
    QuestionType.DATE: _read_date,
    QuestionType.SELECT_ONE: _read_one,
    QuestionType.SELECT_MULTIPLE: _read_several,
    QuestionType.RANGE: _read_range,
    QuestionType.TIME: _read_time,
    QuestionType.DATETIME: _read_moment,
    QuestionType.RANK: _read_rank,
    QuestionType.ACKNOWLEDGE: _read_tick,
    QuestionType.GEOPOINT: _read_position,
    QuestionType.IMAGE: _read_text,
    QuestionType.FILE: _read_text,
    QuestionType.START: _read_moment,
    QuestionType.END: _read_moment,
    QuestionType.TODAY: _read_date,
    QuestionType.HIDDEN: _read_text,
    QuestionType.CALCULATE: _read_text,
}

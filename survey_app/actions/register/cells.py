"""Read the register's cells: text in, value out, or a sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.marking import N_
from forms.personal import find_personal
from survey_app.actions.register.sheets import DEFAULTS, RANGES, Column, Kind, RegisterSheet
from survey_app.store.register import CODE_LENGTH, PSEUDONYM_LENGTH

LONGEST_MILESTONE = 200
_CODE = re.compile(r"[\w][\w .-]*")
_TRUE, _FALSE = {"ja", "yes", "1", "true", "sant"}, {"nej", "no", "0", "false", "falskt"}

PERSONAL = N_(
    "“%(value)s” looks like a personnummer, a telephone number or an e-mail address. Nobody may "
    "be named in the register: remove it."
)
LIKELY_PERSONAL = N_(
    "“%(value)s” could be a personnummer with a slip in it. If it is, remove it: nobody may be "
    "named in the register."
)
BLANK = N_("The column “%(column)s” needs a value.")
BAD_CODE = N_(
    "“%(value)s” cannot be a code: use at most %(most)s letters, digits, hyphens and spaces."
)
BAD_DAY = N_("“%(value)s” is no day. Write it as 2026-01-31.")
BAD_NUMBER = N_("“%(value)s” is no whole number.")
OUT_OF_RANGE = N_("%(value)s is not between %(low)s and %(high)s.")
BAD_SHARE = N_("“%(value)s” is no share of full time. Write 1 for full time, 0,5 for half.")
BAD_YES_NO = N_("Write ja or nej, not “%(value)s”.")
NOT_AMONG = N_("“%(value)s” is not one of %(values)s.")
TOO_LONG = N_("The text is longer than %(most)s characters.")
BAD_EMAIL = N_("“%(value)s” is no e-mail address.")


class BadCell(ValueError):
    """A cell holds what it may not; the sentence has named gaps."""

    def __init__(self, sentence: str, gaps: Mapping[str, object]) -> None:
        super().__init__(sentence % gaps)
        self.sentence = sentence
        self.gaps = gaps


def read_cell(sheet: RegisterSheet, column: Column, text: str) -> Any:
    """Read one cell.

    Raises:
        BadCell: It cannot be read, or names somebody.
    """
    if not text:
        if column.is_needed:
            raise BadCell(BLANK, {"column": column.header})
        return DEFAULTS.get((sheet.name, column.attribute))
    value = _READERS[column.kind](column, text)
    if (allowed := RANGES.get((sheet.name, column.attribute))) and value not in allowed:
        raise BadCell(OUT_OF_RANGE, {"value": value, "low": allowed[0], "high": allowed[-1]})
    if column.kind in (Kind.CODE, Kind.TEXT):
        _refuse_personal(text)
    if column.attribute == "text" and len(text) > LONGEST_MILESTONE:
        raise BadCell(TOO_LONG, {"most": LONGEST_MILESTONE})
    return value


def likely_personal(column: Column, text: str) -> str | None:
    """Give what may be a personnummer with a slip in it: to be warned of."""
    if column.kind not in (Kind.CODE, Kind.TEXT):
        return None
    return next((text[f.start : f.end] for f in find_personal(text) if not f.is_certain), None)


def write_cell(column: Column, value: Any) -> str:
    """Write a value so that `read_cell` reads it back."""
    if value is None or value == "":
        return ""
    if column.kind is Kind.YES_NO:
        return "ja" if value else "nej"
    if column.kind is Kind.SHARE:
        return f"{Decimal(value).normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse_personal(text: str) -> None:
    for found in find_personal(text):
        if found.is_certain:
            raise BadCell(PERSONAL, {"value": text[found.start : found.end]})


def _code(column: Column, text: str) -> str:
    is_pupil = column.refers_to == "elever" or column.header == "elev"
    most = PSEUDONYM_LENGTH if is_pupil else CODE_LENGTH
    if len(text) > most or not _CODE.fullmatch(text):
        raise BadCell(BAD_CODE, {"value": text, "most": most})
    return text


def _text(_: Column, text: str) -> str:
    return text


def _day(_: Column, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCell(BAD_DAY, {"value": text}) from None


def _whole(_: Column, text: str) -> int:
    if not re.fullmatch(r"[-\N{MINUS SIGN}]?\d{1,9}", text):
        raise BadCell(BAD_NUMBER, {"value": text})
    return int(text.replace("\N{MINUS SIGN}", "-"))


def _share(_: Column, text: str) -> Decimal:
    try:
        share = Decimal(text.replace(",", ".")).quantize(Decimal("0.001"))
    except InvalidOperation:
        raise BadCell(BAD_SHARE, {"value": text}) from None
    if not 0 < share <= 1:
        raise BadCell(BAD_SHARE, {"value": text})
    return share


def _yes_no(_: Column, text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise BadCell(BAD_YES_NO, {"value": text})
    return text.lower() in _TRUE


def _one_of(column: Column, text: str) -> str:
    if text not in column.values:
        raise BadCell(NOT_AMONG, {"value": text, "values": ", ".join(column.values)})
    return text


def _some_of(column: Column, text: str) -> str:
    chosen = re.split(r"[\s,;]+", text)
    for each in chosen:
        _one_of(column, each)
    return " ".join(value for value in column.values if value in chosen)


def _email(_: Column, text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        raise BadCell(BAD_EMAIL, {"value": text})
    return text.lower()


_READERS: Mapping[Kind, Callable[[Column, str], Any]] = {
    Kind.CODE: _code,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.WHOLE: _whole,
    Kind.SHARE: _share,
    Kind.YES_NO: _yes_no,
    Kind.ONE_OF: _one_of,
    Kind.SOME_OF: _some_of,
    Kind.EMAIL: _email,
}

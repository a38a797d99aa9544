"""Read the type column: what kind of row it is, and which list it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from pyxform import aliases, constants
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from forms.instrument import QuestionType


class RowKind(Enum):
    """What a row of the survey sheet does."""

    QUESTION = auto()
    BEGIN_GROUP = auto()
    END_GROUP = auto()
    BEGIN_REPEAT = auto()
    END_REPEAT = auto()
    BEGIN_LOOP = auto()
    END_LOOP = auto()
    EXTERNAL = auto()
    FROM_REPEAT = auto()
    UNSUPPORTED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class RowType:
    """The type column, understood.

    Attributes:
        list_name: For selects: the list they name, "" when they name none. For selects from a
            file: the file's name.
        has_other: Whether "other" and a place to write it are added to the list.
        suggestion: For unknown types: the closest one that exists.
        is_uncollected: It would tell of the device or its user, which stays blank here.
    """

    kind: RowKind
    question: QuestionType | None = None
    list_name: str = ""
    has_other: bool = False
    suggestion: str = ""
    is_uncollected: bool = False


_PLAIN = {
    "text": QuestionType.TEXT,
    "string": QuestionType.TEXT,
    "integer": QuestionType.INTEGER,
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "range": QuestionType.RANGE,
    "date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "datetime": QuestionType.DATETIME,
    "date time": QuestionType.DATETIME,
    "acknowledge": QuestionType.ACKNOWLEDGE,
    "trigger": QuestionType.ACKNOWLEDGE,
    "geopoint": QuestionType.GEOPOINT,
    "location": QuestionType.GEOPOINT,
    "gps": QuestionType.GEOPOINT,
    "image": QuestionType.IMAGE,
    "picture": QuestionType.IMAGE,
    "photo": QuestionType.IMAGE,
    "file": QuestionType.FILE,
    "note": QuestionType.NOTE,
    "calculate": QuestionType.CALCULATE,
    "hidden": QuestionType.HIDDEN,
    "start": QuestionType.START,
    "start time": QuestionType.START,
    "end": QuestionType.END,
    "end time": QuestionType.END,
    "today": QuestionType.TODAY,
}
# What an app knows of its device and user. A web page does not, and should not.
_UNCOLLECTED = frozenset(
    {"deviceid", "device id", "imei", "username", "email", "phonenumber", "phone number", "audit"}
    | {"simserial", "sim id", "subscriberid", "subscriber id"}
    | {"start-geopoint", "background-audio"}
)
_SELECTS = {
    constants.SELECT_ONE: QuestionType.SELECT_ONE,
    constants.SELECT_ALL_THAT_APPLY: QuestionType.SELECT_MULTIPLE,
    constants.RANK: QuestionType.RANK,
}
_STRUCTURE = re.compile(
    r"^(begin|end)[ _](group|repeat|lgroup|looped group|loop)(?: (?:over )?\S+)?$"
)
_OTHER = re.compile(r" (?:or[ _]specify[ _]other|or[ _]other)$")


def row_type(written: str) -> RowType:
    """Understand the type column as XLSForm's own compiler would."""
    text = re.sub(r"\s+", " ", written.strip())
    if structure := _STRUCTURE.match(text.lower()):
        return RowType(_structure_kind(*structure.groups()))
    if question := _PLAIN.get(_without_prompt(text)):
        return RowType(RowKind.QUESTION, question)
    if _without_prompt(text).removeprefix("uri:") in _UNCOLLECTED:
        return RowType(RowKind.QUESTION, QuestionType.HIDDEN, is_uncollected=True)
    return _select(text) or _other(text)


def _structure_kind(verb: str, noun: str) -> RowKind:
    is_begin = verb == "begin"
    if noun == "group":
        return RowKind.BEGIN_GROUP if is_begin else RowKind.END_GROUP
    if noun == "loop":
        return RowKind.BEGIN_LOOP if is_begin else RowKind.END_LOOP
    return RowKind.BEGIN_REPEAT if is_begin else RowKind.END_REPEAT


def _without_prompt(text: str) -> str:
    return re.sub(r"^(?:q |add |get )| (?:prompt|question)$", "", text.lower())


def _select(text: str) -> RowType | None:
    plain = _OTHER.sub("", text)
    for alias, standard in sorted(aliases.select.items(), key=lambda item: -len(item[0])):
        if plain.lower() == alias or plain.lower().startswith(f"{alias} "):
            rest = plain[len(alias) :].split()
            question = _SELECTS.get(standard)
            if rest and rest[0].startswith("${"):
                return RowType(RowKind.FROM_REPEAT)
            if question is None:
                return RowType(RowKind.EXTERNAL)
            if len(rest) > 1:
                return RowType(RowKind.UNKNOWN, suggestion=f"{alias} {rest[0]}")
            list_name = rest[0] if rest else ""
            return RowType(RowKind.QUESTION, question, list_name, has_other=plain != text)
    return None


def _other(text: str) -> RowType:
    if text.startswith("osm ") or text in QUESTION_TYPE_DICT or text.lower() in QUESTION_TYPE_DICT:
        return RowType(RowKind.UNSUPPORTED)
    names = [*_PLAIN, "select_one", "select_multiple", "begin_group", "end_group"]
    close = get_close_matches(text.lower().split(" ")[0], names, n=1, cutoff=0.5)
    return RowType(RowKind.UNKNOWN, suggestion=close[0] if close else "text")

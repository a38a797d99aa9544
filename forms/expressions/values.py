"""The four kinds of value, and how each reads as text, number or truth.

A value is a text, a number (always float), a truth value or a list of nodes. Dates are texts in
ISO form: they read as numbers of days wherever a number is wanted.
"""

import math
import re
from collections.abc import Iterable
from decimal import Decimal

from forms.expressions.dates import day_number
from forms.expressions.nodes import Node

Value = str | float | bool | list[Node]

TOLERANCE = 1e-12
"""Numbers closer than this are the same, as in JavaRosa."""

SPACE = " \t\n\v\f\r"
"""What counts as white space; the same characters in both interpreters."""

_NUMBER = re.compile(r"-?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)")
_SPACES = re.compile(f"[{SPACE}]+")


def to_string(value: Value) -> str:
    """Read a value as text; of several nodes the first, of none ''."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    return value[0].value if value else ""


def to_number(value: Value, offset: int) -> float:
    """Read a value as number: NaN for what is none, days since 1970 for a date.

    Args:
        value: Any value.
        offset: Minutes that local time is ahead of UTC.
    """
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value
    text = to_string(value).strip(SPACE)
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    days = day_number(text, offset)
    return math.nan if days is None else days


def to_boolean(value: Value) -> bool:
    """Read a value as truth: a text unless blank, a number unless 0 or NaN, nodes as text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return abs(value) > TOLERANCE
    return to_string(value) != ""


def number_text(number: float) -> str:
    """Write a number in plain decimals: no exponent, no trailing `.0`, NaN as 'NaN'."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    whole = math.trunc(number)
    if abs(number - whole) < TOLERANCE:
        number = float(whole)
    return f"{Decimal(repr(number)):f}".removesuffix(".0") if abs(number) >= TOLERANCE else "0"


def atoms(value: Value) -> list[str | float | bool]:
    """Return what a comparison tries: each node's text ('' when there is none), or the value."""
    if isinstance(value, list):
        return [node.value for node in value] or [""]
    return [value]


def flatten(values: Iterable[Value]) -> list[str | float | bool]:
    """Return the values one after another, lists of nodes as the texts of their nodes."""
    return [
        atom
        for value in values
        for atom in ([node.value for node in value] if isinstance(value, list) else [value])
    ]


def words(text: str) -> list[str]:
    """Split the answer of a select_multiple into its choices."""
    return [word for word in _SPACES.split(text) if word]


def normal_space(text: str) -> str:
    """Return the text without space at its ends, and single spaces within."""
    return " ".join(words(text))


def whole(number: float) -> int:
    """Cut a number to an integer that can count characters; 0 for NaN."""
    if math.isnan(number):
        return 0
    return math.trunc(max(-2e9, min(2e9, number)))

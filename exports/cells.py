"""What stands in one cell of the table, and how codes of our own stay apart from answers."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

# Codes and integers as int, decimals as Decimal, indices as Fraction, days as date, moments as
# datetime (which is a date too), times of the day as time, all else text.
Cell = int | str | Decimal | Fraction | date | time
Code = int | str

NOT_ANSWERED = "NA"
NOT_ASKED = "NAP"
DONT_KNOW = "DK"
REFUSED = "REF"
MISSING_CODES = frozenset({NOT_ANSWERED, NOT_ASKED, DONT_KNOW, REFUSED})

# Excel keeps 15 digits: a longer row of digits is a number in name only, and stays text.
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]+")


def whole_number(code: str) -> int | None:
    """Read a code such as 4 or -1; None for others, also for 04, +4 and 4.0."""
    return int(code) if _WHOLE.fullmatch(code) else None


def number_or_text(text: str, reserved: Collection[str]) -> Cell:
    """Give a plainly written number as a number, anything else as text of its own."""
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return kept_apart(text, reserved)


def kept_apart(text: str, reserved: Collection[str]) -> str:
    """Put quotes around a text that reads as a missing code: NA becomes "NA".

    A text that is such a code with quotes around it gets one more pair, so that taking one
    pair away gives back what was answered.
    """
    return f'"{text}"' if text.strip('"') in reserved else text


def code_of(choice_name: str, *, is_missing: bool) -> Code:
    """Give the cell of a choice: a number for a whole-number code, unless it is a missing code.

    Missing codes stay text, so that Excel's AVERAGE and its kin pass over them.
    """
    number = None if is_missing else whole_number(choice_name)
    if number is not None:
        return number
    return kept_apart(choice_name, (NOT_ANSWERED, NOT_ASKED))

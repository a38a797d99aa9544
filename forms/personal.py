"""Find what names a person in free text: personnummer, telephone numbers, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    NUMBER = "personnummer"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of a text that names a person.

    Attributes:
        start, end: Its characters in the text, as a slice.
        is_certain: To be refused. A personnummer whose check digit is wrong is only likely: a
            slip of the writer, or another number; to be warned of.
    """

    kind: Kind
    start: int
    end: int
    is_certain: bool


# Dashes as people and phones write them; + for those who have turned 100.
_DASH = r"[-+\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}]"
_NUMBER = re.compile(
    rf"(?<!\d)(?P<century>18|19|20)?(?P<day>\d{{6}})(?:\s?{_DASH}\s?|\s)?(?P<last>\d{{4}})(?!\d)"
)
_PHONE = re.compile(
    rf"(?<![\d\w])(?:(?:\+|00)\s?46\s?(?:\(0\)\s?)?|0)[1-9]\d{{0,2}}(?:[\s/]|{_DASH}|\s{_DASH}\s)?"
    rf"\d{{2,3}}(?:(?:\s|{_DASH})?\d{{2,3}}){{1,2}}(?!\d)"
)
_EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# After a small letter or a comma, as the browser's twin has it.
_CAPITAL = re.compile(
    r"(?:(?<=[a-zåäöéüø0-9,;:)\"”’] ))[A-ZÅÄÖÉÜØ][a-zåäöéüø]+(?:[ -][A-ZÅÄÖÉÜØ][a-zåäöéüø]+)*"
)
_FEWEST_DIGITS, _MOST_DIGITS = 8, 12
_COORDINATION_DAYS = 60  # added to the day of a samordningsnummer


def possible_names(text: str, most: int = 20) -> list[str]:
    """Give words that may be names: those with a capital inside a sentence. To be looked at."""
    return list(dict.fromkeys(_CAPITAL.findall(text)))[:most]


def find_personal(text: str) -> list[Found]:
    """Find all pieces, by their place; of two that overlap the certain one, else the first.

    A number such as 070-123 45 67 also looks like a birthday (07-01-23): it is refused as a
    telephone number.
    """
    pieces = [*_numbers(text), *_phones(text), *_emails(text)]
    kept: list[Found] = []
    for piece in sorted(pieces, key=lambda found: (not found.is_certain, found.start)):
        if not any(piece.start < other.end and other.start < piece.end for other in kept):
            kept.append(piece)
    return sorted(kept, key=lambda found: found.start)


def has_valid_check_digit(number: str) -> bool:
    """Tell whether ten digits end in their Luhn check digit (weights 2, 1, 2 …)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(number)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _numbers(text: str) -> Iterator[Found]:
    for match in _NUMBER.finditer(text):
        digits = _ascii(match["day"] + match["last"])
        if _is_born(match["century"], digits[:6]) and digits[6:9] != "000":
            is_certain = has_valid_check_digit(digits)
            yield Found(Kind.NUMBER, match.start(), match.end(), is_certain)


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        if _FEWEST_DIGITS <= sum(c.isdigit() for c in match[0]) <= _MOST_DIGITS:
            yield Found(Kind.PHONE, match.start(), match.end(), is_certain=True)


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        yield Found(Kind.EMAIL, match.start(), match.end(), is_certain=True)


def _is_born(century: str | None, day: str) -> bool:
    """Tell whether six digits are a date of any century, or of the one that is given."""
    year, month, number = int(day[:2]), int(day[2:4]), int(day[4:])
    number -= _COORDINATION_DAYS if number > _COORDINATION_DAYS else 0
    centuries = [century] if century else ["19", "20"]
    return any(_is_date(100 * int(c) + year, month, number) for c in centuries)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _ascii(digits: str) -> str:
    return "".join(str(int(digit)) for digit in digits)

"""Dates and times as XForms write them, counted in milliseconds and days since 1970."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DAY = 86_400_000
"""Milliseconds."""

_MINUTE = 60_000
_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = 1 - _EPOCH, date.max.toordinal() - _EPOCH
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)


@dataclass(frozen=True)
class DateNames:
    """Short names for %b and %a: twelve months, and seven days from Monday."""

    months: Sequence[str] = (
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    )  # fmt: skip
    days: Sequence[str] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def local_milliseconds(text: str, offset: int) -> int | None:
    """Read an ISO date or date-time.

    Args:
        text: `2026-01-05` or `2026-01-05T10:00:00.000+01:00`; seconds and zone may be
            missing, and a leading zero of month and day.
        offset: Minutes that local time is ahead of UTC; a time without zone is local already.

    Returns:
        Milliseconds since 1970 began, on the local clock; None when the text is no such date.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if hour > 23 or minute > 59 or second > 59:
        return None
    try:
        days = date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None
    shift = offset - _zone(match[8], offset)
    thousandths = int((match[7] or "")[:3].ljust(3, "0"))
    return days * DAY + ((hour * 60 + minute + shift) * 60 + second) * 1000 + thousandths


def _zone(text: str | None, offset: int) -> int:
    if text is None:
        return offset
    if text == "Z":
        return 0
    minutes = int(text[1:3]) * 60 + int(text[3:].removeprefix(":") or 0)
    return -minutes if text[0] == "-" else minutes


def day_number(text: str, offset: int) -> float | None:
    """Return the days since 1970 on the local clock: whole for a date, with a fraction for a time.

    None when the text is no date.
    """
    milliseconds = local_milliseconds(text, offset)
    return None if milliseconds is None else milliseconds / DAY


def is_in_range(milliseconds: float) -> bool:
    """Tell whether a moment lies in the years 1 to 9999."""
    return _FIRST * DAY <= milliseconds < (_LAST + 1) * DAY


def date_text(milliseconds: int) -> str:
    """Return the ISO date of a local moment."""
    return date.fromordinal(milliseconds // DAY + _EPOCH).isoformat()


def date_time_text(milliseconds: int, offset: int) -> str:
    """Return the ISO date-time of a local moment, with its zone."""
    zone = f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    return date_text(milliseconds) + format_moment(milliseconds, "T%H:%M:%S.%3") + zone


def format_moment(milliseconds: int, pattern: str, names: DateNames | None = None) -> str:
    """Write a local moment after a pattern: %Y %y %m %n %d %e %b %a %H %h %M %S %3 and %%."""
    names = names or DateNames()
    days, rest = divmod(milliseconds, DAY)
    day = date.fromordinal(days + _EPOCH)
    parts = {
        "Y": f"{day.year:04}", "y": f"{day.year % 100:02}",
        "m": f"{day.month:02}", "n": str(day.month), "b": names.months[day.month - 1],
        "d": f"{day.day:02}", "e": str(day.day), "a": names.days[day.weekday()],
        "H": f"{rest // 3_600_000:02}", "h": str(rest // 3_600_000),
        "M": f"{rest // _MINUTE % 60:02}", "S": f"{rest // 1000 % 60:02}",
        "3": f"{rest % 1000:03}", "%": "%",
    }  # fmt: skip
    return re.sub("%(.)", lambda code: parts.get(code[1], code[0]), pattern)

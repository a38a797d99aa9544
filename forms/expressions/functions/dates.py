"""Functions on dates; a date is a text in ISO form, a moment milliseconds on the local clock."""

import math
from collections.abc import Callable

from forms.expressions.context import Frame
from forms.expressions.dates import (
    DAY,
    date_text,
    date_time_text,
    format_moment,
    is_in_range,
    local_milliseconds,
)
from forms.expressions.values import SPACE, Value, to_number, to_string

_MINUTE = 60_000


def _today(frame: Frame) -> Value:
    return frame.context.today.isoformat()


def _now(frame: Frame) -> Value:
    now = frame.context.now.replace(tzinfo=None)
    milliseconds = local_milliseconds(now.isoformat(timespec="milliseconds"), 0) or 0
    return date_time_text(milliseconds, frame.context.offset)


def _moment(value: Value, frame: Frame) -> int | None:
    """Read a date, or a number of local days."""
    offset = frame.context.offset
    exact = local_milliseconds(to_string(value).strip(SPACE), offset)
    return _in_range(exact) if exact is not None else _counted(to_number(value, offset) * DAY)


def _counted(milliseconds: float) -> int | None:
    return math.floor(milliseconds + 0.5) if math.isfinite(milliseconds) else None


def _in_range(milliseconds: int | None) -> int | None:
    return milliseconds if milliseconds is not None and is_in_range(milliseconds) else None


def _date(frame: Frame, value: Value) -> Value:
    moment = _in_range(_moment(value, frame))
    return "" if moment is None else date_text(moment)


def _date_time(frame: Frame, value: Value) -> Value:
    """Read a date-time; a number counts days of UTC, as decimal-date-time() gives them."""
    moment, offset = _moment(value, frame), frame.context.offset
    if moment is not None and local_milliseconds(to_string(value).strip(SPACE), offset) is None:
        moment += offset * _MINUTE
    moment = _in_range(moment)
    return "" if moment is None else date_time_text(moment, offset)


def _decimal_date_time(frame: Frame, value: Value) -> Value:
    """Count the days of UTC since 1970, with their fraction."""
    offset = frame.context.offset
    moment = local_milliseconds(to_string(value).strip(SPACE), offset)
    if moment is None:
        return to_number(value, offset)
    return (moment - offset * _MINUTE) / DAY


def _format_date(frame: Frame, value: Value, pattern: Value) -> Value:
    moment = _in_range(_moment(value, frame))
    if moment is None:
        return ""
    return format_moment(moment, to_string(pattern), frame.context.date_names)


DATE_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "date": _date,
    "date-time": _date_time,
    "decimal-date-time": _decimal_date_time,
    "format-date": _format_date,
    "format-date-time": _format_date,
    "now": _now,
    "today": _today,
}

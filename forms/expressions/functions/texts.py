"""Functions on texts and on the choices of a select_multiple; characters are code points."""

from collections.abc import Callable

import re2

from forms.expressions.context import Frame
from forms.expressions.patterns import compiled_pattern
from forms.expressions.values import (
    SPACE,
    Value,
    flatten,
    normal_space,
    to_number,
    to_string,
    whole,
    words,
)


def _concat(_: Frame, *values: Value) -> Value:
    return "".join(to_string(atom) for atom in flatten(values))


def _join(_: Frame, separator: Value, *values: Value) -> Value:
    return to_string(separator).join(to_string(atom) for atom in flatten(values))


def _contains(_: Frame, text: Value, part: Value) -> Value:
    return to_string(part) in to_string(text)


def _starts_with(_: Frame, text: Value, part: Value) -> Value:
    return to_string(text).startswith(to_string(part))


def _ends_with(_: Frame, text: Value, part: Value) -> Value:
    return to_string(text).endswith(to_string(part))


def _substr(frame: Frame, text: Value, start: Value, end: Value | None = None) -> Value:
    """Cut from the start to before the end, counted from 0; below 0 from the end."""
    offset = frame.context.offset
    last = None if end is None else whole(to_number(end, offset))
    return to_string(text)[whole(to_number(start, offset)) : last]


def _substring_before(_: Frame, text: Value, part: Value) -> Value:
    before, found, _after = _partition(to_string(text), to_string(part))
    return before if found else ""


def _substring_after(_: Frame, text: Value, part: Value) -> Value:
    _before, found, after = _partition(to_string(text), to_string(part))
    return after if found else ""


def _partition(text: str, part: str) -> tuple[str, bool, str]:
    place = text.find(part)
    return text[: max(place, 0)], place >= 0, text[place + len(part) :]


def _translate(_: Frame, text: Value, old: Value, new: Value) -> Value:
    """Replace each character of `old` by its counterpart in `new`, or by nothing."""
    mapping: dict[int, str] = {}
    replacements = to_string(new)
    for place, character in enumerate(to_string(old)):
        mapping.setdefault(ord(character), replacements[place : place + 1])
    return to_string(text).translate(mapping)


def _string(frame: Frame, *values: Value) -> Value:
    return to_string(_own_or(frame, values))


def _string_length(frame: Frame, *values: Value) -> Value:
    return float(len(to_string(_own_or(frame, values))))


def _normalize_space(frame: Frame, *values: Value) -> Value:
    return normal_space(to_string(_own_or(frame, values)))


def _own_or(frame: Frame, values: tuple[Value, ...]) -> Value:
    """Return the one value given, or the node's own."""
    return values[0] if values else frame.own_value()


def _regex(_: Frame, text: Value, pattern: Value) -> Value:
    """Tell whether the whole text matches."""
    try:
        return compiled_pattern(to_string(pattern)).fullmatch(to_string(text)) is not None
    except (UnicodeEncodeError, re2.error):
        return False


def _selected(_: Frame, answer: Value, choice: Value) -> Value:
    """Tell whether a choice is among the answer's; '' is "chosen" when nothing is."""
    chosen, wanted = words(to_string(answer)), to_string(choice).strip(SPACE)
    return wanted in chosen if wanted else not chosen


def _selected_at(frame: Frame, answer: Value, index: Value) -> Value:
    chosen, place = words(to_string(answer)), whole(to_number(index, frame.context.offset))
    return chosen[place] if 0 <= place < len(chosen) else ""


def _count_selected(_: Frame, answer: Value) -> Value:
    return float(len(words(to_string(answer))))


def _uuid(frame: Frame, *length: Value) -> Value:
    """Return a UUID, or so many (at most 255) of its hexadecimal digits."""
    if not length:
        return frame.context.uuid()
    count = min(whole(to_number(length[0], frame.context.offset)), 255)
    digits = ""
    while len(digits) < count:
        digits += frame.context.uuid().replace("-", "")
    return digits[: max(count, 0)]


TEXT_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "concat": _concat,
    "contains": _contains,
    "count-selected": _count_selected,
    "ends-with": _ends_with,
    "join": _join,
    "normalize-space": _normalize_space,
    "regex": _regex,
    "selected": _selected,
    "selected-at": _selected_at,
    "starts-with": _starts_with,
    "string": _string,
    "string-length": _string_length,
    "substr": _substr,
    "substring-after": _substring_after,
    "substring-before": _substring_before,
    "translate": _translate,
    "uuid": _uuid,
}

"""Functions on numbers and truth values."""

import math
from collections.abc import Callable, Iterable

from forms.expressions.context import Frame
from forms.expressions.operators import power
from forms.expressions.values import Value, flatten, to_boolean, to_number, to_string, whole


def _number(frame: Frame, *values: Value) -> Value:
    return to_number(values[0] if values else frame.own_value(), frame.context.offset)


def _int(frame: Frame, value: Value) -> Value:
    """Cut the decimals off."""
    number = to_number(value, frame.context.offset)
    return math.copysign(math.trunc(number), number) if math.isfinite(number) else number


def _round(frame: Frame, value: Value, places: Value = 0.0) -> Value:
    """Round halves up, counted on the decimals as written; below 0 places to tens and hundreds."""
    offset = frame.context.offset
    number, count = to_number(value, offset), whole(to_number(places, offset))
    if not math.isfinite(number):
        return number
    if abs(count) > 30:
        return math.nan
    scaled = _shifted(number, count)
    if not math.isfinite(scaled):
        return number
    floor = float(math.floor(scaled))
    return _shifted(floor + 1 if scaled - floor >= 0.5 else floor, -count)


def _shifted(number: float, places: int) -> float:
    """Move the decimal point, as one would on paper."""
    digits, _, exponent = repr(number).partition("e")
    return float(f"{digits}e{int(exponent or 0) + places}")


def _abs(frame: Frame, value: Value) -> Value:
    return abs(to_number(value, frame.context.offset))


def _pow(frame: Frame, base: Value, exponent: Value) -> Value:
    offset = frame.context.offset
    return power(to_number(base, offset), to_number(exponent, offset))


def _numbers(frame: Frame, values: Iterable[Value]) -> list[float]:
    """Return the numbers among the values and nodes; blanks and words are skipped."""
    numbers = [to_number(atom, frame.context.offset) for atom in flatten(values)]
    return [number for number in numbers if not math.isnan(number)]


def _sum(frame: Frame, value: Value) -> Value:
    total = 0.0
    for number in _numbers(frame, [value]):
        total += number
    return total


def _min(frame: Frame, *values: Value) -> Value:
    return min(_numbers(frame, values), default=math.nan)


def _max(frame: Frame, *values: Value) -> Value:
    return max(_numbers(frame, values), default=math.nan)


def _random(frame: Frame) -> Value:
    return frame.context.random()


def _true(_: Frame) -> Value:
    return True


def _false(_: Frame) -> Value:
    return False


def _not(_: Frame, value: Value) -> Value:
    return not to_boolean(value)


def _boolean(_: Frame, value: Value) -> Value:
    return to_boolean(value)


def _boolean_from_string(_: Frame, value: Value) -> Value:
    return to_string(value).lower() in ("true", "1")


def _checklist(frame: Frame, least: Value, most: Value, *factors: Value) -> Value:
    """Tell whether the number of true factors lies between two bounds; below 0 is no bound."""
    offset = frame.context.offset
    low, high = whole(to_number(least, offset)), whole(to_number(most, offset))
    count = sum(to_boolean(atom) for atom in flatten(factors))
    return count >= low and (high < 0 or count <= high)


def _weighted_checklist(frame: Frame, least: Value, most: Value, *pairs: Value) -> Value:
    """Tell whether the weights of the true factors sum to a number between two bounds."""
    offset = frame.context.offset
    factors, weights = flatten(pairs[::2]), flatten(pairs[1::2])
    total = 0.0
    for factor, weight in zip(factors, weights, strict=False):
        if to_boolean(factor):
            total += to_number(weight, offset)
    return to_number(least, offset) <= total <= to_number(most, offset)


NUMBER_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "abs": _abs,
    "boolean": _boolean,
    "boolean-from-string": _boolean_from_string,
    "checklist": _checklist,
    "false": _false,
    "int": _int,
    "max": _max,
    "min": _min,
    "not": _not,
    "number": _number,
    "pow": _pow,
    "random": _random,
    "round": _round,
    "sum": _sum,
    "true": _true,
    "weighted-checklist": _weighted_checklist,
}

"""Arithmetic and comparison, as IEEE numbers and lists of nodes ask for them."""

import math
from collections.abc import Callable

from forms.expressions.context import Frame
from forms.expressions.dates import day_number
from forms.expressions.values import TOLERANCE, Value, atoms, to_boolean, to_number

Atom = str | float | bool


def apply(operator: str, left: Value, right: Value, frame: Frame) -> Value:
    """Return `left operator right`."""
    if operator in _ARITHMETIC:
        offset = frame.context.offset
        return _ARITHMETIC[operator](to_number(left, offset), to_number(right, offset))
    return compare(operator, left, right, frame)


def compare(operator: str, left: Value, right: Value, frame: Frame) -> bool:
    """Tell whether any pair of values compares so; no nodes count as one blank."""
    if operator in _EQUALITY and (isinstance(left, bool) or isinstance(right, bool)):
        left, right = to_boolean(left), to_boolean(right)
    lefts, rights = atoms(left), atoms(right)
    if len(lefts) * len(rights) > 1:
        frame.work.add(len(lefts) * len(rights))
    test, offset = _COMPARISON[operator], frame.context.offset
    return any(test(a, b, offset) for a in lefts for b in rights)


def power(base: float, exponent: float) -> float:
    """Raise to a power; whole exponents by squaring, which every machine rounds alike."""
    if not math.isfinite(exponent) or exponent != math.trunc(exponent):
        return _root_power(base, exponent)
    result, rest, factor = 1.0, abs(exponent), base
    while rest:
        if rest % 2:
            result *= factor
        factor *= factor
        rest = math.trunc(rest / 2)
    return divide(1.0, result) if exponent < 0 else result


def _root_power(base: float, exponent: float) -> float:
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan


def divide(left: float, right: float) -> float:
    """Divide; by zero gives an infinity or NaN."""
    if right:
        return left / right
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """Return what is left after division, with the sign of `left`."""
    if math.isinf(left) or right == 0:
        return math.nan
    return math.fmod(left, right)


def _equal(left: Atom, right: Atom, offset: int) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right or _same_moment(left, right, offset)
    if isinstance(left, bool) and isinstance(right, bool):
        return left == right
    a, b = to_number(left, offset), to_number(right, offset)
    return a == b or abs(a - b) < TOLERANCE


def _same_moment(left: str, right: str, offset: int) -> bool:
    """Two date-times may spell one moment in different zones."""
    if left[10:11] != "T" and right[10:11] != "T":
        return False
    moment = day_number(left, offset)
    return moment is not None and moment == day_number(right, offset)


_EQUALITY = ("=", "!=")
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": divide,
    "mod": remainder,
}
_COMPARISON: dict[str, Callable[[Atom, Atom, int], bool]] = {
    "=": _equal,
    "!=": lambda left, right, offset: not _equal(left, right, offset),
    "<": lambda left, right, offset: to_number(left, offset) < to_number(right, offset),
    "<=": lambda left, right, offset: to_number(left, offset) <= to_number(right, offset),
    ">": lambda left, right, offset: to_number(left, offset) > to_number(right, offset),
    ">=": lambda left, right, offset: to_number(left, offset) >= to_number(right, offset),
}

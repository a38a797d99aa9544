"""Functions on numbers that machines compute with slightly different last digits."""

import math
from collections.abc import Callable

from forms.expressions.context import Frame
from forms.expressions.values import Value, to_number

_DIGITS = 14


def _curve(compute: Callable[..., float]) -> Callable[..., Value]:
    """Wrap a function of numbers: NaN outside its domain, and as many digits as all agree on."""

    def curve(frame: Frame, *values: Value) -> Value:
        try:
            number = compute(*(to_number(value, frame.context.offset) for value in values))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf
        return float(f"{number:.{_DIGITS - 1}e}") if math.isfinite(number) else number

    return curve


def _logarithm(compute: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else compute(number)


def _square_root(frame: Frame, value: Value) -> Value:
    """Take the root, which every machine rounds alike."""
    number = to_number(value, frame.context.offset)
    return math.nan if number < 0 else math.sqrt(number)


CURVE_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "acos": _curve(math.acos),
    "asin": _curve(math.asin),
    "atan": _curve(math.atan),
    "atan2": _curve(math.atan2),
    "cos": _curve(math.cos),
    "exp": _curve(math.exp),
    "exp10": _curve(lambda number: math.pow(10, number)),
    "log": _curve(_logarithm(math.log)),
    "log10": _curve(_logarithm(math.log10)),
    "pi": lambda _: math.pi,
    "sin": _curve(math.sin),
    "sqrt": _square_root,
    "tan": _curve(math.tan),
}

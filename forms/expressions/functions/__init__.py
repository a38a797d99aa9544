"""The functions of expressions, by name; each takes the frame and its evaluated values.

if, coalesce, once and indexed-repeat decide what to evaluate and live with the interpreter.
"""

from collections.abc import Callable

from forms.expressions.functions.curves import CURVE_FUNCTIONS
from forms.expressions.functions.dates import DATE_FUNCTIONS
from forms.expressions.functions.nodes import NODE_FUNCTIONS
from forms.expressions.functions.numbers import NUMBER_FUNCTIONS
from forms.expressions.functions.texts import TEXT_FUNCTIONS
from forms.expressions.values import Value

FUNCTIONS: dict[str, Callable[..., Value]] = {
    **TEXT_FUNCTIONS,
    **NUMBER_FUNCTIONS,
    **CURVE_FUNCTIONS,
    **DATE_FUNCTIONS,
    **NODE_FUNCTIONS,
}

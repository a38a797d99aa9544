"""Curly quotation marks, as word processors write them, read as those of expressions."""

from forms.expressions.expression import Expression, parse
from forms.expressions.problems import ExpressionError, ExpressionProblem
from forms.expressions.tokens import SMART_QUOTES

_STRAIGHT = str.maketrans({mark: "'" if mark in "‘’‚‛" else '"' for mark in SMART_QUOTES})


def parse_leniently(text: str) -> Expression:
    """Read an expression; if curly marks alone keep it from being one, with straight ones.

    The text of the expression tells which it was. Marks inside a text stay as they are.

    Raises:
        ExpressionError: It is none with straight marks either.
    """
    try:
        return parse(text)
    except ExpressionError as error:
        if error.code is not ExpressionProblem.SMART_QUOTE:
            raise
        try:
            return parse(text.translate(_STRAIGHT))
        except ExpressionError:
            raise error from None

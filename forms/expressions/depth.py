"""How deeply an expression may be nested, so that no interpreter exhausts its stack."""

from forms.expressions.chains import Ast
from forms.expressions.problems import ExpressionError, ExpressionProblem

MAX_NESTING = 100
"""Parentheses, calls and predicates inside one another."""

MAX_DEPTH = 250
"""Lists inside lists in the finished tree."""


def check_depth(tree: Ast) -> None:
    """Refuse trees that would exhaust the stack of an interpreter or of `json.dumps`."""
    waiting = [(tree, 1)]
    while waiting:
        branch, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ExpressionError(ExpressionProblem.TOO_DEEP, 1, limit=MAX_NESTING)
        waiting += [(part, depth + 1) for part in branch if isinstance(part, list)]

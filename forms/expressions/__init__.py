"""The expression language of XLSForm: read once into a tree, interpreted here and in the browser.

The interpreter for the browser is `survey_app/static/js/expressions.js`; what both mean is
written down in `docs/expressions.md` and held together by `tests/vectors/expressions.json`.
"""

from forms.expressions.chains import Ast
from forms.expressions.context import Context
from forms.expressions.dates import DateNames
from forms.expressions.evaluate import (
    evaluate,
    evaluate_boolean,
    evaluate_number,
    evaluate_string,
    filter_items,
)
from forms.expressions.expression import Expression, PathReference, parse
from forms.expressions.nodes import Node
from forms.expressions.problems import ExpressionError, ExpressionProblem
from forms.expressions.quotes import parse_leniently
from forms.expressions.signatures import SIGNATURES
from forms.expressions.values import Value, to_boolean, to_number, to_string

__all__ = [
    "SIGNATURES",
    "Ast",
    "Context",
    "DateNames",
    "Expression",
    "ExpressionError",
    "ExpressionProblem",
    "Node",
    "PathReference",
    "Value",
    "evaluate",
    "evaluate_boolean",
    "evaluate_number",
    "evaluate_string",
    "filter_items",
    "parse",
    "parse_leniently",
    "to_boolean",
    "to_number",
    "to_string",
]

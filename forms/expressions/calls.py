"""Check a call while it is read: its name, the number of its values, and those that must be fixed.

What is checked here needs no question to be known; the rest is the compiler's.
"""

from typing import Any, NoReturn

from forms.expressions.patterns import PatternRefused, portable_pattern
from forms.expressions.problems import ExpressionError, ExpressionProblem
from forms.expressions.signatures import SIGNATURES, closest_function
from forms.expressions.tokens import Token, tokens_of

Tree = list[Any]

_LITERALS = {"instance": (0,), "pulldata": (0, 1, 2), "regex": (1,)}
_NODES = frozenset({"ref", "path", "filter", "union"})
_GIVING_NODES = frozenset({"current", "instance", "indexed-repeat", "if", "coalesce", "once"})
_COUNTING = frozenset({"count", "count-non-empty", "sum"})


def settle_call(name: Token, arguments: list[Tree], positions: list[int]) -> None:
    """Check the values of a call, and bring patterns and quoted references into their one form.

    Args:
        name: The token of the function, which is known.
        arguments: The trees of its values; patterns and references are changed in place.
        positions: Where each value begins.

    Raises:
        ExpressionError: There are too few or too many, or one cannot be what it must be.
    """
    _check_arity(name, len(arguments))
    _settle_arguments(name, arguments, positions)


def may_be_nodes(tree: Tree) -> bool:
    """Tell whether a value may be questions, rather than a text or a number in any case."""
    return tree[0] in _NODES or (tree[0] == "call" and tree[1] in _GIVING_NODES)


def refuse_function(name: Token) -> NoReturn:
    """Raise the error for an unknown function."""
    if name.text == "jr:itext":
        raise ExpressionError(ExpressionProblem.ITEXT, name.position)
    raise ExpressionError(
        ExpressionProblem.UNKNOWN_FUNCTION,
        name.position,
        function=name.text[:60],
        suggestion=closest_function(name.text),
    )


def _check_arity(name: Token, given: int) -> None:
    signature = SIGNATURES[name.text]
    if not signature.accepts(given):
        raise ExpressionError(
            ExpressionProblem.WRONG_ARITY,
            name.position,
            function=name.text,
            given=given,
            expected=signature.describe(),
        )


def _settle_arguments(name: Token, arguments: list[Tree], positions: list[int]) -> None:
    """Check and normalise the arguments that must be known before any answer is."""
    for number in _LITERALS.get(name.text, ()):
        if arguments[number][0] != "str":
            _refuse_argument(ExpressionProblem.LITERAL_NEEDED, name, positions, number)
    if name.text in _COUNTING and arguments[0][0] not in (*_NODES, "call"):
        _refuse_argument(ExpressionProblem.REFERENCE_NEEDED, name, positions, 0)
    if name.text == "regex":
        _settle_pattern(arguments[1], positions[1])
    elif name.text == "jr:choice-name":
        question = _question_of(arguments[1])
        if question is None:
            _refuse_argument(ExpressionProblem.REFERENCE_NEEDED, name, positions, 1)
        arguments[1] = ["str", question]
    elif name.text == "indexed-repeat":
        for number in (0, *range(1, len(arguments), 2)):
            if _question_of(arguments[number]) is None or arguments[number][0] == "str":
                _refuse_argument(ExpressionProblem.REFERENCE_NEEDED, name, positions, number)


def _refuse_argument(
    code: ExpressionProblem, name: Token, positions: list[int], number: int
) -> NoReturn:
    raise ExpressionError(code, positions[number], function=name.text, number=number + 1)


def _settle_pattern(literal: Tree, position: int) -> None:
    try:
        literal[1] = portable_pattern(literal[1])
    except PatternRefused as problem:
        raise ExpressionError(
            ExpressionProblem.BAD_REGEX, position, reason=str(problem)
        ) from problem


def _question_of(tree: Tree) -> str | None:
    """Return the question that a reference, a path or a quoted reference names."""
    if tree[0] == "str":
        return _quoted_question(tree[1])
    if tree[0] == "ref":
        return str(tree[1])
    if tree[0] == "path" and tree[2] and tree[2][-1][0] == "child" and tree[2][-1][1] != "*":
        return str(tree[2][-1][1])
    return None


def _quoted_question(text: str) -> str | None:
    try:
        tokens = tokens_of(text)
    except ExpressionError:
        return None
    named = [token for token in tokens if token.kind in ("reference", "name")]
    if not named or len(tokens) < 2 or tokens[-2] != named[-1]:
        return None
    return named[-1].text

"""Read an expression as authors write it and build its abstract syntax tree.

The tree is nested lists, ready for `json.dumps`. Each list begins with its kind:

    ["num", 2.5]  ["str", "text"]  ["ref", "age"]  ["saved", "age"]  ["neg", value]
    ["and", a, b, ...]  ["or", a, b, ...]  ["ops", a, "+", b, "-", c]
    ["call", "if", [condition, then, otherwise]]
    ["filter", nodes, [predicate, ...]]
    ["union", nodes, nodes, ...]
    ["path", start, [[axis, name, [predicate, ...]], ...]]

A path starts at "/" (the root), "." (the context) or at another tree; an axis is child, self or
parent; the name `*` stands for any. Operators of one rank and one chain share one list, so depth
comes from nesting alone.
"""

from collections.abc import Callable
from typing import NoReturn

from forms.expressions.calls import may_be_nodes, refuse_function, settle_call
from forms.expressions.chains import RANKS, Ast, reduce
from forms.expressions.depth import MAX_NESTING, check_depth
from forms.expressions.problems import ExpressionError, ExpressionProblem
from forms.expressions.signatures import SIGNATURES
from forms.expressions.tokens import Token, tokens_of

_AXES = frozenset({"child", "self", "parent"})


def parse_tree(text: str) -> Ast:
    """Return the tree of an expression.

    Raises:
        ExpressionError: With the entry of the catalogue and the character.
    """
    tokens = tokens_of(text)
    if tokens[0].kind == "end":
        raise ExpressionError(ExpressionProblem.EMPTY, 1)
    parser = _Parser(tokens)
    tree = parser.expression()
    if parser.token.kind != "end":
        parser.refuse()
    check_depth(tree)
    return tree


class _Parser:
    """Recursive descent over the tokens; operators are ranked without recursion."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.nesting = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def advance(self) -> Token:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        token = self.token
        return token.kind == "sign" and token.text in signs

    def expression(self) -> Ast:
        """Read values with operators between them, strongest operator first."""
        self._enter()
        operands, operators = [self._operand()], list[str]()
        while self.token.kind == "operator":
            operator = self._operator()
            reduce(operands, operators, RANKS[operator])
            operators.append(operator)
            operands.append(self._operand())
        reduce(operands, operators, 0)
        self.nesting -= 1
        return operands[0]

    def _enter(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise ExpressionError(
                ExpressionProblem.TOO_DEEP, self.token.position, limit=MAX_NESTING
            )

    def _operator(self) -> str:
        token = self.advance()
        following = self.token
        doubled = token.text + following.text
        if following.kind == "operator" and doubled in ("==", "<>", "=>", "=<"):
            suggestion = {"==": "=", "<>": "!=", "=>": ">=", "=<": "<="}[doubled]
            raise ExpressionError(
                ExpressionProblem.UNKNOWN_OPERATOR,
                token.position,
                found=doubled,
                suggestion=suggestion,
            )
        return token.text

    def _operand(self) -> Ast:
        """Read minus signs and the value that they belong to."""
        count = 0
        while self.token.kind == "operator" and self.token.text == "-":
            self.place += 1
            count += 1
        value = self._value()
        if self.is_sign("|"):
            value = self._union(value)
        if not count:
            return value
        return ["neg", value] if count % 2 else ["neg", ["neg", value]]

    def _union(self, first: Ast) -> Ast:
        parts = [first]
        while self.is_sign("|"):
            sign = self.advance()
            if self.is_sign("|"):
                raise ExpressionError(
                    ExpressionProblem.UNKNOWN_OPERATOR, sign.position, found="||", suggestion="or"
                )
            parts.append(self._value())
            if not all(may_be_nodes(part) for part in parts):
                raise ExpressionError(ExpressionProblem.UNION_OF_VALUES, sign.position)
        return ["union", *parts]

    def _value(self) -> Ast:
        value = self._primary()
        predicates = self._predicates()
        if predicates:
            value = ["filter", value, predicates]
        if self.is_sign("/"):
            self.place += 1
            return ["path", value, self._steps()]
        return value

    def _primary(self) -> Ast:
        token = self.token
        if token.kind in _LEAVES:
            self.place += 1
            return _LEAVES[token.kind](token)
        if token.kind == "name":
            return self._name()
        if self.is_sign("("):
            return self._parenthesis()
        if self.is_sign("/"):
            self.place += 1
            return ["path", "/", self._steps() if self._begins_step() else []]
        if not self._begins_step():
            self.refuse()
        return ["path", ".", self._first_steps()]

    def _parenthesis(self) -> Ast:
        opening = self.advance()
        value = self.expression()
        self._close(opening, ")")
        return value

    def _name(self) -> Ast:
        following = self.tokens[self.place + 1]
        if following.kind == "sign" and following.text == "(" and self.token.text != "node":
            return self._call()
        return ["path", ".", self._first_steps()]

    # -- calls -------------------------------------------------------------------------------

    def _call(self) -> Ast:
        name, opening = self.advance(), self.advance()
        if name.text not in SIGNATURES:
            self._refuse_function(name)
        arguments, positions = list[Ast](), list[int]()
        while not (self.is_sign(")") and not arguments):
            positions.append(self.token.position)
            arguments.append(self.expression())
            if not self.is_sign(","):
                break
            self.place += 1
        self._close(opening, ")")
        settle_call(name, arguments, positions)
        return ["call", name.text, arguments]

    def _refuse_function(self, name: Token) -> NoReturn:
        if name.text in ("text", "comment", "processing-instruction"):
            self._refuse_axis(name.position, f"{name.text}()")
        refuse_function(name)

    # -- paths -------------------------------------------------------------------------------

    def _begins_step(self) -> bool:
        return self.token.kind == "name" or self.is_sign(".", "..", "*", "@", "//", "::")

    def _first_steps(self) -> list[Ast]:
        """Read a relative path; a lone `.` takes no step."""
        if self.is_sign(".") and not self._is_followed_by("["):
            self.place += 1
            if not self.is_sign("/"):
                return []
            self.place += 1
        return self._steps()

    def _is_followed_by(self, sign: str) -> bool:
        following = self.tokens[self.place + 1]
        return following.kind == "sign" and following.text == sign

    def _steps(self) -> list[Ast]:
        steps = [self._step()]
        while self.is_sign("/"):
            self.place += 1
            steps.append(self._step())
        if self.is_sign("//"):
            self._refuse_axis(self.token.position, "//")
        return steps

    def _step(self) -> Ast:
        if self.is_sign("."):
            self.place += 1
            return ["self", "*", self._predicates()]
        if self.is_sign(".."):
            self.place += 1
            return ["parent", "*", self._predicates()]
        axis = "child"
        if self.token.kind == "name" and self._is_followed_by("::"):
            axis = self._axis()
        return [axis, self._name_test(), self._predicates()]

    def _axis(self) -> str:
        name = self.advance()
        self.place += 1
        if name.text not in _AXES:
            self._refuse_axis(name.position, f"{name.text[:60]}::")
        return name.text

    def _name_test(self) -> str:
        token = self.token
        if self.is_sign("@", "//"):
            self._refuse_axis(token.position, token.text)
        if self.is_sign("*"):
            self.place += 1
            return "*"
        if token.kind != "name":
            self.refuse()
        self.place += 1
        if self.is_sign("("):
            return self._node_test(token)
        return token.text

    def _node_test(self, name: Token) -> str:
        """`node()` is any node; other tests of kind have nothing to find here."""
        if name.text != "node" or not self._is_followed_by(")"):
            self._refuse_axis(name.position, f"{name.text[:60]}()")
        self.place += 2
        return "*"

    def _predicates(self) -> list[Ast]:
        predicates: list[Ast] = []
        while self.is_sign("["):
            opening = self.advance()
            predicates.append(self.expression())
            self._close(opening, "]")
        return predicates

    # -- refusals ----------------------------------------------------------------------------

    def _close(self, opening: Token, sign: str) -> None:
        if self.is_sign(sign):
            self.place += 1
        elif self.token.kind == "end":
            raise ExpressionError(
                ExpressionProblem.UNCLOSED, opening.position, opened=opening.text, missing=sign
            )
        else:
            self.refuse()

    def _refuse_axis(self, position: int, found: str) -> NoReturn:
        raise ExpressionError(ExpressionProblem.UNSUPPORTED_AXIS, position, found=found)

    def refuse(self) -> NoReturn:
        token = self.token
        if token.kind == "end":
            raise ExpressionError(ExpressionProblem.UNEXPECTED_END, token.position)
        raise ExpressionError(ExpressionProblem.SYNTAX, token.position, found=token.text[:60])


def _number(token: Token) -> Ast:
    value = float(token.text)
    if value == float("inf"):
        raise ExpressionError(ExpressionProblem.NUMBER_TOO_LARGE, token.position)
    return ["num", value]


_LEAVES: dict[str, Callable[[Token], Ast]] = {
    "number": _number,
    "text": lambda token: ["str", token.text],
    "reference": lambda token: ["ref", token.text],
    "saved": lambda token: ["saved", token.text],
}

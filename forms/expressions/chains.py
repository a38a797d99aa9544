"""Join operands and operators in the order in which they bind."""

from typing import Any

Ast = list[Any]

RANKS = {"or": 1, "and": 2}
RANKS |= dict.fromkeys(("=", "!="), 3)
RANKS |= dict.fromkeys(("<", "<=", ">", ">="), 4)
RANKS |= dict.fromkeys(("+", "-"), 5)
RANKS |= dict.fromkeys(("*", "div", "mod"), 6)


def reduce(operands: list[Ast], operators: list[str], rank: int) -> None:
    """Join the operands whose operator binds at least as strongly as `rank`."""
    while operators and RANKS[operators[-1]] >= rank:
        right = operands.pop()
        operands[-1] = _joined(operands[-1], operators.pop(), right)


def _joined(left: Ast, operator: str, right: Ast) -> Ast:
    """Join two operands, growing the list of the left one where it is of the same rank."""
    if operator in ("and", "or"):
        if left[0] != operator:
            return [operator, left, right]
        left.append(right)
        return left
    if left[0] == "ops" and RANKS[left[2]] == RANKS[operator]:
        left += [operator, right]
        return left
    return ["ops", left, operator, right]

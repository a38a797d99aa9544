"""Cut the text of an expression into tokens, in one pass from left to right."""

import re
from typing import NamedTuple, NoReturn

from forms.expressions.problems import ExpressionError, ExpressionProblem

MAX_LENGTH = 32_767
"""As many characters as one Excel cell holds."""

SMART_QUOTES = "“”„‟‘’‚‛"
NAME_OPERATORS = frozenset({"and", "or", "div", "mod"})

_NAME = r"[^\W\d][\w.\-]*"
_REFERENCE = re.compile(rf"\s*({_NAME})\s*")
LAST_SAVED = "last-saved#"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<reference>\$\{{[^{{}}]*\}})
    |(?P<name>{_NAME}(?::{_NAME})?)
    |(?P<sign>::|!=|<=|>=|\.\.|//|[-+*=<>/()\[\],.@|])""",
    re.VERBOSE,
)
_FOREIGN_OPERATORS = {"&&": "and", "&": "and", "!": "not(...)", "||": "or", "%": "mod"}
_NOT_AFTER_VALUE = frozenset({"(", "[", ",", "/", "//", "::", "@", "|"})


class Token(NamedTuple):
    """One token: `kind` is number, text, reference, saved, name, operator, sign or end."""

    kind: str
    text: str
    position: int


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of an expression, the last of kind `end`.

    References come without `${}`, texts without their quotation marks.

    Raises:
        ExpressionError: The text is too long or has a character that fits nowhere.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            ExpressionProblem.TOO_LONG, MAX_LENGTH + 1, length=len(text), limit=MAX_LENGTH
        )
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            _refuse(text, place)
        if match.lastgroup != "space":
            tokens.append(_token(match, tokens))
        place = match.end()
    return [*tokens, Token("end", "", len(text) + 1)]


def _token(match: re.Match[str], before: list[Token]) -> Token:
    """Make a token; what a name or `*` means depends on the token before."""
    kind, text, position = match.lastgroup or "", match.group(), match.start() + 1
    if kind == "text":
        return Token(kind, text[1:-1], position)
    if kind == "reference" and text.startswith(f"${{{LAST_SAVED}"):
        return Token(
            "saved", _reference_name("${" + text[len(LAST_SAVED) + 2 :], position), position
        )
    if kind == "reference":
        return Token(kind, _reference_name(text, position), position)
    if kind == "sign" and text in "+-=!=<=>=" and text != "*":
        return Token("operator", text, position)
    if (text == "*" or text in NAME_OPERATORS) and _follows_value(before):
        return Token("operator", text, position)
    return Token(kind, text, position)


def _follows_value(before: list[Token]) -> bool:
    if not before or before[-1].kind == "operator":
        return False
    return before[-1].kind != "sign" or before[-1].text not in _NOT_AFTER_VALUE


def _reference_name(text: str, position: int) -> str:
    match = _REFERENCE.fullmatch(text, 2, len(text) - 1)
    if match is None:
        raise ExpressionError(ExpressionProblem.BAD_REFERENCE, position, found=text)
    return match.group(1)


def _refuse(text: str, place: int) -> NoReturn:
    """Raise the most helpful error for the character at `place`."""
    found, position = text[place], place + 1
    if found in SMART_QUOTES:
        raise ExpressionError(ExpressionProblem.SMART_QUOTE, position, found=found)
    if found in "'\"":
        _refuse_open_text(text, place)
    if found == "$":
        raise ExpressionError(
            ExpressionProblem.BAD_REFERENCE, position, found=text[place : place + 20]
        )
    for wrong in (text[place : place + 2], found):
        if wrong in _FOREIGN_OPERATORS:
            raise ExpressionError(
                ExpressionProblem.UNKNOWN_OPERATOR,
                position,
                found=wrong,
                suggestion=_FOREIGN_OPERATORS[wrong],
            )
    raise ExpressionError(ExpressionProblem.SYNTAX, position, found=found)


def _refuse_open_text(text: str, place: int) -> NoReturn:
    """A text opened straight and closed curly is the author's word processor at work."""
    for offset, character in enumerate(text[place:]):
        if character in SMART_QUOTES:
            raise ExpressionError(
                ExpressionProblem.SMART_QUOTE, place + offset + 1, found=character
            )
    raise ExpressionError(
        ExpressionProblem.UNCLOSED, place + 1, opened=text[place], missing=text[place]
    )

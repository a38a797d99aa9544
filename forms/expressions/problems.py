"""The catalogue of mistakes in expressions: what is wrong, where, and how to mend it."""

from enum import Enum, unique

from forms.marking import N_


@unique
class ExpressionProblem(Enum):
    """One entry per mistake; every sentence has a gap for the 1-based `position`."""

    EMPTY = N_("The expression is empty. Write a condition or a calculation, or clear the cell.")
    SYNTAX = N_(
        "“%(found)s” at character %(position)s cannot stand there. Check the operators, commas "
        "and parentheses just before it."
    )
    UNEXPECTED_END = N_(
        "The expression stops at character %(position)s although a value must follow. Complete it."
    )
    UNCLOSED = N_(
        "The “%(opened)s” at character %(position)s is never closed. Add “%(missing)s” where it "
        "belongs."
    )
    UNKNOWN_OPERATOR = N_(
        "“%(found)s” at character %(position)s is not an operator here. Write “%(suggestion)s”."
    )
    SMART_QUOTE = N_(
        "The curly quotation mark %(found)s at character %(position)s is not understood. Replace "
        "it by a straight one: ' or \"."
    )
    BAD_REFERENCE = N_(
        "The reference “%(found)s” at character %(position)s is not a question name. Write "
        "${name}, with letters, digits, underscores, hyphens or full stops between the braces."
    )
    UNKNOWN_FUNCTION = N_(
        "The function “%(function)s” at character %(position)s is not known. The most similar "
        "known function is “%(suggestion)s”."
    )
    ITEXT = N_(
        "The function “jr:itext” at character %(position)s asks for a text by a number that each "
        "program gives anew. Write jr:choice-name(${name}, '${name}') for the label of a choice."
    )
    WRONG_ARITY = N_(
        "The function “%(function)s” at character %(position)s was given %(given)s values, but it "
        "takes %(expected)s. Check its commas and parentheses."
    )
    LITERAL_NEEDED = N_(
        "The function “%(function)s” at character %(position)s needs a fixed text in quotation "
        "marks as value number %(number)s."
    )
    REFERENCE_NEEDED = N_(
        "The function “%(function)s” at character %(position)s needs a question, such as ${name}, "
        "as value number %(number)s."
    )
    UNION_OF_VALUES = N_(
        "The sign “|” at character %(position)s joins questions, such as ${a} | ${b}. Write “or” "
        "between conditions, and concat() to join texts."
    )
    UNSUPPORTED_AXIS = N_(
        "“%(found)s” at character %(position)s is a way through the questionnaire that is not "
        "supported. Use ${name}, name, “.” or “..”."
    )
    BAD_REGEX = N_(
        "The pattern of regex() at character %(position)s cannot be used: %(reason)s. Simplify "
        "it, without looking around, back references or flags."
    )
    NUMBER_TOO_LARGE = N_(
        "The number at character %(position)s is too large to calculate with. Shorten it."
    )
    TOO_LONG = N_(
        "The expression has %(length)s characters; at most %(limit)s are allowed (character "
        "%(position)s is the first too many). Split it into several calculations."
    )
    TOO_DEEP = N_(
        "The expression is nested too deeply at character %(position)s; at most %(limit)s levels "
        "are allowed. Split it into several calculations."
    )
    TOO_MUCH_WORK = N_(
        "The expression compares more than %(limit)s values in one go. Filter the lists further "
        "before comparing them."
    )


class ExpressionError(ValueError):
    """An expression cannot be read, or asks for too much work.

    Attributes:
        code: The entry of the catalogue.
        position: Character in the text, counted from 1 (0 when no place can be named).
        params: Values for the gaps of the sentence, `position` included.
    """

    def __init__(self, code: ExpressionProblem, position: int, **params: str | int) -> None:
        self.code = code
        self.position = position
        self.params: dict[str, str | int] = {"position": position, **params}
        super().__init__(code.value % self.params)

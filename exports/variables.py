"""A column of the coded file: what it is called, what it may hold, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from exports.cells import NOT_ANSWERED, NOT_ASKED, Code
from exports.derived.variable import Derived
from exports.indices import Index
from forms.instrument import Group, Question
from forms.languages import Texts
from forms.marking import N_


class Measure(StrEnum):
    """What may be computed with a variable."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


class Role(StrEnum):
    """What a column is about: a question, or something that we add to the questions."""

    QUESTION = "question"
    INDEX = "index"
    DERIVED = "derived"
    VERSION = "version"
    ROUND = "round"
    ROW = "row"
    PARENT = "parent"
    NUMBER = "number"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One code that a variable can hold.

    Attributes:
        code: As it stands in the cell.
        name: The choice that it comes from, or "" for our own codes.
        label: The author's words for it.
        phrase: Our words for it, an English sentence to translate, when it is no choice.
        meaning: Why nothing substantive was answered, to translate; "" for a substantive code.
    """

    code: Code
    name: str = ""
    label: Texts = field(default_factory=dict)
    phrase: str = ""
    meaning: str = ""

    @property
    def is_missing(self) -> bool:
        """Tell whether it stands for the lack of a substantive answer."""
        return bool(self.meaning)


ASKED_WITHOUT_ANSWER = Value(
    code=NOT_ANSWERED,
    phrase=N_("Not answered"),
    meaning=N_("The question was asked and left without an answer."),
)
NEVER_ASKED = Value(
    code=NOT_ASKED,
    phrase=N_("Not asked"),
    meaning=N_("The question was not asked, because of earlier answers."),
)
NOT_IN_EVERY_VERSION = Value(
    code=NOT_ASKED,
    phrase=N_("Not asked"),
    meaning=N_(
        "The question was not asked, because of earlier answers or because this version of the "
        "questionnaire does not have it."
    ),
)
OWN_CODES = (ASKED_WITHOUT_ANSWER, NEVER_ASKED)
UNDEFINED = Value(
    code=NOT_ANSWERED,
    phrase=N_("Undefined"),
    meaning=N_("It cannot be worked out from what was answered."),
)

# What tells a column apart in every version: its role, then a name, then a choice or a part.
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One column.

    Attributes:
        label: The author's words, by language.
        phrase: Our words, an English sentence to translate, when no author wrote any.
        gaps: What fills the gaps of the phrase: the author's words, or a name.
        values: Codes with labels, in the author's order, then missing codes of our own.
        question: Where it comes from, in the newest version; None for columns of our own.
        choice: For select_multiple and rank, the choice that this column is about.
        part: For a position, which of its numbers this column holds.
        index: The dimension's index that the column holds, if it does.
        derived: How the column is worked out of the others, if it is.
        repeat: The repeat whose instances the column counts.
        depth: How deep the repeat lies that the column points at; 0 for the response itself.
        may_be_hidden: A condition decides whether the repeat is asked at all.
        sources: The same column in each version that has it; empty when there is one version.
    """

    name: str
    measure: Measure
    role: Role = Role.QUESTION
    label: Texts = field(default_factory=dict)
    phrase: str = ""
    gaps: Mapping[str, Texts | str] = field(default_factory=dict)
    values: tuple[Value, ...] = OWN_CODES
    question: Question | None = None
    choice: str = ""
    part: str = ""
    index: Index | None = None
    derived: Derived | None = None
    repeat: Group | None = None
    depth: int = 0
    may_be_hidden: bool = False
    sources: Mapping[str, Variable] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """Name the question's type; the role for the columns of our own."""
        return self.question.type.value if self.question else self.role.value

    @property
    def key(self) -> Key:
        """Tell which column of another version is the same one."""
        if self.question:
            return self.role, self.question.name, self.choice or self.part
        if self.index:
            return self.role, self.index.dimension.casefold(), ""
        if self.derived:
            return self.role, self.derived.name, ""
        return self.role, self.repeat.name if self.repeat else "", str(self.depth)

    @property
    def is_named_by_author(self) -> bool:
        """Tell whether it is called as its question is, and not by a name that we made."""
        return self.question is not None and not self.choice and not self.part

    @property
    def dimension(self) -> str:
        """Name the dimension that it is an item of, or the index of; "" for neither."""
        if self.index:
            return self.index.dimension
        return self.question.dimension if self.question else ""

    @property
    def is_reversed(self) -> bool:
        """Tell whether the item counts from the other end in its index."""
        return self.question is not None and self.question.is_reversed

    @property
    def missing_codes(self) -> tuple[Code, ...]:
        """Give the codes without a substantive answer: the author's, then NA and NAP."""
        return tuple(value.code for value in self.values if value.is_missing)

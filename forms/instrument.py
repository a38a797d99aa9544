"""What a questionnaire is once compiled: frozen, typed, without the sheets it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from forms.expressions import Expression
from forms.kinds import QuestionType as QuestionType
from forms.languages import Texts, text_in


class Mode(StrEnum):
    """Who answers, and what may be stored with the answers."""

    ANONYMOUS = "anonymous"
    INTERVIEW = "interview"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One alternative; `name` is the code that is stored, `is_missing` a code such as DK."""

    name: str
    label: Texts = field(default_factory=dict)
    image: Texts = field(default_factory=dict)
    is_missing: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceList:
    """A named list of choices, in the author's order."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Give the codes that an answer may hold."""
        return frozenset(choice.name for choice in self.choices)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One row of the survey sheet that is not a group.

    Attributes:
        name: What its variable and its addresses are called, unlike all others.
        row: Its row in the survey sheet, for messages to the author.
        called: The author's name for it, where that is another because several share it.
        default: The author's text: a value, or an expression when `default_expression` is set.
        choice_filter: Which of the list's choices are offered, seen from each of them.
        parameters: What the parameters column sets, such as start, end and step of a range.
        dimension: The index that the item belongs to (`sa_dimension`), or "".
    """

    name: str
    type: QuestionType
    row: int
    called: str = ""
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    image: Texts = field(default_factory=dict)
    choice_list: ChoiceList | None = None
    required: Expression | None = None
    required_message: Texts = field(default_factory=dict)
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Texts = field(default_factory=dict)
    calculation: Expression | None = None
    default: str = ""
    default_expression: Expression | None = None
    choice_filter: Expression | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    is_read_only: bool = False
    appearance: frozenset[str] = frozenset()
    dimension: str = ""
    is_reversed: bool = False
    is_sensitive: bool = False

    @property
    def own_name(self) -> str:
        """Give the author's name for it, which paths step through."""
        return self.called or self.name

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Give the alternatives; none for a question without a list."""
        return self.choice_list.choices if self.choice_list else ()

    def expressions(self) -> Iterator[tuple[str, Expression]]:
        """Visit the expressions with the standard names of their columns."""
        yield from _set_expressions(
            relevant=self.relevant,
            required=self.required,
            constraint=self.constraint,
            calculation=self.calculation,
            choice_filter=self.choice_filter,
            default=self.default_expression,
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions under one heading; with appearance `field-list` they share a screen.

    Attributes:
        called: The author's name for it, where that is another because several share it.
        is_repeat: The group is answered any number of times, each time anew.
        repeat_count: How many times, when the author and not the respondent decides.
    """

    name: str
    row: int
    called: str = ""
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevant: Expression | None = None
    is_repeat: bool = False
    repeat_count: Expression | None = None
    appearance: frozenset[str] = frozenset()
    items: tuple[Question | Group, ...] = ()

    @property
    def own_name(self) -> str:
        """Give the author's name for it, which paths step through."""
        return self.called or self.name

    def walk(self) -> Iterator[Question | Group]:
        """Visit everything below this group, in document order, groups before their items."""
        for item in self.items:
            yield item
            if isinstance(item, Group):
                yield from item.walk()

    def expressions(self) -> Iterator[tuple[str, Expression]]:
        """Visit the expressions with the standard names of their columns."""
        yield from _set_expressions(relevant=self.relevant, repeat_count=self.repeat_count)


def _set_expressions(**columns: Expression | None) -> Iterator[tuple[str, Expression]]:
    for column, expression in columns.items():
        if expression is not None:
            yield column, expression


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """What is shown together: a field-list group, a repeat, or one question by itself.

    Pages are compared by identity, so that what is made for one can be cached by it.

    Attributes:
        headings: Labels of the groups around it, outermost first.
        items: What it shows, in order, with the groups and repeats inside it.
    """

    number: int
    headings: tuple[Texts, ...]
    items: tuple[Question | Group, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions that it shows, those inside groups and repeats too."""
        inside = Group(name="", row=0, items=self.items).walk()
        return tuple(item for item in inside if isinstance(item, Question) and is_shown(item))


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire that compiled without errors.

    Attributes:
        name: The form_id: what commands and addresses call it.
        version: The author's version label.
        languages: Tags, the default language first.
        order: Names of questions and groups such that each comes after all it depends on.
    """

    name: str
    version: str
    title: Texts
    default_language: str
    languages: tuple[str, ...]
    mode: Mode
    unit: str = ""
    period: str = ""
    root: Group
    order: tuple[str, ...] = ()
    lists: Mapping[str, ChoiceList] = field(default_factory=dict)

    def with_items(
        self, first: Iterable[Question | Group] = (), last: Iterable[Question | Group] = ()
    ) -> Instrument:
        """Add questions before and after all others, as if they had been asked there."""
        items = (*first, *self.root.items, *last)
        return replace(self, root=replace(self.root, items=items))

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Give all questions by name, in document order."""
        return {item.name: item for item in self.root.walk() if isinstance(item, Question)}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Give all groups by name, in document order."""
        return {item.name: item for item in self.root.walk() if isinstance(item, Group)}

    @cached_property
    def list_items(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """Give the lists as `instance('list')` walks them: name, label and further columns."""
        return {
            name: [_item(choice, self.default_language) for choice in choice_list.choices]
            for name, choice_list in self.lists.items()
        }

    @cached_property
    def choice_labels(self) -> Mapping[str, Mapping[str, str]]:
        """Give the labels of each select's codes, in the default language."""
        return {
            name: {c.name: _label(c, self.default_language) for c in question.choices}
            for name, question in self.questions.items()
            if question.choices
        }

    @cached_property
    def around(self) -> Mapping[str, tuple[Group, ...]]:
        """Give the groups around each question and group, outermost first."""
        return dict(_around(self.root, ()))

    @cached_property
    def patterns(self) -> frozenset[str]:
        """Give the addresses that may be posted, without numbers: `child[]/name`, `child[#]`."""
        repeats = {f"{name}[#]" for name, group in self.groups.items() if group.is_repeat}
        return frozenset(self._pattern(name) for name in (*self.questions, *repeats))

    def _pattern(self, name: str) -> str:
        around = self.around[name.removesuffix("[#]")]
        return "".join(f"{group.name}[]/" for group in around if group.is_repeat) + name

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Lay out the screens: ODK's rule, one question each but for field-list groups.

        A repeat is one screen, with all its instances under each other.
        """
        return tuple(
            Page(number=number, headings=headings, items=items)
            for number, (headings, items) in enumerate(_screens(self.root, ()), start=1)
        )


def is_shown(question: Question) -> bool:
    """Tell whether a question has a place on a page."""
    return question.type.is_input or question.type is QuestionType.NOTE


def _around(group: Group, above: tuple[Group, ...]) -> Iterator[tuple[str, tuple[Group, ...]]]:
    for item in group.items:
        yield item.name, above
        if isinstance(item, Group):
            yield from _around(item, (*above, item))


def _item(choice: Choice, language: str) -> Mapping[str, str]:
    return {**choice.columns, "name": choice.name, "label": _label(choice, language)}


def _label(choice: Choice, language: str) -> str:
    return text_in(choice.label, language, language)[0]


Screen = tuple[tuple[Texts, ...], tuple[Question | Group, ...]]


def _screens(group: Group, headings: tuple[Texts, ...]) -> Iterator[Screen]:
    for item in group.items:
        if isinstance(item, Question):
            if is_shown(item):
                yield headings, (item,)
        elif item.is_repeat:
            yield headings, (item,)
        elif "field-list" in item.appearance:
            if any(isinstance(q, Question) and is_shown(q) for q in item.walk()):
                yield (*headings, item.label), item.items
        else:
            yield from _screens(item, (*headings, item.label) if item.label else headings)

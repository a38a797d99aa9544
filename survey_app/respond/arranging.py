"""How questions stand on a page: which template shows each, and what its appearance means.

Of XLSForm's appearances, `quick` is not followed: it would leave the screen as soon as an answer is
touched, which those who use a keyboard or a screen reader cannot foresee (WCAG 3.2.2).
`autocomplete` and `minimal` become the browser's own list, in which one can type; of several
choices all stay in sight, because browsers' lists for several are hard to use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from forms.fields import Option, QuestionField
from forms.instrument import Group, Instrument, Question, QuestionType
from forms.layout import Asked, Block
from forms.types import range_of

SHORTEST_LADDER = 7  # rungs: fewer numbered steps are clearer as a list
LONGEST_LADDER = 11  # rungs: a range of more becomes a number and a slider
MOST_COLUMNS = 6
SHORTEST_SCALE = 3  # steps: of two there is nothing between all and nothing

_TEMPLATES = {
    QuestionType.SELECT_MULTIPLE: "select_one",
    QuestionType.ACKNOWLEDGE: "acknowledge",
    QuestionType.SELECT_ONE: "select_one",
    QuestionType.RANK: "rank",
    QuestionType.IMAGE: "upload",
    QuestionType.FILE: "upload",
    QuestionType.NOTE: "note",
}
_LISTS = frozenset({"minimal", "autocomplete"})
_CONTROLS = {
    QuestionType.INTEGER: Markup('type="text" inputmode="numeric" class="short"'),
    QuestionType.DECIMAL: Markup('type="text" inputmode="decimal" class="short"'),
    QuestionType.DATE: Markup('type="date" class="short"'),
    QuestionType.TIME: Markup('type="time" class="short"'),
    QuestionType.DATETIME: Markup('type="datetime-local" class="short"'),
    QuestionType.GEOPOINT: Markup('type="text" dir="ltr"'),
}
# What the first enkäts are made of; the style of the rest is loaded where it is needed.
_PLAIN = frozenset(
    {QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE}
    | {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.NOTE}
)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Questions under one another that share their choices: `label`, then `list-nolabel`."""

    header: Asked
    rows: Sequence[Asked]


def arranged(blocks: Sequence[Block]) -> Iterator[Block | Matrix]:
    """Put the rows of each matrix together, and leave the rest as it is."""
    left = list(blocks)
    while left:
        rows = _rows(left)
        yield Matrix(rows[0], rows[1:]) if len(rows) > 1 else left[0]
        del left[: max(len(rows), 1)]


def _rows(blocks: Sequence[Block]) -> list[Asked]:
    first = blocks[0]
    if not isinstance(first, Asked) or not _is_header(first.question):
        return []
    found = [first]
    for block in blocks[1:]:
        if not isinstance(block, Asked) or not _is_row(block.question, first.question):
            break
        found.append(block)
    return found


def _is_header(question: Question) -> bool:
    is_idle = question.relevant is None and question.required is None
    return "label" in question.appearance and bool(question.choices) and is_idle


def _is_row(question: Question, header: Question) -> bool:
    kinds = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)
    is_row = "list-nolabel" in question.appearance and question.type in kinds
    return is_row and question.choices == header.choices


def template_of(field: QuestionField) -> str:
    """Name the template that shows a question."""
    question = field.question
    if question.type.is_input and question.is_read_only:
        return "read_only"
    if question.type is QuestionType.SELECT_ONE and question.appearance & _LISTS:
        return "select"
    if question.type is QuestionType.RANGE and rungs(question):
        return "select_one"
    return _TEMPLATES.get(question.type, "text")


def control_of(field: QuestionField) -> Markup:
    """Give the attributes of a question's input: what keyboard it wants, how long it is."""
    question = field.question
    if question.type is QuestionType.RANGE:
        start, end, step = range_of(question)
        numbers = Markup(' data-range="{} {} {}"').format(start, end, step)
        return _CONTROLS[QuestionType.DECIMAL] + numbers
    if question.type is QuestionType.TEXT and "numbers" in question.appearance:
        return Markup('type="text" inputmode="numeric"')
    return _CONTROLS.get(question.type, Markup('type="text" dir="auto"'))


def layout_of(question: Question) -> str:
    """Choose how choices stand: "scale" in a row, "ladder" of numbers, "columns" or "list".

    A ladder's steps have no room for pictures.
    """
    codes = [choice.name for choice in question.choices if not choice.is_missing]
    is_numbered = all(code.isdecimal() for code in codes)
    is_numbered = is_numbered and not any(choice.image for choice in question.choices)
    is_one = question.type is QuestionType.SELECT_ONE
    is_long = is_one and is_numbered and len(codes) >= SHORTEST_LADDER
    if question.type is QuestionType.RANGE or is_long:
        return "ladder"
    if question.appearance & {"likert", "horizontal", "horizontal-compact"}:
        return "scale"
    return _columns(question) or "list"


def levels_of(question: Question) -> Mapping[str, Sequence[bool]]:
    """Draw each step of a `likert` scale as bars: how many are filled says how much it is.

    The codes tell which end is more, so only whole numbers are drawn; "don't know" and its kin
    are no step. An author's own pictures leave no room.

    Returns:
        For n steps and each step's code: n - 1 bars, of which the least has none filled.
    """
    steps = [choice.name for choice in question.choices if not choice.is_missing]
    is_scale = "likert" in question.appearance and layout_of(question) == "scale"
    is_drawn = any(choice.image for choice in question.choices)
    if not is_scale or is_drawn or not all(step.isdecimal() for step in steps):
        return {}
    ascending = sorted(steps, key=int)
    if len(steps) < SHORTEST_SCALE or len(steps) != len(set(map(int, steps))):
        return {}
    bars = range(len(steps) - 1)
    return {step: [bar < amount for bar in bars] for amount, step in enumerate(ascending)}


def _columns(question: Question) -> str:
    for word in sorted(question.appearance):
        if found := re.fullmatch(r"columns(?:-(\d{1,2}|pack|flex))?", word):
            number = found[1] or ""
            count = min(max(int(number), 1), MOST_COLUMNS) if number.isdecimal() else 0
            return f"list columns of-{count}" if count else "list columns"
    return ""


def options_of(field: QuestionField) -> tuple[Option, ...]:
    """Give what can be chosen: the list's choices, or the numbers of a short range."""
    if field.question.type is not QuestionType.RANGE:
        return field.options
    return tuple(
        Option(number, Markup("{}").format(number), None, "", False, field.text == number)
        for number in rungs(field.question)
    )


def rungs(question: Question) -> list[str]:
    """Give the numbers of a range that is short enough to show them all, else none."""
    start, end, step = range_of(question)
    count = int((end - start) / step) + 1
    if count > LONGEST_LADDER:
        return []
    return [format((start + n * step).normalize() + Decimal(0), "f") for n in range(count)]


def needs_of(instrument: Instrument) -> list[str]:
    """Name the further parts of the script that a questionnaire needs."""
    questions = list(instrument.questions.values())
    ranges = [q for q in questions if q.type is QuestionType.RANGE]
    needed = {
        "repeats": any(group.is_repeat for group in instrument.groups.values()),
        "filters": any(question.choice_filter for question in questions),
        "shuffling": any(is_shuffled(question) for question in questions),
        "ranks": any(question.type is QuestionType.RANK for question in questions),
        "sliders": any(not rungs(question) for question in ranges),
    }
    return [name for name, is_needed in needed.items() if is_needed]


def is_plain(instrument: Instrument) -> bool:
    """Tell whether a questionnaire needs no more style than the first enkäts."""
    questions = instrument.questions.values()
    shown = [q for q in questions if q.type.is_input or q.type is QuestionType.NOTE]
    appearances = {word.split("-")[0] for question in shown for word in question.appearance}
    nested = (item for page in instrument.pages for item in page.items if isinstance(item, Group))
    return (
        all(q.type in _PLAIN and not q.is_read_only for q in shown)
        and not appearances & {"label", "list", "columns", *_LISTS}
        and not any(nested)
    )


def is_shuffled(question: Question) -> bool:
    """Tell whether the choices stand in an order of chance."""
    return question.parameters.get("randomize") == "true"

"""Labels that look wrong: blanks too many, more than a screen of text, two alike in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.instrument import Question
from forms.lint.form import Form, Place, Shown, advice, warning
from forms.problems import Problem, ProblemCode

LONGEST_QUESTION = 300  # characters
LONGEST_CHOICE = 120
_BLANKS = re.compile(r"^[ \t]|\S[ \t\N{NO-BREAK SPACE}]{2,}\S|[ \t]$", re.MULTILINE)


def double_spaces(form: Form) -> Iterator[Problem]:
    """Name each column with blanks too many, at its first row."""
    found: dict[tuple[str, str | None], list[Place]] = {}
    for shown in form.shown():
        if _BLANKS.search(shown.text):
            place = shown.place
            found.setdefault((place.sheet, place.column), []).append(place)
    for places in found.values():
        yield advice(ProblemCode.BLANKS_DOUBLE, places[0], count=len(places))


def long_labels(form: Form) -> Iterator[Problem]:
    """Name each question or choice whose label nobody reads to its end."""
    for shown in form.shown():
        limit = _limit(shown)
        if limit and len(shown.text) > limit:
            size = len(shown.text)
            yield advice(ProblemCode.LABEL_LONG, shown.place, length=size, limit=limit)


def same_labels(form: Form) -> Iterator[Problem]:
    """Name each choice that reads as an earlier one of its list.

    A list that is always filtered may repeat itself: "Other" in each county.
    """
    for name, (choice_list, questions) in form.used_lists.items():
        if all(question.choice_filter is not None for question in questions):
            continue
        seen: dict[str, int | None] = {}
        for choice in choice_list.choices:
            label = form.said(choice.label).strip().casefold()
            place = form.choice_cell(name, choice.name, "label")
            if label and label in seen:
                said, first = form.said(choice.label), seen[label]
                yield warning(ProblemCode.CHOICE_LABEL_TWICE, place, label=said, first=first)
            seen.setdefault(label, place.row)


def _limit(shown: Shown) -> int:
    if shown.item is None:
        return LONGEST_CHOICE
    is_input = isinstance(shown.item, Question) and shown.item.type.is_input
    return LONGEST_QUESTION if is_input and shown.column == "label" else 0

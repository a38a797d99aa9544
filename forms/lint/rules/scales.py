"""Answer scales: the same words with the same codes, in one direction, missing answers last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise

from forms.instrument import ChoiceList, QuestionType
from forms.lint.form import Form, advice, warning
from forms.problems import Problem, ProblemCode

MOST_ALTERNATIVES = 5
SHARED_WORDS = 2
SHARED_FOR_DIRECTION = 3


Codes = Mapping[str, str]


def same_scale(form: Form) -> Iterator[Problem]:
    """Compare each list of single choices with the earlier ones that share its words.

    A list is named once, beside the first that it differs from.
    """
    lists = [(found, _codes_by_label(form, found)) for found, _ in _scales(form)]
    for number, (second, theirs) in enumerate(lists):
        differences = (_difference(form, *first, second, theirs) for first in lists[:number])
        yield from islice(filter(None, differences), 1)


def _difference(
    form: Form, first: ChoiceList, ours: Codes, second: ChoiceList, theirs: Codes
) -> Problem | None:
    shared = [label for label in ours if label in theirs]
    other = [label for label in shared if ours[label] != theirs[label]]
    names = {"list_name": second.name, "other_list": first.name}
    if len(shared) >= SHARED_WORDS and other:
        label = other[0]
        place = form.choice_cell(second.name, theirs[label], "name")
        params = {"label": label, "code": theirs[label], "other_code": ours[label]}
        return warning(ProblemCode.SCALE_OTHER_CODES, place, **names, **params)
    if len(shared) >= SHARED_FOR_DIRECTION and _is_reversed(shared, list(theirs)):
        place = form.choice_cell(second.name, theirs[shared[-1]], "name")
        return advice(ProblemCode.SCALE_REVERSED, place, **names)
    return None


def missing_last(form: Form) -> Iterator[Problem]:
    """Name each list where a missing answer stands before an answer."""
    for choice_list, _ in form.used_lists.values():
        for choice, following in pairwise(choice_list.choices):
            if choice.is_missing and not following.is_missing:
                place = form.choice_cell(choice_list.name, choice.name, "name")
                label = form.said(choice.label)
                yield advice(ProblemCode.MISSING_NOT_LAST, place, label=label)
                break


def many_alternatives(form: Form) -> Iterator[Problem]:
    """Name each scale for pupils with more answers than they keep in mind."""
    if not form.is_anonymous:
        return
    for choice_list, first_row in _scales(form):
        codes = [choice.name for choice in choice_list.choices if not choice.is_missing]
        if len(codes) > MOST_ALTERNATIVES and not _is_ladder(codes):
            place = form.choice_cell(choice_list.name, codes[MOST_ALTERNATIVES], "name")
            yield advice(
                ProblemCode.ALTERNATIVES_MANY,
                place,
                list_name=choice_list.name,
                count=len(codes),
                limit=MOST_ALTERNATIVES,
                question_row=first_row,
            )


def _scales(form: Form) -> Iterator[tuple[ChoiceList, int]]:
    for choice_list, questions in form.used_lists.values():
        rows = [q.row for q in questions if q.type is QuestionType.SELECT_ONE]
        if rows:
            yield choice_list, rows[0]


def _codes_by_label(form: Form, choice_list: ChoiceList) -> Codes:
    """Give the codes of the answers by what they say, in the order of the list."""
    found: dict[str, str] = {}
    for choice in choice_list.choices:
        if not choice.is_missing and (label := form.said(choice.label)):
            found.setdefault(label.casefold(), choice.name)
    return found


def _is_reversed(shared: list[str], other: list[str]) -> bool:
    places = [other.index(label) for label in shared]
    return places == sorted(places, reverse=True)


def _is_ladder(codes: list[str]) -> bool:
    """Tell whether the codes count up or down by one, as the steps of a ladder."""
    if not all(re.fullmatch(r"-?\d{1,3}", code) for code in codes):
        return False
    numbers = sorted(int(code) for code in codes)
    return len(codes) > MOST_ALTERNATIVES + 1 and numbers == list(
        range(numbers[0], numbers[0] + len(numbers))
    )

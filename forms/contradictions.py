"""What may not change while a question keeps its name, because all versions share its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from forms.change_kinds import ChangeKind, Finding
from forms.instrument import Question, QuestionType

# Types of one kind are coded alike, so that a question may go from one to another.
KINDS: Mapping[QuestionType, str] = {
    QuestionType.TEXT: "words",
    QuestionType.INTEGER: "number",
    QuestionType.DECIMAL: "number",
    QuestionType.RANGE: "number",
    QuestionType.DATE: "day",
    QuestionType.TODAY: "day",
    QuestionType.TIME: "time",
    QuestionType.DATETIME: "moment",
    QuestionType.START: "moment",
    QuestionType.END: "moment",
    QuestionType.SELECT_ONE: "choice",
    QuestionType.SELECT_MULTIPLE: "choices",
    QuestionType.RANK: "ranking",
    QuestionType.ACKNOWLEDGE: "tick",
    QuestionType.GEOPOINT: "position",
    QuestionType.IMAGE: "file",
    QuestionType.FILE: "file",
    QuestionType.CALCULATE: "computed",
    QuestionType.HIDDEN: "computed",
    QuestionType.NOTE: "",
}
_WHOLE = re.compile(r"-?[0-9]+")


def contradictions(old: Question, new: Question) -> Iterator[Finding]:
    """Find what the same name would mean differently; notes have no answers to contradict."""
    if not (old.type.has_value and new.type.has_value):
        return
    if KINDS[old.type] != KINDS[new.type]:
        yield ChangeKind.TYPE_RECODED, {"old": old.type.value, "new": new.type.value}
        return
    yield from recoded(old, new)
    yield from _other_missing(old, new)
    if old.type is QuestionType.SELECT_ONE:
        yield from _other_index(old, new)


def recoded(old: Question, new: Question) -> Iterator[Finding]:
    """Find the codes that took over what another code was called, once each.

    A code with a new label of its own is only renamed: who wrote it knows whether it means
    the same.
    """
    found = set()
    for tag in dict.fromkeys(tag for choice in new.choices for tag in choice.label):
        was, now = _labels(old, tag), _labels(new, tag)
        left = {label: code for code, label in was.items() if now.get(code) != label}
        for code, label in now.items():
            before = left.get(label, code)
            if before != code and was.get(code) != label and code not in found:
                found.add(code)
                own = next(choice.label[tag] for choice in new.choices if choice.name == code)
                yield ChangeKind.RECODED, {"code": code, "label": own, "old": before}


def _labels(question: Question, tag: str) -> dict[str, str]:
    """Give the labels in a language as they are compared: capitals and blanks do not count."""
    labels = {choice.name: choice.label.get(tag, "") for choice in question.choices}
    folded = {code: " ".join(label.split()).casefold() for code, label in labels.items()}
    return {code: label for code, label in folded.items() if label}


def _other_missing(old: Question, new: Question) -> Iterator[Finding]:
    was = {choice.name: choice.is_missing for choice in old.choices}
    for choice in new.choices:
        if was.get(choice.name, choice.is_missing) is not choice.is_missing:
            yield ChangeKind.MISSING_CHANGED, {"code": choice.name}


def _other_index(old: Question, new: Question) -> Iterator[Finding]:
    was, now = (question.dimension.strip() for question in (old, new))
    if not was:
        return
    if was.casefold() != now.casefold():
        yield ChangeKind.DIMENSION_CHANGED, {"old": was}
        return
    if old.is_reversed is not new.is_reversed:
        yield ChangeKind.REVERSE_CHANGED, {}
    if _ends(old) != _ends(new):
        yield ChangeKind.SCALE_CHANGED, {"old": _ends(old), "new": _ends(new)}


def _ends(question: Question) -> str:
    """Write the lowest and the highest code that the index counts."""
    names = (choice.name for choice in question.choices if not choice.is_missing)
    codes = sorted(int(name) for name in names if _WHOLE.fullmatch(name))
    return f"{codes[0]}–{codes[-1]}" if codes else "–"

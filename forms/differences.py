"""What two versions of a question or group say and do differently without contradicting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from forms.change_kinds import ChangeKind, Finding
from forms.contradictions import KINDS, recoded
from forms.expressions import Expression
from forms.instrument import Group, Question
from forms.languages import Texts, name_of

TEXTS = ("label", "hint", "required_message", "constraint_message")
# Attributes, with the columns that authors know them by.
LOGIC = {
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "choice_filter": "choice_filter",
    "parameters": "parameters",
    "is_read_only": "read_only",
    "repeat_count": "repeat_count",
    "is_sensitive": "sa_sensitive",
}
VALUES = {"calculation": "calculation", "default": "default", "default_expression": "default"}
LOOKS = {"appearance": "appearance"}


def differences(
    old: Question | Group, new: Question | Group, languages: Sequence[str]
) -> Iterator[Finding]:
    """Find new words, alternatives, conditions and looks; words in the languages of both."""
    for column in TEXTS:
        for gaps in _reworded(getattr(old, column, {}), getattr(new, column, {}), languages):
            yield ChangeKind.RELABELLED, {"column": column, **gaps}
    yield from _columns(ChangeKind.LOGIC_CHANGED, LOGIC, old, new)
    yield from _columns(ChangeKind.COMPUTED_ANEW, VALUES, old, new)
    yield from _columns(ChangeKind.SHOWN_ANEW, LOOKS, old, new)
    if isinstance(old, Question) and isinstance(new, Question):
        yield from _other_choices(old, new, languages)
        yield from _other_type(old, new)


def _reworded(old: Texts, new: Texts, languages: Sequence[str]) -> Iterator[dict[str, str]]:
    for tag in languages:
        was, now = old.get(tag, ""), new.get(tag, "")
        if was != now:
            yield {"language": name_of(tag), "old": was, "new": now}


def _columns(
    kind: ChangeKind,
    columns: Mapping[str, str],
    old: Question | Group,
    new: Question | Group,
) -> Iterator[Finding]:
    for attribute, column in columns.items():
        was, now = _written(getattr(old, attribute, None)), _written(getattr(new, attribute, None))
        if was != now:
            yield kind, {"column": column, "old": was, "new": now}


def _written(cell: object) -> str:
    """Write a column's content as the author does, more or less."""
    if isinstance(cell, Expression):
        return cell.text.strip()
    if isinstance(cell, Mapping):
        return " ".join(f"{name}={value}" for name, value in cell.items())
    if isinstance(cell, frozenset):
        return " ".join(sorted(cell))
    return "yes" if cell is True else str(cell or "")


def _other_choices(old: Question, new: Question, languages: Sequence[str]) -> Iterator[Finding]:
    was = {choice.name: choice for choice in old.choices}
    now = {choice.name: choice for choice in new.choices}
    taken_over = {gaps["code"] for _, gaps in recoded(old, new)}
    yield from ((ChangeKind.CHOICE_ADDED, {"code": code}) for code in now if code not in was)
    yield from ((ChangeKind.CHOICE_REMOVED, {"code": code}) for code in was if code not in now)
    for code in (code for code in now if code in was and code not in taken_over):
        for gaps in _reworded(was[code].label, now[code].label, languages):
            yield ChangeKind.CHOICE_RELABELLED, {"code": code, **gaps}


def _other_type(old: Question, new: Question) -> Iterator[Finding]:
    if old.type is not new.type and KINDS[old.type] == KINDS[new.type]:
        yield ChangeKind.TYPE_CHANGED, {"old": old.type.value, "new": new.type.value}
    if new.dimension.strip() and not old.dimension.strip():
        yield ChangeKind.DIMENSION_GIVEN, {"new": new.dimension.strip()}

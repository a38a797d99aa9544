"""What a new version of an instrument changes, and what would contradict the versions before it.

Answers to the same name share a column of the coded file. So a version may add, remove, reword
and reorder, but a name that would mean something else has to become another name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.change_kinds import ChangeKind, Finding
from forms.contradictions import contradictions
from forms.differences import differences
from forms.instrument import Group, Instrument, Question
from forms.languages import name_of, text_in
from forms.problems import Problem
from forms.workbook import SURVEY

Item = Question | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions.

    Attributes:
        name: Of the question or group; "" for the questionnaire itself.
        row: In the survey sheet of the new version, or of the old one for what is gone.
        gaps: What fills the gaps of its sentence.
    """

    kind: ChangeKind
    name: str = ""
    row: int | None = None
    gaps: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_conflict(self) -> bool:
        """Tell whether the versions would contradict each other in one file."""
        return self.kind.value.problem is not None

    def sentence(self, gettext: Callable[[str], str] = str) -> str:
        """Say what changed."""
        return gettext(self.kind.value.sentence) % self._all_gaps

    def effect(self, gettext: Callable[[str], str] = str) -> str:
        """Say what it does to the coded file."""
        return gettext(self.kind.value.effect) % self._all_gaps

    def problem(self) -> Problem:
        """Say to the author of a conflict why it cannot be published.

        Raises:
            ValueError: It can be published.
        """
        code = self.kind.value.problem
        if code is None:
            raise ValueError(self.kind.name)
        return Problem(code=code, sheet=SURVEY, row=self.row, params=self._all_gaps)

    @property
    def _all_gaps(self) -> dict[str, Any]:
        return {"name": self.name, "row": self.row, **self.gaps}


@dataclass(frozen=True, slots=True)
class Changes:
    """All differences: of the questionnaire, then by row of the new version, then what is gone."""

    all: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        """Visit them in order."""
        return iter(self.all)

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """Give those that cannot be published under the same name."""
        return tuple(change for change in self.all if change.is_conflict)


def changes_between(old: Instrument, new: Instrument) -> Changes:
    """Compare two versions of an instrument, the older one first."""
    before, now = _items(old), _items(new)
    moved = _moved(list(old.questions), list(new.questions))
    found = [Change(kind=kind, gaps=gaps) for kind, gaps in _of_the_whole(old, new)]
    for key, item in now.items():
        findings = [*_findings(before[key], item, old, new)] if key in before else [_come(item)]
        if item.name in moved:
            findings.append((ChangeKind.MOVED, {}))
        found += _placed(item, findings)
    for item in (item for key, item in before.items() if key not in now):
        found += _placed(item, [_gone(item)])
    return Changes(tuple(found))


def conflicts_with(earlier: Sequence[Instrument], new: Instrument) -> tuple[Change, ...]:
    """Find what contradicts earlier versions, each question as it was asked last.

    Args:
        earlier: Versions of the same instrument, the oldest first.
    """
    last: dict[str, tuple[Instrument, Question]] = {}
    for version in earlier:
        asked = (question for question in version.questions.values() if question.type.has_value)
        last |= {question.name: (version, question) for question in asked}
    found: list[Change] = []
    named = {_path(old, version): (version, old) for version, old in last.values()}
    for name, question in new.questions.items():
        if name in last:
            version, old = last[name]
            found += _placed(question, _conflicts(old, question, version, new))
        if _path(question, new) in named:
            found += _placed(question, _other_column(*named[_path(question, new)], question))
    return tuple(found)


def _other_column(version: Instrument, old: Question, question: Question) -> Iterator[Finding]:
    """Find the question whose column has another name, since others have its name too."""
    if old.name != question.name:
        gaps = {"own": question.own_name, "old": old.name, "version": version.version}
        yield ChangeKind.COLUMN_CHANGED, gaps


def _path(question: Question, instrument: Instrument) -> tuple[str, ...]:
    groups = instrument.around[question.name]
    return (*(group.own_name for group in groups), question.own_name)


def _items(instrument: Instrument) -> dict[tuple[str, bool], Item]:
    """Give questions and groups by name; a group is never compared with a question."""
    return {(item.name, isinstance(item, Group)): item for item in instrument.root.walk()}


def _placed(item: Item, findings: Sequence[Finding] | Iterator[Finding]) -> list[Change]:
    return [Change(kind=kind, name=item.name, row=item.row, gaps=gaps) for kind, gaps in findings]


def _findings(was: Item, item: Item, old: Instrument, new: Instrument) -> Iterator[Finding]:
    if isinstance(was, Question) and isinstance(item, Question):
        yield from _conflicts(was, item, old, new)
    yield from differences(was, item, [tag for tag in new.languages if tag in old.languages])


def _conflicts(
    was: Question, question: Question, old: Instrument, new: Instrument
) -> Iterator[Finding]:
    both = was.type.has_value and question.type.has_value
    if both and _repeats(old, was.name) != _repeats(new, question.name):
        yield ChangeKind.REPEAT_CHANGED, {"version": old.version}
    for kind, gaps in contradictions(was, question):
        yield kind, {"version": old.version, **gaps}


def _repeats(instrument: Instrument, name: str) -> list[str]:
    return [group.name for group in instrument.around[name] if group.is_repeat]


def _come(item: Item) -> Finding:
    return ChangeKind.ADDED if isinstance(item, Question) else ChangeKind.GROUP_ADDED, {}


def _gone(item: Item) -> Finding:
    return ChangeKind.REMOVED if isinstance(item, Question) else ChangeKind.GROUP_REMOVED, {}


def _of_the_whole(old: Instrument, new: Instrument) -> Iterator[Finding]:
    titles = (text_in(each.title, each.default_language, "")[0] for each in (old, new))
    settings = {
        "form_title": tuple(titles),
        "default_language": (old.default_language, new.default_language),
        "sa_mode": (old.mode.value, new.mode.value),
        "sa_unit": (old.unit, new.unit),
        "sa_period": (old.period, new.period),
    }
    for column, (was, now) in settings.items():
        if was != now:
            yield ChangeKind.SETTING_CHANGED, {"column": column, "old": was, "new": now}
    for tag in (tag for tag in new.languages if tag not in old.languages):
        yield ChangeKind.LANGUAGE_ADDED, {"language": name_of(tag)}
    for tag in (tag for tag in old.languages if tag not in new.languages):
        yield ChangeKind.LANGUAGE_REMOVED, {"language": name_of(tag)}


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Find the fewest names that have to move to get from one order to the other."""
    places = {name: place for place, name in enumerate(old)}
    common = [name for name in new if name in places]
    # The longest run of names in their old order: `ends[n]` is the best one of n + 1 names.
    ends: list[int] = []
    runs: list[tuple[str, ...]] = []
    for name in common:
        length = bisect_left(ends, places[name])
        run = (*(runs[length - 1] if length else ()), name)
        ends[length : length + 1] = [places[name]]
        runs[length : length + 1] = [run]
    return set(common) - set(runs[-1] if runs else ())

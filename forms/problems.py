"""A mistake with its place, and all of them together for one author to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from forms.catalogue import ProblemCode

__all__ = ["BadInstrument", "Level", "Problem", "ProblemCode", "Problems", "Sentence"]


class Level(StrEnum):
    """How much a problem stops: only an error keeps an instrument from being published."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake and where it stands.

    Attributes:
        row: As Excel counts it; None when the problem is not in one row.
        column: The header as the author wrote it; None when not in one column.
        params: The gaps of the sentence. A value that is itself `N_`-marked text with gaps of
            its own is given as a `Sentence`.
    """

    code: ProblemCode
    level: Level = Level.ERROR
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def message(self, gettext: Callable[[str], str] = str) -> str:
        """Say what is wrong, where, and how to mend it."""
        places = {"sheet": self.sheet, "row": self.row, "column": self.column}
        params = {key: _shown(value, gettext) for key, value in self.params.items()}
        return gettext(self.code.value) % (places | params)

    def to_json(self, gettext: Callable[[str], str] = str) -> dict[str, Any]:
        """Give the problem as outside scripts read it."""
        return {
            "level": self.level.value,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "code": self.code.name,
            "message": self.message(gettext),
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A marked sentence with its gaps, to stand inside another one."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)


class Problems:
    """All mistakes found so far, for one author to mend at once."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        """Begin with `found`."""
        self._found = list(found)

    def add(self, code: ProblemCode, level: Level = Level.ERROR, **place_and_params: Any) -> None:
        """Note a mistake; `sheet`, `row`, `column` say where, the rest fills the sentence."""
        place = {key: place_and_params.pop(key, None) for key in ("sheet", "row", "column")}
        self._found.append(Problem(code=code, level=level, params=place_and_params, **place))

    def __iter__(self) -> Iterator[Problem]:
        """Visit the problems, by sheet as found and then by row."""
        return iter(sorted(self._found, key=_place))

    def __len__(self) -> int:
        """Count the problems of every level."""
        return len(self._found)

    @property
    def has_errors(self) -> bool:
        """Tell whether anything keeps the instrument from being published."""
        return any(problem.level is Level.ERROR for problem in self._found)


class BadInstrument(Exception):
    """The workbook is not an instrument; `problems` says why."""

    def __init__(self, problems: Problems) -> None:
        """Carry the problems to whoever shows them."""
        super().__init__("; ".join(problem.message() for problem in problems))
        self.problems = problems


def _place(problem: Problem) -> tuple[int, int]:
    order = {"settings": 0, "survey": 1, "choices": 2}
    return order.get(problem.sheet or "", -1), problem.row or 0


def _shown(value: Any, gettext: Callable[[str], str]) -> Any:
    if isinstance(value, Sentence):
        return gettext(value.text) % value.params
    return value

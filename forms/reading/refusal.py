"""Say no to a workbook, and carry the reasons from one process to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.problems import BadInstrument, Level, Problem, ProblemCode, Problems, Sentence
from forms.reading.limits import MEGABYTE


def refusal(code: ProblemCode, **place_and_params: Any) -> BadInstrument:
    """Make the exception for one mistake of the file."""
    problems = Problems()
    problems.add(code, **place_and_params)
    return BadInstrument(problems)


class Allowance:
    """What may still be unpacked; taking more than is left refuses the workbook."""

    def __init__(self, size: int) -> None:
        """Begin with `size` bytes or characters."""
        self._size = self._left = size

    def take(self, amount: int) -> None:
        """Use up `amount`.

        Raises:
            BadInstrument: Nothing is left.
        """
        self._left -= amount
        if self._left < 0:
            raise refusal(ProblemCode.EXPANDS_TOO_MUCH, limit=self._size // MEGABYTE)


def problems_to_json(problems: Problems) -> list[dict[str, Any]]:
    """Give the problems as JSON types; `problems_from_json` reads them back equal."""
    return [
        {
            "code": problem.code.name,
            "level": problem.level.value,
            "place": [problem.sheet, problem.row, problem.column],
            "params": {key: _packed(value) for key, value in problem.params.items()},
        }
        for problem in problems
    ]


def problems_from_json(data: Sequence[Mapping[str, Any]]) -> Problems:
    """Read what `problems_to_json` gave."""
    return Problems(
        Problem(
            code=ProblemCode[item["code"]],
            level=Level(item["level"]),
            **dict(zip(("sheet", "row", "column"), item["place"], strict=True)),
            params={key: _unpacked(value) for key, value in item["params"].items()},
        )
        for item in data
    )


def _packed(value: Any) -> Any:
    if isinstance(value, Sentence):
        return {"sentence": value.text, "params": dict(value.params)}
    return value


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict):
        return Sentence(value["sentence"], value["params"])
    return value

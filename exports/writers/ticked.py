"""Questions with several answers as one text each, beside their columns of 0 and 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exports.cells import NOT_ASKED, Cell
from exports.codebook import Codebook, Variable
from exports.wording import Wording
from exports.writers.cell_xml import CellXml
from forms.instrument import QuestionType

BETWEEN = "; "


class TickedColumn:
    """The labels of all that was ticked; where nothing was, why."""

    def __init__(
        self, name: str, columns: Sequence[tuple[int, Variable]], wording: Wording, xml: CellXml
    ) -> None:
        self.name = name
        self._places = [place for place, _ in columns]
        self._labels = [_choice_label(variable, wording) for _, variable in columns]
        first = columns[0][1]
        self._missing: dict[Cell, str] = {
            value.code: wording.label(value) for value in first.values
        }
        self._xml = xml
        self._known: dict[tuple[Cell, ...], str] = {}

    def written(self, columns: Sequence[Sequence[Cell]]) -> list[str]:
        """Write the texts of some rows."""
        rows = zip(*(columns[place] for place in self._places), strict=True)
        return [self._known.get(cells) or self._text(cells) for cells in rows]

    def _text(self, cells: tuple[Cell, ...]) -> str:
        ticked = [label for label, cell in zip(self._labels, cells, strict=True) if cell == 1]
        text = BETWEEN.join(ticked)
        if not ticked and 0 not in cells:
            # An alternative that only other versions have was not asked, whatever the rest says.
            why = next((cell for cell in cells if cell != NOT_ASKED), NOT_ASKED)
            text = self._missing.get(why, "")
        self._known[cells] = written = self._xml.text(text)
        return written


def ticked_columns(codebook: Codebook, wording: Wording, xml: CellXml) -> list[TickedColumn]:
    """Make a column for each question of Data with several answers, in order."""
    by_question: dict[str, list[tuple[int, Variable]]] = {}
    for place, variable in _ticks(codebook):
        name = variable.question.name if variable.question else ""
        by_question.setdefault(name, []).append((place, variable))
    return [TickedColumn(name, found, wording, xml) for name, found in by_question.items()]


def ticked_names(codebook: Codebook) -> tuple[str, ...]:
    """Name these columns, as the questions are named."""
    names = (variable.question.name for _, variable in _ticks(codebook) if variable.question)
    return tuple(dict.fromkeys(names))


def _ticks(codebook: Codebook) -> Iterator[tuple[int, Variable]]:
    for place, variable in enumerate(codebook.variables):
        if variable.question and variable.question.type is QuestionType.SELECT_MULTIPLE:
            yield place, variable


def _choice_label(variable: Variable, wording: Wording) -> str:
    choices = variable.question.choices if variable.question else ()
    found = next(each for each in choices if each.name == variable.choice)
    return wording.authors(found.label) or found.name

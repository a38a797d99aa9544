"""The survey sheet: rows to a tree of groups, repeats and questions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pyxform import aliases

from forms import markup
from forms.compile.cells import Cells
from forms.compile.questions import QuestionReader
from forms.compile.rowtypes import RowKind, RowType, row_type
from forms.instrument import Group, Question
from forms.languages import Texts
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import SURVEY, Row, Sheet

DEEPEST_REPEAT = 3
_REFUSED = {
    RowKind.UNKNOWN: ProblemCode.TYPE_UNKNOWN,
    RowKind.EXTERNAL: ProblemCode.TYPE_EXTERNAL,
    RowKind.FROM_REPEAT: ProblemCode.TYPE_FROM_REPEAT,
}


@dataclass(slots=True)
class _Open:
    """A group whose end has not come yet."""

    group: Group
    items: list[Question | Group] = field(default_factory=list)


class SurveyReader:
    """Reads the survey sheet row by row, collecting every mistake."""

    def __init__(self, cells: Cells, questions: QuestionReader, problems: Problems) -> None:
        """Read rows through `cells`; `questions` makes the questions."""
        self._cells = cells
        self._questions = questions
        self._problems = problems
        # Names of rows whose type is wrong: references to them are not wrong too.
        self.refused: set[str] = set()
        self._stack: list[_Open] = []

    def read(self, sheet: Sheet) -> Group:
        """Give the tree under one nameless group; incomplete where rows were refused."""
        self._stack = [_Open(Group(name="", row=1))]
        for row in sheet.rows:
            self._read_row(row)
        while len(self._stack) > 1:
            opened = self._stack[-1].group
            self._cells.note(ProblemCode.GROUP_NOT_CLOSED, opened.row, name=opened.name)
            self._close()
        root = self._stack[0]
        if not root.items and not self._problems.has_errors:
            self._problems.add(ProblemCode.SHEET_EMPTY, sheet=SURVEY)
        return replace(root.group, items=tuple(root.items))

    def _read_row(self, row: Row) -> None:
        written = self._cells.value(row, "type")
        if aliases.yes_no.get(self._cells.value(row, "disabled")):
            return
        if not written:
            self._read_note(row)
            return
        kind = row_type(written)
        if kind.kind in (RowKind.BEGIN_LOOP, RowKind.END_LOOP):
            self._loop(row, kind)
            return
        if kind.kind in (RowKind.BEGIN_GROUP, RowKind.BEGIN_REPEAT):
            self._begin(row, is_repeat=kind.kind is RowKind.BEGIN_REPEAT)
        elif kind.kind in (RowKind.END_GROUP, RowKind.END_REPEAT):
            self._end(row, is_repeat=kind.kind is RowKind.END_REPEAT)
        elif kind.kind is RowKind.QUESTION:
            self._stack[-1].items += self._questions.read(row, kind, written)
        else:
            self._refuse_type(row, kind, written)

    def _read_note(self, row: Row) -> None:
        """Pass over a row that only the author reads; with a name or a label it lacks its type."""
        if self._cells.value(row, "name") or self._cells.texts(row, "label"):
            self.refused.add(self._cells.value(row, "name"))
            self._cells.note(ProblemCode.TYPE_MISSING, row.number, "type")
        else:
            self._cells.note(ProblemCode.ROW_UNUSED, row.number, "type", level=Level.WARNING)

    def _loop(self, row: Row, kind: RowType) -> None:
        """Refuse a loop, and read what is in it as a group so that nothing else seems wrong."""
        if kind.kind is RowKind.BEGIN_LOOP:
            self._cells.note(ProblemCode.TYPE_LOOP, row.number, "type")
            self._begin(row, is_repeat=False)
        else:
            self._end(row, is_repeat=False)

    def _refuse_type(self, row: Row, kind: RowType, written: str) -> None:
        if name := self._cells.value(row, "name"):
            self._cells.remember(name, row.number)
            self.refused.add(name)
        code = _REFUSED.get(kind.kind, ProblemCode.TYPE_UNSUPPORTED)
        self._cells.note(code, row.number, "type", type=written, suggestion=kind.suggestion)

    def _begin(self, row: Row, *, is_repeat: bool) -> None:
        group = Group(
            name=self._cells.name(row),
            row=row.number,
            label=self._cells.texts(row, "label"),
            hint=self._cells.texts(row, "hint"),
            relevant=self._cells.expression(row, "relevant"),
            is_repeat=is_repeat,
            repeat_count=self._cells.expression(row, "repeat_count") if is_repeat else None,
            appearance=self._cells.appearance(row, "group"),
        )
        depth = sum(opened.group.is_repeat for opened in self._stack) + is_repeat
        if is_repeat and depth > DEEPEST_REPEAT:
            self._cells.note(ProblemCode.REPEAT_TOO_DEEP, row.number, "type", limit=DEEPEST_REPEAT)
        self._stack.append(_Open(group))
        self._cells.enter_group()

    def _end(self, row: Row, *, is_repeat: bool) -> None:
        if len(self._stack) == 1:
            self._cells.note(ProblemCode.GROUP_NOT_OPEN, row.number, "type")
            return
        opened = self._stack[-1].group
        if opened.is_repeat is not is_repeat:
            code = ProblemCode.END_OF_ANOTHER
            self._cells.note(code, row.number, "type", name=opened.name, first=opened.row)
        self._close()

    def _close(self) -> None:
        opened = self._stack.pop()
        self._cells.leave_group()
        if not opened.items:
            code = ProblemCode.GROUP_EMPTY
            self._cells.note(code, opened.group.row, name=opened.group.name)
        self._stack[-1].items.append(replace(opened.group, items=tuple(opened.items)))


def label_references(texts: Texts) -> frozenset[str]:
    """Give the names of the questions whose answers a text shows, as in "Hej ${name}"."""
    return frozenset(name for text in texts.values() for name in markup.references(text))

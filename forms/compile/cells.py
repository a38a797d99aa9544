"""Read the cells of a survey row: names, expressions, appearances and pictures."""

from __future__ import annotations

import re
from collections.abc import Collection

from forms.compile.columns import Columns
from forms.compile.pictures import picture_mistakes
from forms.compile.vocabulary import APPEARANCES, FOLLOWED, is_idle_appearance, refused_appearance
from forms.expressions import Expression, ExpressionError, parse_leniently
from forms.languages import Texts
from forms.problems import Level, ProblemCode, Problems, Sentence
from forms.workbook import SURVEY, Row

_NAME = re.compile(r"^[^\W\d][\w.-]{0,63}$")
RESERVED_NAMES = frozenset(
    {"response_id", "entry_code", "meta", "instanceid", "language", "_version"}
)
# What the standard compiler takes for a condition in any column of expressions.
_YES_NO = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
# What may stand for a whole column that is not there.
_NEEDED = frozenset({ProblemCode.TYPE_MISSING, ProblemCode.NAME_MISSING, ProblemCode.LABEL_MISSING})


class Cells:
    """The cells of the survey sheet, and the mistakes found in them."""

    def __init__(self, columns: Columns, media: Collection[str], problems: Problems) -> None:
        """Read under these columns; pictures must be among `media`."""
        self._columns = columns
        self._media = media
        self._problems = problems
        # Names taken in each group that is open, with the rows that took them.
        self._first_rows: list[dict[str, int]] = [{}]
        self._idle: dict[str, list[int]] = {}
        self._is_told: set[str] = set()

    def value(self, row: Row, column: str) -> str:
        """Give a cell's text, "" when it is blank."""
        return self._columns.value(row, column)

    def texts(self, row: Row, column: str) -> Texts:
        """Give a translated column's texts by language."""
        return self._columns.texts(row, column)

    def remember(self, name: str, row: int) -> int:
        """Note that a name is taken in its group; give the row that took it first."""
        return self._first_rows[-1].setdefault(name, row)

    def enter_group(self) -> None:
        """Begin to take names that may stand in other groups too."""
        self._first_rows.append({})

    def leave_group(self) -> None:
        """Go on with the names of the group around."""
        self._first_rows.pop()

    def name(self, row: Row) -> str:
        """Give the row's name, made up when it has none so that reading can go on."""
        name = self.value(row, "name")
        if not name:
            self.note(ProblemCode.NAME_MISSING, row.number, "name")
            return f"_row_{row.number}"
        first = self.remember(name, row.number)
        if not _NAME.match(name):
            self.note(ProblemCode.NAME_INVALID, row.number, "name", name=name)
        elif name.lower() in RESERVED_NAMES:
            self.note(ProblemCode.NAME_RESERVED, row.number, "name", name=name)
        elif first != row.number:
            self.note(ProblemCode.NAME_TWICE, row.number, "name", name=name, first=first)
        return name

    def expression(self, row: Row, column: str) -> Expression | None:
        """Parse a cell's expression; yes and no stand for true() and false()."""
        text = self.value(row, column)
        text = _YES_NO.get(text.lower(), text)
        if column == "required" and text == "false()":
            return None
        return self.parsed(row, column, text) if text else None

    def parsed(self, row: Row, column: str, text: str) -> Expression | None:
        """Parse a text that stands in a column."""
        try:
            expression = parse_leniently(text)
        except ExpressionError as error:
            detail = Sentence(error.code.value, error.params)
            self.note(ProblemCode.EXPRESSION, row.number, column, detail=detail)
            return None
        if expression.text != text:
            self.note(ProblemCode.QUOTES_CURLY, row.number, column, level=Level.WARNING)
        if expression.last_saved and column != "default":
            self.note(ProblemCode.LAST_SAVED_ELSEWHERE, row.number, column)
        return expression

    def appearance(self, row: Row, kind: str) -> frozenset[str]:
        """Give the appearances that are known; report those without an effect on such a row.

        Args:
            kind: The question's type, or "group".
        """
        written = self.value(row, "appearance")
        words = frozenset(written.lower().split())
        if refused := refused_appearance(written):
            self.note(ProblemCode.APPEARANCE_REFUSED, row.number, "appearance", value=refused)
            return words & APPEARANCES
        for word in sorted(words - FOLLOWED.get(kind, frozenset())):
            if word in APPEARANCES or is_idle_appearance(word):
                self._idle.setdefault(word, []).append(row.number)
            else:
                self.note(
                    ProblemCode.APPEARANCE_UNKNOWN,
                    row.number,
                    "appearance",
                    level=Level.WARNING,
                    value=word,
                )
        if "table-list" in words:
            return words & APPEARANCES | {"field-list"}
        return words & APPEARANCES

    def report_idle(self) -> None:
        """Name each appearance that is known and has no effect, once, at its first row."""
        for word, rows in self._idle.items():
            self.note(
                ProblemCode.APPEARANCE_UNUSED,
                rows[0],
                "appearance",
                level=Level.ADVICE,
                value=word,
                count=len(rows),
            )

    def image(self, row: Row) -> Texts:
        """Give the pictures by language; report those that did not come along."""
        texts = self.texts(row, "image")
        for name, code in picture_mistakes(texts, self._media):
            self.note(code, row.number, "image", value=name)
        return texts

    def note(
        self,
        code: ProblemCode,
        row: int,
        column: str | None = None,
        *,
        level: Level = Level.ERROR,
        **params: object,
    ) -> None:
        """Report a mistake in a row; `column` by its standard name."""
        if code in _NEEDED and column and not self._has(column):
            if column not in self._is_told:
                missing = ProblemCode.COLUMN_MISSING
                self._problems.add(missing, sheet=SURVEY, row=1, column=column)
            self._is_told.add(column)
            return
        header = self._columns.header(column) if column else None
        self._problems.add(code, level, sheet=SURVEY, row=row, column=header, **params)

    def _has(self, name: str) -> bool:
        return any(column.name == name for column in self._columns.all)

"""What interviews were coded as, beside their answers: columns, and a table of coded passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext
from sqlalchemy import select

from exports.cells import NOT_ANSWERED
from exports.qda.columns import CodeColumn, code_columns
from exports.qda.model import areas_of
from forms.instrument import Choice, ChoiceList, Group, Question, QuestionType
from forms.marking import N_
from survey_app.actions.coding.final import Final, final_of
from survey_app.actions.told_columns import told_column
from survey_app.languages import spoken
from survey_app.store.database import db
from survey_app.store.interviews import Interview, InterviewCase
from survey_app.store.models import Round

TABLE = "Segment"
YES, NO = N_("Yes"), N_("No")
PLACES = ("segment_start", "segment_end")
# The table of coded passages: one row for each code of a passage.
COLUMNS: Mapping[str, str] = {
    "segment_question": N_("Question that was answered"),
    "segment_area": N_("Area of the code"),
    "segment_code": N_("Code"),
    "segment_valence": N_("How it is spoken of"),
    "segment_start": N_("First character of the passage, from 0"),
    "segment_end": N_("First character after the passage"),
    "segment_text": N_("The passage"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is added to a file.

    Attributes:
        items: Questions to add to the instrument: a column each, and the table.
        values: By pseudonym: address -> instance text.
        asked: Names of the columns that hold for every interview.
        rows: By pseudonym: how many rows the table has of it.
    """

    items: tuple[Question | Group, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    rows: Mapping[str, int] = field(default_factory=dict)

    def asked_of(self, case: str) -> Iterator[str]:
        """Give the addresses that hold for an interview: its columns, and its rows' cells."""
        yield from self.asked
        for number in range(1, self.rows.get(case, 0) + 1):
            yield from (f"{TABLE}[{number}]/{name}" for name in COLUMNS)


NOTHING_SAID = Said()


def said_in(rounds: Sequence[Round]) -> Said:
    """Work out the columns and passages of some rounds; nothing when none of them is coded."""
    columns: dict[str, CodeColumn] = {}
    values: dict[str, dict[str, str]] = {}
    rows: dict[str, int] = {}
    for of in rounds:
        final = final_of(of)
        if final is None or not final.coded:
            continue
        cases = _cases(of)
        for column in code_columns(final.codes, final.segments, cases, final.coded):
            columns.setdefault(column.name, column)
            for case, cell in zip(cases, column.cells, strict=True):
                if cell != NOT_ANSWERED:
                    values.setdefault(case, {})[column.name] = str(cell)
        for case, (told, count) in _passages(final).items():
            values.setdefault(case, {}).update(told)
            rows[case] = count
    if not columns:
        return NOTHING_SAID
    items: tuple[Question | Group, ...] = (*map(_question, columns.values()), _table())
    return Said(items, values, frozenset(columns), rows)


def _cases(of: Round) -> list[str]:
    wanted = select(InterviewCase.code).join(Interview, Interview.case_id == InterviewCase.id)
    done = wanted.where(InterviewCase.round_id == of.id, Interview.is_done)
    return list(db.session.scalars(done.order_by(InterviewCase.code)))


def _question(column: CodeColumn) -> Question:
    label = gettext(column.phrase) % {"code": column.code}
    if not column.is_yes_no:
        return told_column(column.name, label, QuestionType.INTEGER)
    words = (("1", gettext(YES)), ("0", gettext(NO)))
    choices = tuple(Choice(name=name, label={spoken(): word}) for name, word in words)
    known = ChoiceList(name="mentioned", choices=choices)
    return replace(told_column(column.name, label, QuestionType.SELECT_ONE), choice_list=known)


def _table() -> Group:
    questions = tuple(
        told_column(
            name, gettext(label), QuestionType.INTEGER if name in PLACES else QuestionType.TEXT
        )
        for name, label in COLUMNS.items()
    )
    return Group(name=TABLE, row=0, is_repeat=True, items=questions)


def _passages(final: Final) -> dict[str, tuple[dict[str, str], int]]:
    texts = {source.key: source.text for source in final.sources}
    areas, told = areas_of(final.codes), dict[str, dict[str, str]]()
    counts: dict[str, int] = {}
    for segment in final.segments:
        case, question = segment.source
        for code in segment.codes:
            counts[case] = counts.get(case, 0) + 1
            row = {
                "segment_question": question,
                "segment_area": areas[code],
                "segment_code": code,
                "segment_valence": segment.valence.value if segment.valence else "",
                "segment_start": str(segment.start),
                "segment_end": str(segment.end),
                "segment_text": texts[segment.source][segment.start : segment.end],
            }
            at = f"{TABLE}[{counts[case]}]/"
            kept = told.setdefault(case, {})
            kept |= {f"{at}{name}": value for name, value in row.items() if value}
    return {case: (told[case], counts[case]) for case in told}

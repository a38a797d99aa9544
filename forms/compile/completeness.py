"""Texts that are missing in a language, and lists that nobody uses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from forms.compile.columns import Columns
from forms.compile.settings import Settings
from forms.instrument import ChoiceList, Group, Question
from forms.languages import Texts
from forms.problems import Level, ProblemCode, Problems
from forms.workbook import CHOICES, SURVEY, Sheet


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of one cell in several languages."""

    row: int
    columns: Columns
    column: str
    texts: Texts

    def header(self, language: str) -> str:
        """Give the header of its column in a language; of one that is not there, what to write."""
        spoken = [column for column in self.columns.all if column.language == language]
        found = (column.header for column in spoken if column.name == self.column)
        names = (f"{self.column}::{column.rest}" for column in spoken if column.rest)
        return next(found, next(names, self.column))


def check_completeness(
    root: Group,
    lists: Mapping[str, ChoiceList],
    settings: Settings,
    columns: Mapping[str, Columns],
    choices: Sheet,
    problems: Problems,
) -> tuple[str, ...]:
    """Report gaps in the translations.

    Returns:
        The instrument's languages, the default one first.
    """
    survey = columns[SURVEY]
    languages = _languages(survey, settings, problems)
    used = {q.choice_list.name for q in root.walk() if isinstance(q, Question) and q.choice_list}
    texts = [*_survey_texts(root, survey), *_choice_texts(choices, columns[CHOICES], used)]
    for language in languages:
        _report_gaps(language, texts, problems)
    _report_unused(lists, used, choices, columns[CHOICES], problems)
    return languages


def _survey_texts(root: Group, columns: Columns) -> Iterator[_Text]:
    for item in root.walk():
        texts = {"label": item.label, "hint": item.hint}
        if isinstance(item, Question):
            texts |= {
                "constraint_message": item.constraint_message,
                "required_message": item.required_message,
            }
        for column, text in texts.items():
            if text:
                yield _Text(item.row, columns, column, text)


def _choice_texts(sheet: Sheet, columns: Columns, used: Collection[str]) -> Iterator[_Text]:
    for row in sheet.rows:
        text = columns.texts(row, "label")
        if text and columns.value(row, "list_name") in used:
            yield _Text(row.number, columns, "label", text)


def _languages(survey: Columns, settings: Settings, problems: Problems) -> tuple[str, ...]:
    default = settings.default_language
    if survey.languages and default not in survey.languages:
        problems.add(
            ProblemCode.DEFAULT_LANGUAGE_MISSING,
            sheet="settings",
            row=2,
            column="default_language",
            value=default,
        )
    return tuple(dict.fromkeys((default, *survey.languages)))


def _report_gaps(language: str, texts: list[_Text], problems: Problems) -> None:
    """Name each cell that a language lacks; when it lacks more than half, that alone."""
    gaps = [text for text in texts if language not in text.texts]
    if len(gaps) * 2 > len(texts) and len(gaps) > 1:
        problems.add(
            ProblemCode.LANGUAGE_HALF_MISSING,
            Level.WARNING,
            sheet=gaps[0].columns.sheet,
            row=gaps[0].row,
            column=gaps[0].header(language),
            language=language,
            missing=len(gaps),
            total=len(texts),
        )
        return
    for gap in gaps:
        problems.add(
            ProblemCode.LABEL_LANGUAGE_MISSING,
            Level.WARNING,
            sheet=gap.columns.sheet,
            row=gap.row,
            column=gap.header(language),
            language=language,
        )


def _report_unused(
    lists: Mapping[str, ChoiceList],
    used: Collection[str],
    sheet: Sheet,
    columns: Columns,
    problems: Problems,
) -> None:
    for name in lists:
        if name not in used:
            rows = (r.number for r in sheet.rows if columns.value(r, "list_name") == name)
            problems.add(
                ProblemCode.LIST_UNUSED,
                Level.ADVICE,
                sheet=CHOICES,
                row=next(rows, None),
                column=columns.header("list_name"),
                list_name=name,
            )

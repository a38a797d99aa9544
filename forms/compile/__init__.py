"""From sheets to an instrument, with every mistake found at once and located."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from forms.compile.cells import Cells
from forms.compile.choices import read_choice_lists
from forms.compile.columns import read_columns, report_unused_choice_columns
from forms.compile.completeness import check_completeness
from forms.compile.idle import report_idle_cells
from forms.compile.logic import check_logic, names_read
from forms.compile.naming import with_unique_names
from forms.compile.questions import QuestionReader
from forms.compile.settings import label_languages, read_settings
from forms.compile.sheets import check_sheets
from forms.compile.survey import SurveyReader
from forms.compile.tables import Tables
from forms.instrument import Instrument
from forms.problems import BadInstrument, ProblemCode, Problems
from forms.workbook import CHOICES, SETTINGS, SURVEY, Workbook

__all__ = ["Compiled", "compile_workbook", "instrument_of"]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a workbook: the instrument, unless a problem is an error.

    Attributes:
        draft: What could be read despite the errors, for advice only.
    """

    instrument: Instrument | None
    problems: Problems
    draft: Instrument | None = None


def compile_workbook(
    workbook: Workbook,
    *,
    fallback_name: str = "",
    media: Collection[str] = (),
    is_published: bool = False,
) -> Compiled:
    """Compile the sheets, and say everything that is wrong with them.

    Args:
        workbook: The author's sheets, and the tables that came along.
        fallback_name: The instrument's name when the settings give no form_id.
        media: Names of the picture files that come with the workbook.
        is_published: It was found good once: rules that came later do not take it away, as long
            as they leave anything to ask.
    """
    problems = Problems()
    check_sheets(workbook, problems)
    survey, choices = workbook.sheet(SURVEY), workbook.sheet(CHOICES)
    if not survey.headers:
        problems.add(ProblemCode.SHEET_MISSING, sheet=SURVEY)
        return Compiled(None, problems)
    named = label_languages(survey.headers)
    settings = read_settings(workbook.sheet(SETTINGS), fallback_name, problems, named)
    columns = {
        sheet.name.lower(): read_columns(sheet, settings.default_language, problems)
        for sheet in (survey, choices)
    }
    pictures = frozenset(media)
    lists = read_choice_lists(choices, columns[CHOICES], pictures, problems)
    cells = Cells(columns[SURVEY], pictures, problems)
    tables = Tables(workbook, settings.default_language, problems)
    questions = QuestionReader(cells, lists, tables, settings.mode)
    reader = SurveyReader(cells, questions, problems)
    root = with_unique_names(reader.read(survey), columns[SURVEY].header("name"), problems)
    cells.report_idle()
    report_idle_cells(survey, columns[SURVEY], problems)
    all_lists = tables.lists | lists
    order = check_logic(root, all_lists, columns[SURVEY], problems, refused=reader.refused)
    report_unused_choice_columns(choices, columns[CHOICES], names_read(root), problems)
    languages = check_completeness(root, lists, settings, columns, choices, problems)
    draft = settings.instrument(root, order, languages, all_lists)
    is_good = not problems.has_errors or (is_published and bool(order))
    return Compiled(draft if is_good else None, problems, draft)


def instrument_of(workbook: Workbook, *, fallback_name: str = "") -> Instrument:
    """Compile sheets that are known to be good.

    Raises:
        BadInstrument: They are not, after all.
    """
    compiled = compile_workbook(workbook, fallback_name=fallback_name)
    if compiled.instrument is None:
        raise BadInstrument(compiled.problems)
    return compiled.instrument

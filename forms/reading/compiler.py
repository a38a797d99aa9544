"""Ask the standard XLSForm compiler what it thinks of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyxform.constants import SUPPORTED_SHEET_NAMES
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from forms.marking import N_
from forms.problems import Level, Problem, ProblemCode, Problems, Sentence
from forms.workbook import SURVEY, Workbook

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"(?:On the |sheet: )'(\w+)'")

# Remarks that are left out, each with the reason.
LEFT_OUT = (
    "Row without name, text, or label",  # TYPE_MISSING says it
    " has no label: ",  # a group without a heading is well here; LABEL_MISSING is for questions
    "Choices should have a label",  # CHOICE_LABEL_MISSING says it
    " is missing the ",  # LABEL_LANGUAGE_MISSING says it, row by row
    "valid machine-readable codes",  # LANGUAGE_UNKNOWN says it
    "parameter to speed up submission sending",  # TYPE_UNSUPPORTED says it of pictures
    "no longer supported on most devices",  # TYPE_UNSUPPORTED says it
)
# Remarks that ask for thought, not for a correction.
ADVICE = (
    "case-insensitive match to another name",
    "uses or_other and translations",
    "'disabled' column header",
    "select one external is only meant",
)


def pyxform_problems(workbook: Workbook) -> Problems:
    """Compile the workbook with pyxform and give its refusal and its remarks.

    Its texts are English. It stops at the first mistake, so there is at most one error.
    """
    remarks: list[str] = []
    problems = []
    try:
        convert(_definition(workbook), warnings=remarks, form_name="data", validate=False)
    except PyXFormError as error:
        problems.append(_problem(ProblemCode.PYXFORM, Level.ERROR, str(error)))
    except RecursionError:
        detail = Sentence(N_("its groups or expressions are nested too deeply"))
        problems.append(Problem(code=ProblemCode.PYXFORM, params={"detail": detail}))
    return Problems([*problems, *_remarked(remarks)])


def pyxform_xform(workbook: Workbook) -> str:
    """Compile the workbook with pyxform to XForm XML.

    Raises:
        PyXFormError: It refuses the workbook.
    """
    definition = _definition(workbook)
    return str(convert(definition, form_name="data", validate=False, pretty_print=False).xform)


def _definition(workbook: Workbook) -> dict[str, Any]:
    """Give what `convert` takes: the sheets it knows, their headers, and all names."""
    known = [sheet for sheet in workbook.sheets if sheet.name.lower() in SUPPORTED_SHEET_NAMES]
    headers = {f"{sheet.name.lower()}_header": [dict.fromkeys(sheet.headers)] for sheet in known}
    names = {"sheet_names": [sheet.name for sheet in workbook.sheets]}
    return Workbook(tuple(known)).for_pyxform() | headers | names


def _remarked(remarks: list[str]) -> Iterator[Problem]:
    for remark in remarks:
        if not any(part in remark for part in LEFT_OUT):
            is_advice = any(part in remark for part in ADVICE)
            level = Level.ADVICE if is_advice else Level.WARNING
            yield _problem(ProblemCode.PYXFORM_REMARK, level, remark)


def _problem(code: ProblemCode, level: Level, message: str) -> Problem:
    row, sheet = _ROW.search(message), _SHEET.search(message)
    return Problem(
        code=code,
        level=level,
        sheet=sheet[1] if sheet else SURVEY if row else None,
        row=int(row[1]) if row else None,
        params={"detail": _ROW.sub("", message).strip()},
    )

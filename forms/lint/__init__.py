"""Advice on a questionnaire that may well compile: is it readable, consistent, anonymous?"""

from __future__ import annotations

from forms.instrument import Instrument
from forms.lint.form import Form
from forms.lint.rules import RULES
from forms.problems import Problems
from forms.workbook import Workbook

__all__ = ["RULES", "lint"]


def lint(instrument: Instrument, workbook: Workbook) -> Problems:
    """Judge an instrument by every rule.

    Args:
        instrument: As compiled; a draft of a workbook that has errors will do.
        workbook: The sheets it was compiled from, for rows and headers.

    Returns:
        Warnings and advice; never an error.
    """
    form = Form(instrument, workbook)
    return Problems(problem for rule in RULES for problem in rule(form))

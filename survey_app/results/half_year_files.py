"""The half-yearly report as files, each on record in the log of what left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from flask import current_app
from markupsafe import Markup

from exports.charts.pictures import svg_of
from exports.charts.spans import spans
from exports.delrapport import pdf
from exports.delrapport.model import Delrapport
from exports.delrapport.word import docx_of
from survey_app.actions import extracts
from survey_app.actions.half_years import ReportFormatMissing
from survey_app.results.half_year import report_of

TEMPLATE = "results/delrapport.html"


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A kind of file that a report can be had as."""

    title: str
    media_type: str
    write: Callable[[Delrapport], bytes]


def html_of(report: Delrapport) -> bytes:
    """Write the report as one accessible page that needs nothing else."""
    # Not through Flask, whose templates are told of the request: a file has none.
    template = current_app.jinja_env.get_template(TEMPLATE)
    drawn = {
        each.figure: Markup(svg_of(each.picture))  # noqa: S704 - made by us, escaped by ElementTree
        for chapter in report.chapters
        for each in chapter.exhibits
        if each.figure
    }
    return template.render(report=report, drawn=drawn, spans=spans).encode()


FORMATS: Mapping[str, ReportFormat] = {
    "docx": ReportFormat(
        "Word (.docx)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx_of,
    ),
    "html": ReportFormat("HTML", "text/html", html_of),
    "pdf": ReportFormat("PDF", "application/pdf", pdf.pdf_of),
}


def offered() -> Mapping[str, ReportFormat]:
    """Give the kinds that this server can write."""
    return {name: each for name, each in FORMATS.items() if name != "pdf" or pdf.is_available()}


def take(term: str, file_format: str, actor: str) -> bytes:
    """Write a half-year's report, and put on record that somebody has it.

    Raises:
        HalfYearUnknown: It is none.
        ReportFormatMissing: What writes PDF is not installed.
    """
    if file_format not in offered():
        raise ReportFormatMissing
    content = FORMATS[file_format].write(report_of(term))
    extracts.note_report(term, file_format, BytesIO(content), actor)
    return content

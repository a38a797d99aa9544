"""The pages of results, and the files of their pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from flask import Response, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from exports.charts.pictures import Picture, png_of, svg_of
from exports.charts.spans import spans
from exports.charts.workbook import xlsx_of
from forms.languages import direction
from survey_app.actions import half_years
from survey_app.actions.instruments import newest_version
from survey_app.actions.results import enkats, interviews, returned
from survey_app.audience import Role, for_roles
from survey_app.languages import spoken
from survey_app.results import (
    enkat_report,
    grades_report,
    interviews_report,
    months_reports,
    waves_report,
)
from survey_app.results.blueprint import bp
from survey_app.results.reports import Report
from survey_app.results.words import authors, term_word

# What results there are, and who words them; the subject is a round or a questionnaire.
KINDS: Mapping[str, Callable[[str], Report]] = {
    "enkat": enkat_report.report_of,
    "waves": waves_report.report_of,
    returned.MILESTONES: months_reports.milestones,
    returned.ATTENDANCE: months_reports.attendance,
    returned.GRADES: grades_report.report_of,
    "interviews": interviews_report.report_of,
}
ONE = f"/<any({', '.join(KINDS)}):about>/<string:subject>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW = "narrow"


@bp.get("/")
@for_roles(Role.COORDINATOR)
def overview() -> ResponseReturnValue:
    """List what there are results of."""
    closed = enkats.closed()
    names = list(dict.fromkeys(each.version.name for each in closed))
    enkat = [
        (authors(newest_version(name).title) or name, name,
         [each for each in reversed(closed) if each.version.name == name])
        for name in names
    ]  # fmt: skip
    return render_template(
        "results/overview.html",
        enkats=enkat,
        sources=_sources(),
        interviews=interviews.rounds_with_codes(),
        half_years=[(each, term_word(each)) for each in half_years.known()],
    )


@bp.get(f"{ONE}/")
@for_roles(Role.COORDINATOR)
def report(about: str, subject: str) -> ResponseReturnValue:
    """Show a page of results."""
    found = KINDS[about](subject)
    return render_template(
        "results/report.html", report=found, about=about, subject=subject, spans=spans
    )


@bp.get(f"{ONE}/<string:name>.<any(svg, png, xlsx):file_format>")
@for_roles(Role.COORDINATOR)
def picture(about: str, subject: str, name: str, file_format: str) -> ResponseReturnValue:
    """Give a picture as a file, made of the very table that the page shows."""
    found = KINDS[about](subject).picture(name)
    if found is None or (found.drawing is None and file_format != "xlsx"):
        abort(404)
    return _file(found, file_format, f"{subject}-{name}.{file_format}")


def _file(of: Picture, file_format: str, name: str) -> Response:
    if file_format == "xlsx":
        return send_file(BytesIO(xlsx_of(of)), XLSX, as_attachment=True, download_name=name)
    is_rtl = direction(spoken()) == "rtl"
    svg = svg_of(of, is_narrow=NARROW in request.args, is_rtl=is_rtl)
    if file_format == "png":
        return send_file(BytesIO(png_of(svg)), "image/png", download_name=name)
    return send_file(BytesIO(svg.encode()), "image/svg+xml", download_name=name)


def _sources() -> Sequence[tuple[str, str, str]]:
    """Give title, questionnaire and address of each kind of results about registered pupils."""
    titles = {
        returned.MILESTONES: gettext("Milestones"),
        returned.ATTENDANCE: gettext("Attendance"),
        returned.GRADES: gettext("Grades"),
    }
    return [
        (titles[kind], authors(newest_version(name).title) or name,
         url_for("results.report", about=kind, subject=name))
        for kind, name in returned.sources()
    ]  # fmt: skip

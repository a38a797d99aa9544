"""The page of a half-year's report, and its files."""

from __future__ import annotations

from io import BytesIO

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_security import current_user

from survey_app.audience import Role, for_roles
from survey_app.results import half_year, half_year_files
from survey_app.results.blueprint import bp


@bp.get("/half-year/<string:term>/")
@for_roles(Role.COORDINATOR)
def half_year_page(term: str) -> ResponseReturnValue:
    """Show what a half-year's report says in short, and offer its files."""
    return render_template(
        "results/half_year.html",
        report=half_year.report_of(term),
        term=term,
        formats=half_year_files.offered(),
    )


@bp.get("/half-year/<string:term>/delrapport.<string:file_format>")
@for_roles(Role.COORDINATOR)
def half_year_file(term: str, file_format: str) -> ResponseReturnValue:
    """Download a half-year's report."""
    if file_format not in half_year_files.FORMATS:
        abort(404)
    content = half_year_files.take(term, file_format, current_user.email)
    return send_file(
        BytesIO(content),
        half_year_files.FORMATS[file_format].media_type,
        as_attachment=True,
        download_name=f"delrapport-{term}.{file_format}",
        max_age=0,
    )

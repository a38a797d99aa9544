"""Instruments: their versions, and the workbook of each."""

from __future__ import annotations

from io import BytesIO

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from forms.workbook import Workbook
from forms.writing import write_workbook
from survey_app.actions import instruments
from survey_app.audience import Role, for_roles
from survey_app.coordinate.blueprint import bp
from survey_app.coordinate.extracts import XLSX
from survey_app.store import queries


@bp.get("/instruments/")
@for_roles(Role.COORDINATOR)
def instrument_list() -> ResponseReturnValue:
    """Show every instrument with its versions, and the built-in ones."""
    return render_template(
        "coordinate/instrument_list.html",
        versions=queries.all_versions(),
        built_in=[instruments.built_in(name) for name in instruments.built_in_only()],
    )


@bp.get("/instruments/<string:name>.xlsx")
@for_roles(Role.COORDINATOR)
def instrument_workbook(name: str) -> ResponseReturnValue:
    """Download the newest version of an instrument, or a built-in one."""
    return _sent(instruments.workbook_named(name), f"{name}.xlsx")


@bp.get("/instruments/<string:name>/<int:number>.xlsx")
@for_roles(Role.COORDINATOR)
def version_workbook(name: str, number: int) -> ResponseReturnValue:
    """Download one version of an instrument."""
    version = instruments.version_numbered(name, number)
    return _sent(instruments.workbook_of(version.id), f"{name}-{number}.xlsx")


def _sent(workbook: Workbook, file_name: str) -> ResponseReturnValue:
    target = BytesIO()
    write_workbook(workbook, target)
    target.seek(0)
    return send_file(target, XLSX, as_attachment=True, download_name=file_name, max_age=0)

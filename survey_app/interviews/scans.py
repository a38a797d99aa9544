"""The signed paper of a consent: uploaded, looked at, removed."""

from __future__ import annotations

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf import FlaskForm

from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases, scans
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.interviews.blueprint import CASE, bp, viewer
from survey_app.staff_forms import UNPROCESSABLE


@bp.route(f"{CASE}/scan", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def scan(round_name: str, code: str) -> ResponseReturnValue:
    """Show whether there is a scan, and take one."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    cases.refuse_erased(case)
    form, wrong = FlaskForm(), ""
    if form.validate_on_submit():
        file = request.files.get("file")
        try:
            scans.keep(case, file.read() if file else b"", current_user.email)
        except ActionError as error:
            wrong = sentence_of(error)
        else:
            flash(gettext("The scan is kept."))
            return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))
    page = render_template(
        "interviews/scan.html",
        round=of,
        case=case,
        form=form,
        kept=scans.of_case(case),
        wrong=wrong,
    )
    return page, UNPROCESSABLE if wrong else 200


@bp.get(f"{CASE}/scan/file")
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def scan_file(round_name: str, code: str) -> ResponseReturnValue:
    """Send the scan to be looked at, which is put on record."""
    case = cases.find(cases.find_round(round_name), code, viewer())
    found = scans.look(case, current_user.email)
    if found is None:
        abort(404)
    media_type, content = found
    name = f"{code}.{scans.ENDINGS[media_type]}"
    return send_file(BytesIO(content), media_type, as_attachment=True, download_name=name)


@bp.post(f"{CASE}/scan/remove")
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def scan_remove(round_name: str, code: str) -> ResponseReturnValue:
    """Erase the scan."""
    case = cases.find(cases.find_round(round_name), code, viewer())
    if FlaskForm().validate_on_submit():
        scans.remove(case, current_user.email)
        flash(gettext("The scan is erased."))
    return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))

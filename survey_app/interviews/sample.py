"""The sample: what is wanted, beside what there is."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases, sampling
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.interviews.blueprint import ROUND, bp
from survey_app.interviews.forms import QuotaForm
from survey_app.staff_forms import UNPROCESSABLE, Confirmation


@bp.route(f"{ROUND}/sample", methods=["GET", "POST"])
@for_roles(Role.COORDINATOR)
def sample(round_name: str) -> ResponseReturnValue:
    """Show the sampling table, and add a line to it."""
    of, form = cases.find_round(round_name), QuotaForm()
    if form.validate_on_submit():
        values = {name: value for name, value in form.data.items() if name != "csrf_token"}
        try:
            sampling.want(of, **values)
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("The sample has another line."))
            return redirect(url_for("interviews.sample", round_name=round_name))
    page = render_template(
        "interviews/sample.html",
        round=of,
        form=form,
        lines=sampling.table_of(of),
        removal=Confirmation(formdata=None),
    )
    return page, UNPROCESSABLE if request.method == "POST" else 200


@bp.post(f"{ROUND}/sample/<int:number>/remove")
@for_roles(Role.COORDINATOR)
def sample_remove(round_name: str, number: int) -> ResponseReturnValue:
    """Take a line out of the sampling table."""
    sampling.want_no_more(cases.find_round(round_name), number)
    flash(gettext("The line is removed."))
    return redirect(url_for("interviews.sample", round_name=round_name))


@bp.app_template_global()
def district_names() -> dict[str, str]:
    """Give the districts' names by code."""
    return {each.code: each.name for each in cases.districts()}

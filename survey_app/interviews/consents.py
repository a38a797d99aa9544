"""Consent: write it down, and erase everything when it is taken back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases, consents
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.interviews.blueprint import CASE, bp, viewer
from survey_app.interviews.forms import ConsentForm
from survey_app.staff_forms import UNPROCESSABLE, Confirmation


@bp.route(f"{CASE}/consent", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def consent(round_name: str, code: str) -> ResponseReturnValue:
    """Write down who has agreed."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    cases.refuse_erased(case)
    form = ConsentForm(case)
    if form.validate_on_submit():
        try:
            consents.record(case, form.agreed, current_user.email)
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("The consent is written down."))
            return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))
    page = render_template("interviews/consent.html", round=of, case=case, form=form)
    return page, UNPROCESSABLE if request.method == "POST" else 200


@bp.route(f"{CASE}/withdraw", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def withdraw(round_name: str, code: str) -> ResponseReturnValue:
    """Ask, then erase all that a person said."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    cases.refuse_erased(case)
    form = Confirmation()
    if form.validate_on_submit():
        consents.withdraw(case, current_user.email)
        flash(gettext("Everything that %(code)s said is erased.", code=code))
        return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))
    return render_template("interviews/withdraw.html", round=of, case=case, form=form)

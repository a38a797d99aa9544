"""Cases: what there is, one of them, a new one, and what is known of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import answering, cases, sampling
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.interviews.blueprint import CASE, ROUND, bp, is_coordinator, viewer
from survey_app.interviews.forms import CaseForm
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Round


@bp.get("/")
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def round_list() -> ResponseReturnValue:
    """Show the rounds in which people are interviewed."""
    rounds = cases.rounds_of_interviews()
    if len(rounds) == 1:
        return redirect(url_for("interviews.case_list", round_name=rounds[0].name))
    return render_template("interviews/round_list.html", rounds=rounds)


@bp.get(f"{ROUND}/")
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def case_list(round_name: str) -> ResponseReturnValue:
    """Show a round's cases: an interviewer's own, or all."""
    of = cases.find_round(round_name)
    return render_template(
        "interviews/case_list.html",
        round=of,
        cases=cases.cases_in(of, viewer()),
        lines=sampling.table_of(of),
        is_coordinator=is_coordinator(),
    )


@bp.route(f"{ROUND}/new", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def case_new(round_name: str) -> ResponseReturnValue:
    """Add somebody to interview."""
    of = cases.find_round(round_name)
    form = CaseForm(None, _interviewers())
    if form.validate_on_submit():
        try:
            code = cases.add(of, form.facts(""), viewer())
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("%(code)s is added. Keep who it is outside the system.", code=code))
            return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))
    return _form_page(of, form, None)


@bp.get(f"{CASE}/")
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def case_detail(round_name: str, code: str) -> ResponseReturnValue:
    """Show a case: what is known, its consent, and what comes next."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    return render_template(
        "interviews/case_detail.html", round=of, case=case, interview=answering.find(case)
    )


@bp.route(f"{CASE}/change", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def case_change(round_name: str, code: str) -> ResponseReturnValue:
    """Change what is known of a case."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    cases.refuse_erased(case)
    form = CaseForm(case, _interviewers())
    if form.validate_on_submit():
        try:
            cases.change(case, form.facts(case.role), viewer())
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("It is saved."))
            return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))
    return _form_page(of, form, case)


def _interviewers() -> list[str]:
    """Give those to choose from; interviewers' cases are their own."""
    return cases.interviewers() if is_coordinator() else []


def _form_page(of: Round, form: CaseForm, case: InterviewCase | None) -> ResponseReturnValue:
    page = render_template("interviews/case_form.html", round=of, form=form, case=case)
    return page, UNPROCESSABLE if request.method == "POST" else 200

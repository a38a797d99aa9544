"""The list of quotations: what somebody wants to print, and what a coordinator has approved."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions.coding import quoting
from survey_app.actions.coding.quoting import BESIDE, Listed
from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases
from survey_app.audience import Role, for_roles
from survey_app.case_words import fact_word
from survey_app.coding.blueprint import ROUND, account, bp, coders
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.coding import MOST_TEXT
from survey_app.store.models import Round

QUOTATION = f"{ROUND}/quotations/<int:number>"


@bp.get(f"{ROUND}/quotations")
@coders
def quotation_list(round_name: str) -> ResponseReturnValue:
    """Show what is suggested, what is approved, and why something may not leave."""
    return _page(cases.find_round(round_name))


@bp.post(QUOTATION)
@coders
def quotation_change(round_name: str, number: int) -> ResponseReturnValue:
    """Change the wording of a quotation, or take it off the list."""
    of = cases.find_round(round_name)
    if request.form.get("act") == "remove":
        return _done(of, number, lambda: quoting.remove(of, number, account()),
                     gettext("The quotation is removed."))  # fmt: skip
    if request.form.get("act") != "save":
        abort(400)
    return _done(of, number, lambda: quoting.reword(of, number, *_typed(), account()),
                 gettext("The quotation is saved."))  # fmt: skip


@bp.post(f"{QUOTATION}/approve")
@for_roles(Role.COORDINATOR)
def quotation_approve(round_name: str, number: int) -> ResponseReturnValue:
    """Let a quotation leave as it stands in the form."""
    of = cases.find_round(round_name)
    return _done(of, number, lambda: quoting.approve(of, number, *_typed(), account()),
                 gettext("The quotation is approved."))  # fmt: skip


def _typed() -> tuple[str, str]:
    words, beside = request.form.get("words", ""), request.form.get("beside", "")
    return words.replace("\r\n", "\n").strip()[:MOST_TEXT], beside


def _done(of: Round, number: int, act: Callable[[], object], said: str) -> ResponseReturnValue:
    name = of.name
    try:
        act()
    except ActionError as error:
        gaps = {key: gettext(str(value)) for key, value in error.gaps.items()}
        wrong = {number: gettext(error.sentence, **gaps)}
        return _page(cases.find_round(name), wrong), UNPROCESSABLE
    flash(said)
    return redirect(url_for("coding.quotation_list", round_name=name))


def _page(of: Round, wrong: dict[int, str] | None = None) -> str:
    return render_template(
        "coding/quotation_list.html",
        round=of,
        listed=quoting.listed_in(of, account()),
        wrong=wrong or {},
        typed=request.form,
        beside=beside_words(),
    )


def beside_words() -> dict[str, str]:
    """Name what may stand beside a quotation."""
    words = {
        "role": gettext("Whose interview it is"),
        "district": gettext("District"),
        "gender": gettext("Gender"),
        "year_group": gettext("School years"),
    }
    return {name: words[name] for name in BESIDE}


@bp.app_template_filter("fact_beside")
def fact_beside(listed: Listed) -> str:
    """Say what stands beside a quotation."""
    return fact_word(listed.quotation.beside, listed.fact) if listed.fact else ""

"""Double coding: plan it, code units without seeing other codes, compare, and decide what holds."""

from __future__ import annotations

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions.coding import comparing, deciding, doubling, schemes
from survey_app.actions.coding.deciding import Verdict
from survey_app.actions.coding.doubling import Plan
from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases
from survey_app.coding.blueprint import DOUBLE, ROUND, account, bp, coders
from survey_app.coding.forms import DoubleForm, valence_of
from survey_app.errors import sentence_of
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.coding import MOST_TEXT, Valence
from survey_app.store.doubling import UnitKind

AT_A_TIME = 50  # disagreements on one page


@bp.route(f"{ROUND}/double", methods=["GET", "POST"])
@coders
def double_list(round_name: str) -> ResponseReturnValue:
    """Show what is coded twice, and plan another."""
    of = cases.find_round(round_name)
    form = DoubleForm(doubling.second_coders(of))
    if form.validate_on_submit():
        plan = Plan(UnitKind(form.kind.data), form.share.data or 1, form.second.data)
        try:
            doubling.begin(of, plan, account())
        except ActionError as error:
            form.form_errors.append(sentence_of(error))
        else:
            flash(gettext("The units are fixed and drawn."))
            return redirect(url_for("coding.double_list", round_name=round_name))
    page = render_template(
        "coding/double_list.html",
        round=of,
        form=form,
        doubles=[(each, doubling.progress_of(each)) for each in doubling.doubles_in(of)],
        account=account(),
    )
    return page, UNPROCESSABLE if request.method == "POST" else 200


@bp.route(f"{DOUBLE}/units/<int:number>", methods=["GET", "POST"])
@coders
def double_unit(round_name: str, double_id: int, number: int) -> ResponseReturnValue:
    """Code one unit as the second coder, who sees the unit and no other codes."""
    of = cases.find_round(round_name)
    double = doubling.find_own(of, double_id, account())
    units = doubling.units_of(double)
    unit = next((each for each in units if each.place == number), None)
    if unit is None:  # taken away, or past the last
        return redirect(url_for("coding.double_list", round_name=round_name))
    if request.method == "POST":
        codes = [int(each) for each in request.form.getlist("codes") if each.isdecimal()]
        places = [each.place for each in units]
        doubling.give(double, unit.id, codes, _valences(codes))
        following = next((place for place in places if place > number), None)
        if following is None:
            return redirect(url_for("coding.double_list", round_name=round_name))
        return redirect(
            url_for(
                "coding.double_unit",
                round_name=round_name,
                double_id=double_id,
                number=following,
            )
        )
    return render_template(
        "coding/double_unit.html",
        round=of,
        double=double,
        unit=unit,
        units=units,
        heading=doubling.heading_of(of, unit),
        nodes=schemes.tree(schemes.needed_by(of)),
        given=unit.valences(of_second=True),
    )


@bp.post(f"{DOUBLE}/finish")
@coders
def double_finish(round_name: str, double_id: int) -> ResponseReturnValue:
    """Say that the second coder is done."""
    of = cases.find_round(round_name)
    doubling.finish(doubling.find_own(of, double_id, account()))
    flash(gettext("It is finished. Now the two can be compared."))
    return redirect(url_for("coding.double_result", round_name=round_name, double_id=double_id))


@bp.route(f"{DOUBLE}/result", methods=["GET", "POST"])
@coders
def double_result(round_name: str, double_id: int) -> ResponseReturnValue:
    """Show how far the two agree, and decide what holds where they do not."""
    of = cases.find_round(round_name)
    double = doubling.find(of, double_id)
    wrong, number = {}, max(1, request.args.get("page", 1, int))
    if request.method == "POST":
        unit_id, code_id = (request.form.get(name, 0, int) for name in ("unit", "code"))
        try:
            deciding.decide(double, unit_id, code_id, _verdict(), account())
        except ActionError as error:
            wrong = {(unit_id, code_id): sentence_of(error)}
        else:
            flash(gettext("It is decided."))
            address = url_for(
                "coding.double_result", round_name=round_name, double_id=double_id, page=number
            )
            return redirect(f"{address}#unit-{unit_id}-{code_id}")
    differing = comparing.differences(double)
    here = differing[(number - 1) * AT_A_TIME : number * AT_A_TIME]
    page = render_template(
        "coding/double_result.html",
        round=of,
        double=double,
        compared=comparing.compare(double),
        differing=deciding.disagreements(double, here),
        total=len(differing),
        pages=range(1, -(-len(differing) // AT_A_TIME) + 1),
        page=number,
        labels={node.code.name: node.code.label for node in schemes.tree(schemes.needed_by(of))},
        wrong=wrong,
        typed=_verdict() if wrong else None,
    )
    return page, UNPROCESSABLE if wrong else 200


def _valences(codes: Iterable[int]) -> dict[int, Valence]:
    return {code_id: valence_of(request.form.get(f"valence-{code_id}")) for code_id in codes}


def _verdict() -> Verdict:
    form = request.form
    reason = form.get("reason", "").strip()[:MOST_TEXT]
    if "valence" in form:
        return Verdict(True, reason, valence_of(form["valence"]))
    return Verdict(form.get("there") == "1", reason)

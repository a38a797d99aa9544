"""What there is to code: rounds, a round's interviews and questions, and a search in its notes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.actions.coding import schemes, texts
from survey_app.actions.coding.sight import hidden_from
from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases
from survey_app.coding.blueprint import ROUND, account, bp, coders
from survey_app.coding.forms import ChoiceForm, SchemeForm
from survey_app.errors import sentence_of
from survey_app.staff_forms import UNPROCESSABLE


@bp.get("/")
@coders
def round_list() -> ResponseReturnValue:
    """Show the rounds of interviews, and the schemes."""
    return render_template(
        "coding/round_list.html",
        rounds=[(each, schemes.of_round(each)) for each in cases.rounds_of_interviews()],
        schemes=schemes.schemes(),
    )


@bp.get(f"{ROUND}/")
@coders
def case_list(round_name: str) -> ResponseReturnValue:
    """Show a round's interviews that are done, and how far they are coded."""
    of = cases.find_round(round_name)
    return render_template(
        "coding/case_list.html",
        round=of,
        scheme=schemes.of_round(of),
        waiting=texts.waiting_in(of, account()),
        hidden=hidden_from(of, account()),
        questions=texts.questions_of(of),
    )


@bp.route(f"{ROUND}/scheme", methods=["GET", "POST"])
@coders
def scheme_of_round(round_name: str) -> ResponseReturnValue:
    """Choose the scheme that a round is coded by, or begin another one for it."""
    of = cases.find_round(round_name)
    known, chosen = schemes.schemes(), schemes.of_round(of)
    choice, form = ChoiceForm(known, chosen.id if chosen else None), SchemeForm()
    sent = form if "title" in request.form else choice
    if sent.validate_on_submit():
        try:
            is_new = sent is form
            title, chosen_id = form.title.data or "", choice.scheme.data
            scheme_id = schemes.begin(title, account()) if is_new else chosen_id
            schemes.use(of, scheme_id)
        except ActionError as error:
            sent.form_errors.append(sentence_of(error))
        else:
            flash(gettext("The round is coded by this scheme."))
            return redirect(url_for("coding.scheme_detail", scheme_id=scheme_id))
    page = render_template(
        "coding/scheme_of_round.html", round=of, choice=choice, form=form, sent=sent, known=known
    )
    return page, UNPROCESSABLE if request.method == "POST" else 200


@bp.get(f"{ROUND}/search")
@coders
def search(round_name: str) -> ResponseReturnValue:
    """Find words in all notes of a round."""
    of, words = cases.find_round(round_name), request.args.get("q", "")
    hits = texts.search(of, words, account())
    return render_template(
        "coding/search.html", round=of, words=words, hits=hits, most=texts.MOST_HITS
    )

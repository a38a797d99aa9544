"""The desk: notes on one side, codes on the other; an interview, or all answers to a question."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from survey_app.actions.coding import quoting, schemes, segments, texts
from survey_app.actions.coding.segments import Chosen, Given
from survey_app.actions.coding.spans import Span
from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases
from survey_app.coding.blueprint import ROUND, account, bp, coders
from survey_app.coding.forms import valence_of
from survey_app.coding.showing import quote_of, shown
from survey_app.errors import sentence_of
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.coding import MOST_TEXT, Segment
from survey_app.store.interviews import InterviewCase
from survey_app.store.models import Round


@bp.route(f"{ROUND}/cases/<string:code>/", methods=["GET", "POST"])
@coders
def case(round_name: str, code: str) -> ResponseReturnValue:
    """Code one interview."""
    of = cases.find_round(round_name)
    found = texts.find_case(of, code, account())
    wrong = _act(of) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        return redirect(url_for("coding.case", round_name=round_name, code=code))
    page = _desk(of, texts.notes_of(found), wrong, case=found, unsettled=texts.unsettled_in(found))
    return page, UNPROCESSABLE if wrong else 200


@bp.route(f"{ROUND}/questions/<string:question>/", methods=["GET", "POST"])
@coders
def question(round_name: str, question: str) -> ResponseReturnValue:
    """Code all answers to one question, one after the other."""
    of = cases.find_round(round_name)
    heading = texts.questions_of(of).get(question) or abort(404)
    number = max(1, request.args.get("page", 1, int))
    wrong = _act(of) if request.method == "POST" else ""
    if request.method == "POST" and not wrong:
        here = url_for("coding.question", round_name=round_name, question=question, page=number)
        return redirect(here)
    notes, total = texts.answers_to(of, question, account(), number)
    pages = range(1, -(-total // texts.AT_A_TIME) + 1)
    page = _desk(
        of, notes, wrong, heading=heading, question=question, total=total, pages=pages, page=number
    )
    return page, UNPROCESSABLE if wrong else 200


@bp.post(f"{ROUND}/cases/<string:code>/coded")
@coders
def case_coded(round_name: str, code: str) -> ResponseReturnValue:
    """Say that an interview is coded, or that it is not."""
    of = cases.find_round(round_name)
    found: InterviewCase = texts.find_case(of, code, account())
    is_coded = request.form.get("coded") == "1"
    texts.mark(found, account(), is_coded=is_coded)
    if is_coded:
        flash(gettext("%(code)s is coded.", code=code))
    return redirect(url_for("coding.case_list", round_name=round_name))


def _act(of: Round) -> str:
    """Do what was pressed; give what is wrong."""
    form, who = request.form, account()
    try:
        match form.get("act"):
            case "add":
                segments.add(of, _chosen(form), _given(form), who)
            case "change":
                segments.change(of, _number(form, "segment"), _given(form), who)
            case "place":
                segments.place(of, _number(form, "segment"), _chosen(form), who)
            case "keep":
                segments.keep(of, _number(form, "segment"), who)
            case "quote":
                quoting.suggest(of, _number(form, "segment"), who)
            case "remove":
                segments.remove(of, _number(form, "segment"), who)
            case _:
                abort(400)
    except ActionError as error:
        return sentence_of(error)
    return ""


def _given(form: MultiDict[str, str]) -> Given:
    codes = frozenset(int(each) for each in form.getlist("codes") if each.isdecimal())
    valence = valence_of(form.get("valence"))
    return Given(codes, valence, form.get("memo", "").strip()[:MOST_TEXT])


def _chosen(form: MultiDict[str, str]) -> Chosen:
    span = Span(_number(form, "start"), _number(form, "stop"))
    return Chosen(_number(form, "text"), span, form.get("words"))


def _number(form: MultiDict[str, str], name: str) -> int:
    """Read a number that the page's script filled in; -1 where there is none."""
    text = form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _desk(of: Round, notes: Sequence[texts.Note], wrong: str, **more: object) -> str:
    scheme = schemes.of_round(of)
    nodes = schemes.tree(scheme) if scheme else []
    by_id = {node.code.id: node for node in nodes}
    found = more.get("case")
    return render_template(
        "coding/desk.html",
        round=of,
        scheme=scheme,
        nodes=nodes,
        by_id=by_id,
        notes=[shown(note, by_id) for note in notes],
        wrong=wrong,
        quoted=quoting.suggested_in(of),
        is_coded=isinstance(found, InterviewCase) and texts.is_coded(found),
        **more,
    )


@bp.app_template_filter("quote")
def quote(segment: Segment) -> str:
    """Give a passage for a list."""
    return quote_of(segment.words)

"""The transcript of an interview: uploaded or pasted, looked through, kept."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from survey_app.actions.errors import ActionError
from survey_app.actions.interviews import cases, consents, transcripts
from survey_app.actions.interviews.errors import ConsentMissing
from survey_app.audience import Role, for_roles
from survey_app.interviews.blueprint import CASE, bp, viewer
from survey_app.staff_forms import UNPROCESSABLE


@bp.route(f"{CASE}/transcript", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def transcript(round_name: str, code: str) -> ResponseReturnValue:
    """Read a file into the page, or keep what stands there."""
    of = cases.find_round(round_name)
    case = cases.find(of, code, viewer())
    cases.refuse_erased(case)
    if not consents.holds(case):
        raise ConsentMissing
    kept = transcripts.newest(case)
    text, wrong, is_read = kept.text if kept else "", "", False
    if request.method == "POST":
        try:
            text, is_read = _sent()
            if not is_read:
                number = request.form.get("number", 0, int)
                transcripts.keep(case, text, number, current_user.email)
                flash(gettext("The transcript is saved."))
                return redirect(url_for("interviews.case_detail", round_name=round_name, code=code))
        except ActionError as error:
            text = request.form.get("text", "")
            gaps = {name: gettext(str(value)) for name, value in error.gaps.items()}
            wrong = gettext(error.sentence, **gaps)
    page = render_template(
        "interviews/transcript.html",
        round=of,
        case=case,
        text=text,
        number=request.form.get("number") or (kept.number if kept else 0),
        wrong=wrong,
        is_read=is_read,
        suspects=transcripts.suspects_in(text),
    )
    return page, UNPROCESSABLE if wrong else 200


def _sent() -> tuple[str, bool]:
    """Give what a file says, which is looked through first, or what was typed."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return transcripts.read(file.read()), True
    return request.form.get("text", ""), False

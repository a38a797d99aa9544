"""Notes that save themselves: what the guide's script sends while somebody types."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user
from flask_wtf.csrf import generate_csrf

from forms import addresses
from survey_app.actions.errors import ActionError
from survey_app.actions.instruments import instrument_of
from survey_app.actions.interviews import answering, cases, consents
from survey_app.actions.interviews.answering import Sent
from survey_app.actions.interviews.errors import (
    CaseWithdrawn,
    ConsentMissing,
    InterviewChanged,
    InterviewDone,
    NamesSomebody,
)
from survey_app.audience import Role, for_roles
from survey_app.errors import sentence_of
from survey_app.interviews.blueprint import CASE, bp, viewer
from survey_app.staff_forms import UNPROCESSABLE
from survey_app.store.interviews import InterviewCase


@bp.route(f"{CASE}/draft", methods=["GET", "POST"])
@for_roles(Role.INTERVIEWER, Role.COORDINATOR)
def draft(round_name: str, code: str) -> ResponseReturnValue:
    """Say what stands on the server, or take what was typed. For scripts: answers are JSON."""
    case = cases.find(cases.find_round(round_name), code, viewer())
    try:
        cases.refuse_erased(case)
        if not consents.holds(case):
            raise ConsentMissing
        if request.method == "GET":
            return jsonify(_state(case) | {"token": generate_csrf()})
        return _kept(case)
    except InterviewChanged as error:
        return jsonify(_state(case) | _said(error)), error.status
    except ActionError as error:
        return jsonify(_said(error) | {"erased": isinstance(error, CaseWithdrawn)}), error.status


def _kept(case: InterviewCase) -> ResponseReturnValue:
    """Keep a draft. The notes of an interview that is done are corrected by hand alone."""
    kept = answering.find(case)
    if kept is not None and kept.is_done:
        raise InterviewDone
    instrument = instrument_of(case.round.version_id)
    sent = _sent(request.get_json(silent=True))
    asked = instrument.patterns
    typed = {at: t for at, t in sent.typed.items() if addresses.pattern_of(at) in asked}
    certain, likely = answering.named_in(instrument, typed)
    problems = {at: gettext(NamesSomebody.sentence, piece=piece) for at, piece in certain.items()}
    problems = problems or answering.save(case, Sent(sent.revision, typed), current_user.email)
    if problems:
        return jsonify(problems=problems), UNPROCESSABLE
    return jsonify(revision=sent.revision + 1, likely=sorted(likely))


def _sent(body: Any) -> Sent:
    """Read {revision, typed}; what is none of that counts as nothing."""
    body = body if isinstance(body, dict) else {}
    revision, typed = body.get("revision"), body.get("typed")
    texts = typed.items() if isinstance(typed, dict) else ()
    return Sent(
        revision if isinstance(revision, int) else 0,
        {str(at): text for at, text in texts if isinstance(text, str)},
    )


def _state(case: InterviewCase) -> dict[str, Any]:
    kept = answering.find(case)
    return {
        "revision": kept.revision if kept else 0,
        "theirs": dict(kept.answers) if kept else {},
        "by": kept.saved_by if kept else "",
    }


def _said(error: ActionError) -> dict[str, str]:
    return {"sentence": sentence_of(error)}

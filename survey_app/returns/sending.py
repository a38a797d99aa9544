"""Read what a page sends, as a form or by its script, and say what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_time
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from forms import addresses
from forms.instrument import Instrument
from survey_app.actions.errors import ActionError
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns.naming import WHY, ReturnNamesSomebody
from survey_app.actions.returns.reporting import Reported
from survey_app.actions.returns.saving import Action, ReturnChanged, Sent
from survey_app.actions.returns.valuing import in_words
from survey_app.collect.changing import (
    after_buttons,
    typed_in,
)
from survey_app.errors import sentence_of
from survey_app.returns.words import state_word

REVISION, DO, SAME, REASON, CANNOT = "_revision", "_do", "_same", "_reason", "_cannot"
CONFLICT = 409


def sent_by_form(
    form: MultiDict[str, str], instrument: Instrument, before: Mapping[str, str]
) -> Sent:
    """Read a posted form; the buttons beside the fields make it a draft with something changed.

    Args:
        before: Last time's values, for the buttons that say "unchanged".
    """
    form = after_buttons(instrument, form)
    typed = typed_in(instrument, form)
    if (same := form.get(SAME, "")) in before:
        typed[same] = before[same]
    confirmed = {name[len(WHY) :]: form[name] for name in form if name.startswith(WHY)}
    revision, action = form.get(REVISION, ""), _action(form.get(DO, Action.SAVE))
    return Sent(
        revision=int(revision) if revision.isdecimal() else 0,
        typed=typed,
        confirmed={address: why.strip() for address, why in confirmed.items()},
        action=action,
        reason=form.get(CANNOT if action is Action.CANNOT else REASON, ""),
    )


def sent_by_script(body: Any) -> Sent:
    """Read what the page's script sends.

    Raises:
        BadRequest: It has another shape.
    """
    if not isinstance(body, dict):
        raise BadRequest
    revision, reason = body.get("revision"), body.get("reason", "")
    if not (isinstance(revision, int) and isinstance(reason, str)):
        raise BadRequest
    typed, confirmed = _texts(body.get("typed")), _texts(body.get("confirmed", {}))
    return Sent(revision, typed, confirmed, _action(body.get("action")), reason)


def told_to_script(reported: Reported) -> dict[str, Any]:
    """Say what was kept."""
    kept, named = reported.kept, reported.named
    return {
        "state": kept.state.value,
        "state_word": state_word(kept.state),
        "revision": kept.revision,
        "at": format_time(format="short"),
        "problems": {**kept.problems, **named.certain},
        "refused": dict(named.certain),
        "warnings": dict(named.likely),
        "doubts": dict(kept.doubts),
    }


def trouble_for_script(error: ActionError, instrument: Instrument, language: str) -> dict[str, Any]:
    """Say why nothing was kept, and what somebody else wrote in the meantime."""
    told: dict[str, Any] = {"sentence": sentence_of(error)}
    if isinstance(error, ReturnNamesSomebody):
        told["refused"] = dict(error.named.certain)
    if isinstance(error, ReturnChanged):
        default = instrument.default_language
        told["by"] = error.kept.saved_by
        told["revision"] = error.kept.revision
        told["state"] = error.kept.state
        told["state_word"] = state_word(ReturnState(error.kept.state))
        told["theirs"] = {
            at: [value, in_words(question, value, language, default)]
            for at, value in error.kept.answers.items()
            if (question := instrument.questions.get(addresses.question_of(at)))
        }
    return told


def _action(word: object) -> Action:
    try:
        return Action(str(word))
    except ValueError:
        raise BadRequest from None


def _texts(found: object) -> dict[str, str]:
    is_texts = isinstance(found, dict) and all(
        isinstance(name, str) and isinstance(text, str) for name, text in found.items()
    )
    if not isinstance(found, dict) or not is_texts:
        raise BadRequest
    return found

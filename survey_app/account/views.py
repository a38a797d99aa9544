"""Choose the language of the interface."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, session
from flask.typing import ResponseReturnValue

from survey_app.audience import open_to_everyone
from survey_app.languages import SESSION_KEY, STAFF_LANGUAGES

bp = Blueprint("account", __name__)


@bp.post("/language")
@open_to_everyone
def language() -> ResponseReturnValue:
    """Remember the language, and go back to the page that asked."""
    chosen = request.form.get("language", "")
    if chosen not in STAFF_LANGUAGES:
        abort(400)
    session[SESSION_KEY] = chosen
    return redirect(own_address(request.form.get("next", "")))


def own_address(address: str) -> str:
    """Give an address of this server as it is, and "/" for any other."""
    parts = urlsplit(address.replace("\\", "/"))
    is_ours = address.startswith("/") and not parts.scheme and not parts.netloc
    return address if is_ours and address.isprintable() else "/"

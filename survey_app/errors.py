"""A calm page for everything that can go wrong: what happened, and what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_babel import gettext, pgettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DBAPIError,
    InterfaceError,
    OperationalError,
    PendingRollbackError,
    SQLAlchemyError,
)
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from forms.languages import direction
from forms.marking import N_
from survey_app.actions.errors import ActionError, StorageUnavailable
from survey_app.audience import PROGRAMS, is_for_respondents
from survey_app.languages import spoken

log = logging.getLogger(__name__)

RETRY_AFTER = 5  # seconds
REFUSAL = "Survey-Refusal"  # the header that tells the page's script why answers were not taken


@dataclass(frozen=True, slots=True)
class Words:
    """What an error's page says: marked sentences, translated when shown."""

    title: str
    what_to_do: str


PAGES: dict[int, Words] = {
    400: Words(
        N_("That could not be understood"),
        N_("Something was missing or changed on the way. Go back, reload the page and try again."),
    ),
    403: Words(
        N_("This page is not open to you"),
        N_("Your account may not see it. If you need it, ask whoever gave you the account."),
    ),
    404: Words(
        N_("There is no such page"),
        N_("The address may be misspelt, or the page may have been removed."),
    ),
    405: Words(
        N_("That cannot be done at this address"),
        N_("Go back to the page you came from, and use its own buttons."),
    ),
    409: Words(
        N_("That does not fit with what is there"),
        N_("Go back, reload the page to see how things are now, and try again."),
    ),
    410: Words(
        N_("This is not open"),
        N_("It may not have started yet, or it may be over."),
    ),
    413: Words(
        N_("That is too large"),
        N_("Send a smaller file."),
    ),
    422: Words(
        N_("Something needs a change"),
        N_("Go back, look through what you filled in, and send again."),
    ),
    429: Words(
        N_("Too many attempts"),
        N_("Wait a minute, then try again."),
    ),
    500: Words(
        N_("Something went wrong on our side"),
        N_("Nothing you did was wrong. Wait a moment and try again."),
    ),
    503: Words(
        N_("The server cannot answer just now"),
        N_("Wait a moment, then send again. What you wrote is still on the page you came from."),
    ),
}
PAGES[422] = PAGES[400]  # only scripts send what ends so; people get their form back


def init_app(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(ActionError, _action_error)
    app.register_error_handler(HTTPException, _http_error)
    for kind in (DBAPIError, PendingRollbackError):
        app.register_error_handler(kind, _database_error)
    app.register_error_handler(Exception, _unexpected)


def page_of(status: int, sentence: str | None = None) -> Response:
    """Make the page of an error.

    Args:
        status: The HTTP status; one without words of its own gets those of its hundred.
        sentence: What happened, translated; by default what to do about that status.
    """
    words = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    if request.path.startswith(PROGRAMS):
        return told_to_programs(status, sentence or gettext(words.what_to_do))
    is_enkat = is_for_respondents(request.path)
    body = render_template(
        "errors/respondent.html" if is_enkat else "errors/staff.html",
        heading=gettext(words.title),
        title=pgettext("for respondents", "Questionnaire"),
        sentence=sentence or gettext(words.what_to_do),
        status=status,
        reader=_reader(),
    )
    return _uncached(make_response(body, status))


def told_to_programs(status: int, sentence: str) -> Response:
    """Say what is wrong as OData 4 does: a program can read no page."""
    code = HTTP_STATUS_CODES[status].lower().replace(" ", "_")
    response = make_response(jsonify({"error": {"code": code, "message": sentence}}), status)
    response.headers["OData-Version"] = "4.0"
    return _uncached(response)


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == StorageUnavailable.status:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _action_error(error: ActionError) -> Response:
    """Tell staff what the error says; respondents what it says to them, or what its status does."""
    sentence = error.to_respondents if is_for_respondents(request.path) else error.sentence
    response = page_of(error.status, gettext(sentence, **error.gaps) if sentence else None)
    tell_scripts(response, error)
    return response


def sentence_of(error: ActionError) -> str:
    """Say what went wrong to staff, in the reader's language."""
    return gettext(error.sentence, **error.gaps)


def tell_scripts(response: Response, error: ActionError) -> None:
    """Tell a page's script in headers why answers were not taken, and when to try again."""
    if error.refusal:
        response.headers[REFUSAL] = error.refusal
    if error.retry_after:
        response.headers["Retry-After"] = str(error.retry_after)


def _http_error(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error  # a redirection
    if isinstance(error, CSRFError):
        return page_of(
            400, gettext("The form lay open too long. Go back, reload it and send again.")
        )
    response = page_of(error.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _database_error(error: SQLAlchemyError) -> Response:
    """Tell the log what the database lacks (room, leave to write); its words hold no answers."""
    if isinstance(error, DBAPIError) and not _is_out_of_reach(error):
        return _unexpected(error)
    lacking = getattr(error, "orig", None) or type(error).__name__
    log.error("The database does not answer: %s", str(lacking).partition("\n")[0])
    _forget_the_reader()
    return page_of(StorageUnavailable.status)


def _is_out_of_reach(error: DBAPIError) -> bool:
    """Tell whether it is the database that fails, and not what we asked of it."""
    kinds = (OperationalError, InterfaceError)
    return isinstance(error, kinds) or error.connection_invalidated


def _forget_the_reader() -> None:
    """Show the page as to somebody unknown: who it is, and what they may do, is in the database."""
    manager = current_app.login_manager  # type: ignore[attr-defined]  # Flask-Login's
    g._login_user = manager.anonymous_user()


def _unexpected(error: Exception) -> Response:
    """Log the kind and the place of an error, never what a respondent said."""
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    if is_for_respondents(request.path):
        log.error("%s on a respondent's page (%s)", type(error).__name__, request.endpoint)
    else:
        log.error("%s at %s", type(error).__name__, request.path, exc_info=error)
    return page_of(500)


def _reader() -> dict[str, str]:
    """Give what the respondent's layout asks of its reader."""
    tag = spoken()
    return {"language": tag, "direction": direction(tag), "words": "", "title_words": ""}

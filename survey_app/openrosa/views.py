"""The addresses of OpenRosa 1.0, below `/openrosa/` and below `/openrosa/token/<token>/`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException

from survey_app.actions import submissions, xforms
from survey_app.actions.errors import ActionError
from survey_app.actions.submission_errors import SubmissionUnreadable
from survey_app.actions.xforms import Offer
from survey_app.audience import DEVICES, Role, for_roles
from survey_app.errors import PAGES, sentence_of
from survey_app.openrosa.documents import XML, form_list, manifest, response_with
from survey_app.openrosa.identity import DeviceDoor, modes_of, owner
from survey_app.security import LARGEST_UPLOAD

log = logging.getLogger(__name__)
bp = Blueprint("openrosa", __name__)

XML_PART = "xml_submission_file"
INCOMPLETE_PART = "*isIncomplete*"
DOOR = DeviceDoor()
CREATED, ACCEPTED, NO_CONTENT = 201, 202, 204

collectors = for_roles(Role.INTERVIEWER, Role.TEAM_MEMBER, door=DOOR)


def address(rule: str, **options: Any) -> Callable[[Any], Any]:
    """Serve a view below both addresses, to those who collect."""

    def add(view: Any) -> Any:
        view = collectors(view)
        for prefix in (DEVICES, f"{DEVICES}token/<string:token>/"):
            bp.add_url_rule(prefix + rule, view_func=view, **options)
        return view

    return add


@address("formList")
def forms(token: str | None = None) -> ResponseReturnValue:
    """List the open rounds that the device's owner collects."""
    wanted = request.args.get("formID")
    offers = xforms.offered(modes_of(owner()))
    return form_list(
        _listed(offer, token) for offer in offers if wanted in (None, "", offer.form_id)
    )


@address("forms/<string:name>/form.xml")
def form(name: str, token: str | None = None) -> ResponseReturnValue:  # noqa: ARG001 - the address's
    """Give one form."""
    return Response(xforms.find(name, modes_of(owner())).xml, content_type=XML)


@address("forms/<string:name>/manifest.xml")
def files(name: str, token: str | None = None) -> ResponseReturnValue:
    """List the pictures and tables of a form."""
    offer = xforms.find(name, modes_of(owner()))
    return manifest(
        {
            "filename": file_name,
            "hash": xforms.hash_of(content),
            "downloadUrl": _absolute("picture", token, name=name, file_name=file_name),
        }
        for file_name, (_, content) in xforms.files_of(offer).items()
    )


@address("forms/<string:name>/media/<string:file_name>")
def picture(name: str, file_name: str, token: str | None = None) -> ResponseReturnValue:  # noqa: ARG001
    """Give one picture or table of a form."""
    offer = xforms.find(name, modes_of(owner()))
    media_type, content = xforms.files_of(offer).get(file_name) or abort(404)
    return Response(content, content_type=media_type)


@address("submission", methods=["HEAD", "POST"])
def submission(token: str | None = None) -> ResponseReturnValue:
    """Say how much may be sent at once, or take what is sent."""
    here = _absolute("submission", token)
    if request.method == "HEAD":
        return Response(status=NO_CONTENT, headers={"Location": here})
    received = submissions.receive(_sent_xml(), _sent_files(), owner(), modes_of(owner()))
    response = _thanks(received.missing)
    response.headers["Location"] = here
    return response


@bp.after_request
def add_headers(response: Response) -> Response:
    """Add what OpenRosa asks of every response; nothing here is for a cache."""
    response.headers["X-OpenRosa-Version"] = "1.0"
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(LARGEST_UPLOAD)
    response.headers["Cache-Control"] = "no-store"
    response.date = datetime.now(UTC)
    return response


@bp.errorhandler(ActionError)
def action_error(error: ActionError) -> Response:
    """Say what went wrong in words; the device keeps what it sent."""
    return response_with(sentence_of(error), error.status)


@bp.errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response | HTTPException:
    """Say the same as the error's page would."""
    if error.code is None or error.code < 400:
        return error
    words = PAGES.get(error.code) or PAGES[500 if error.code >= 500 else 400]
    return response_with(f"{gettext(words.title)}. {gettext(words.what_to_do)}", error.code)


@bp.errorhandler(Exception)
def unexpected(error: Exception) -> Response:
    """Log the kind and the place of an error; the address may hold a secret."""
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    log.error("%s at %s", type(error).__name__, request.endpoint, exc_info=error)
    return response_with(gettext(PAGES[500].title), 500)


def _listed(offer: Offer, token: str | None) -> dict[str, str]:
    return {
        "formID": offer.form_id,
        "name": offer.title,
        "version": offer.version,
        "hash": offer.hash,
        "downloadUrl": _absolute("form", token, name=offer.form_id),
        "manifestUrl": _absolute("files", token, name=offer.form_id),
    }


def _absolute(view: str, token: str | None, **gaps: Any) -> str:
    if token is not None:
        gaps["token"] = token
    path = url_for(f"openrosa.{view}", **gaps)
    return str(current_app.config["SETTINGS"].address or request.host_url.rstrip("/")) + path


def _sent_xml() -> bytes:
    part = request.files.get(XML_PART)
    if part is None:
        raise SubmissionUnreadable(reason=gettext("It came without its answers."))
    return _content(part)


def _sent_files() -> dict[str, bytes]:
    """Give the other files by name; a device names the part as the file."""
    parts = ((name, part) for name, part in request.files.items() if name != XML_PART)
    return {part.filename or name: _content(part) for name, part in parts}


def _content(part: FileStorage) -> bytes:
    """Read a part, and close the file on disk that a large one lies in."""
    with part.stream as stream:
        return bytes(stream.read())


def _thanks(missing: tuple[str, ...]) -> Response:
    if not missing:
        return response_with(gettext("The form is stored."), CREATED)
    if request.form.get(INCOMPLETE_PART) == "yes":
        return response_with(gettext("The answers are stored. The files follow."), CREATED)
    sentence = gettext(
        "The answers are stored, but these files did not come: %(names)s",
        names=", ".join(missing),
    )
    return response_with(sentence, ACCEPTED)

"""Take what was posted: read it, check it, and have the mode keep it."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar
from uuid import UUID

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from forms.marking import N_
from forms.pages import RESPONSE_ID, FilledPages, fill
from forms.posted import answers_in
from survey_app.actions import responses
from survey_app.actions.calendar import today
from survey_app.actions.code_errors import TooManyWrongCodes
from survey_app.actions.errors import ActionError
from survey_app.collect.entry import CODE_ERRORS, Entry, names_of, posted_entry
from survey_app.collect.modes import ModePolicy
from survey_app.collect.visits import Visit

BAD_REQUEST, UNPROCESSABLE = 400, 422


class ResponseIdInvalid(ActionError):
    """What should recognise a repeated sending is no UUID."""

    sentence: ClassVar[str] = N_(
        "The answers came in a form that the page does not send. Open the questionnaire from its "
        "address again, and answer there."
    )
    to_respondents = sentence


def show(visit: Visit) -> FilledPages:
    """Lay out the empty questionnaire."""
    return fill(visit.instrument, visit.language, None, gettext=gettext, today=today())


def take(
    visit: Visit, policy: ModePolicy, posted: MultiDict[str, str], entry: Entry | None = None
) -> FilledPages:
    """Read what was posted, and keep it when nothing has to be mended.

    Args:
        visit: Who sends to what.
        policy: What the mode may do.
        posted: The form.
        entry: The field of the entry code, when there is a page to say what is wrong with it.

    Returns:
        The answers that were kept, or else the pages with what was typed, without `answers`.

    Raises:
        ResponseIdInvalid: The id of the sending is no UUID.
        ActionError: The mode does not take answers now; or, without a field to say it at, the
            entry code lets nothing in.
    """
    policy.refuse_unless_open(visit)
    response_id = read_response_id(posted)
    field = entry or posted_entry(visit, posted)
    others = names_of(field)
    answers = answers_in(visit.instrument, posted, today=today(), others=others)
    filled = _filled(visit, posted, others) if answers is None else FilledPages((), answers)
    if field is None:
        _keep(visit, policy, filled, response_id)
        return filled
    field.check()
    try:
        if field.error is None:
            _keep(visit, policy, filled, response_id, field.code)
    except CODE_ERRORS as error:
        field.error = error
    if entry is None and field.error is not None:
        raise field.error
    if field.error is not None and answers is not None:
        filled = _filled(visit, posted, others)  # now there is something to show
    field.complain(filled)
    return filled


def _filled(visit: Visit, posted: MultiDict[str, str], others: Collection[str]) -> FilledPages:
    """Lay out the pages with what was posted."""
    return fill(
        visit.instrument, visit.language, posted, gettext=gettext, today=today(), others=others
    )


def _keep(
    visit: Visit,
    policy: ModePolicy,
    filled: FilledPages,
    response_id: UUID | None,
    code: str | None = None,
) -> None:
    if filled.answers is not None:
        policy.keep(visit, filled.answers, response_id, code)


def is_kept(visit: Visit, posted: MultiDict[str, str]) -> bool:
    """Tell whether what is sent has been stored before: then nothing is lost."""
    response_id = read_response_id(posted)
    return response_id is not None and responses.is_kept(visit.round.id, response_id)


def read_response_id(posted: MultiDict[str, str]) -> UUID | None:
    """Read the client's id of the sending; None when its page made none.

    Raises:
        ResponseIdInvalid: There are several, or it is no UUID in its usual form.
    """
    given = posted.getlist(RESPONSE_ID)
    if not given:
        return None
    try:
        (text,) = given
        found = UUID(text)
    except ValueError as error:
        raise ResponseIdInvalid from error
    if str(found) != text.lower():
        raise ResponseIdInvalid
    return found


def status_of(filled: FilledPages, entry: Entry | None = None) -> int:
    """Give the HTTP status of pages that were not kept."""
    if entry and isinstance(entry.error, TooManyWrongCodes):
        return TooManyWrongCodes.status
    return BAD_REQUEST if filled.unknown else UNPROCESSABLE

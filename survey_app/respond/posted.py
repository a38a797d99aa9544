"""Read a posted form within our limits, and so that broken characters are noticed."""

from __future__ import annotations

from itertools import chain
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

LARGEST_POST = 4 * 1024 * 1024  # bytes: a whole questionnaire of long texts, with room
MOST_FIELDS = 5_000
URL_ENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


def posted_form(request: Request) -> MultiDict[str, str]:
    """Read the fields; bytes that are no UTF-8 become U+FFFD, for the questions to refuse.

    Raises:
        BadRequest: It is torn, so that answers may be missing.
        UnsupportedMediaType: It is no form, or has files.
        RequestEntityTooLarge: It is larger than any questionnaire.
    """
    request.max_content_length = LARGEST_POST
    request.max_form_memory_size = LARGEST_POST
    if request.mimetype == URL_ENCODED:
        return url_encoded(request.get_data(cache=False))
    if request.mimetype != MULTIPART:
        raise UnsupportedMediaType
    return _multipart(request)


def _multipart(request: Request) -> MultiDict[str, str]:
    """Read all of it or nothing: Werkzeug would take a torn form for an empty one."""
    parser = request.make_form_data_parser()
    parser.silent = False
    try:
        _, fields, files = parser.parse(
            request.stream, MULTIPART, request.content_length, request.mimetype_params
        )
    except ValueError as error:
        raise BadRequest from error
    for file in chain.from_iterable(files.listvalues()):
        file.close()
    if files:
        raise UnsupportedMediaType
    return fields


def url_encoded(body: bytes) -> MultiDict[str, str]:
    """Decode as browsers encode; Werkzeug would keep broken bytes as text like `%E9`.

    Raises:
        RequestEntityTooLarge: It has more fields than any questionnaire.
    """
    text = body.decode(errors="replace")
    try:
        return MultiDict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError as error:
        raise RequestEntityTooLarge from error

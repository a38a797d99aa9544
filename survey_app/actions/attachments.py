"""Which files may come with a submission, and what is kept of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.photos import PhotoBroken, cleaned
from survey_app.actions.submission_errors import AttachmentRefused

LARGEST_ATTACHMENT = 8 * 2**20  # bytes
PDF = "application/pdf"
_NAME = re.compile(r"[\w][\w. ()-]{0,99}")


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is stored; a picture has lost its metadata."""

    name: str
    media_type: str
    content: bytes


def accepted(name: str, content: bytes, is_picture: bool) -> File:
    """Judge a file by its bytes, whatever its name says.

    Args:
        name: As the answer names it.
        content: As it came.
        is_picture: The question asks for a picture; others take a PDF too.

    Raises:
        AttachmentRefused: It is of another kind, broken, empty or too large.
    """
    if len(content) <= LARGEST_ATTACHMENT and _NAME.fullmatch(name):
        if content.startswith(b"%PDF-") and not is_picture:
            return File(name, PDF, content)
        try:
            return File(name, *cleaned(content))
        except PhotoBroken:
            pass
    raise AttachmentRefused(name=name[:100], limit=LARGEST_ATTACHMENT // 2**20)

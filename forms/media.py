"""Pictures that come with a questionnaire: which files are accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.picture_size import Size, size_of
from forms.problems import ProblemCode, Problems

LARGEST_PICTURE = 500_000  # bytes; a page with pictures is still quick on bad Wi-Fi
MOST_PICTURES = 200

_NAME = re.compile(r"[\w][\w. -]{0,99}")
# SVG is left out on purpose: it can carry script and addresses of other servers.
_BEGINNINGS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture file: its name as the author calls it, its media type, its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def size(self) -> Size | None:
        """Give width and height in pixels; None when the file does not say them."""
        return size_of(self.content, self.media_type)


def media_type_of(content: bytes) -> str | None:
    """Tell a picture's type by how its bytes begin, whatever its name says."""
    return next((kind for kind, start in _BEGINNINGS.items() if start.match(content)), None)


def picture_of(name: str, content: bytes, problems: Problems) -> Picture | None:
    """Accept a file as a picture, or report in `problems` why not."""
    media_type = media_type_of(content)
    if media_type is None or not _NAME.fullmatch(name) or len(content) > LARGEST_PICTURE:
        limit = LARGEST_PICTURE // 1000
        problems.add(ProblemCode.PICTURE_REFUSED, name=name, limit=limit)
        return None
    return Picture(name, media_type, content)

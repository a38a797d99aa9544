"""Pictures that a row shows: their files must have come along."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from forms.languages import Texts
from forms.problems import ProblemCode


def picture_mistakes(pictures: Texts, media: Collection[str]) -> Iterator[tuple[str, ProblemCode]]:
    """Give the names in a picture cell that cannot be shown, each with what is wrong with it."""
    for name in sorted(set(pictures.values())):
        if "/" in name or "\\" in name:
            yield name, ProblemCode.IMAGE_ADDRESS
        elif name not in media:
            yield name, ProblemCode.IMAGE_MISSING

"""Which texts of a questionnaire's page stand in another language than the page around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from forms.languages import direction
from survey_app.languages import spoken


@dataclass(frozen=True, slots=True)
class Reader:
    """What the questions' templates ask about languages and pictures (staff see none).

    Attributes:
        words, own: The attributes that mark the interface's words and the questionnaire's own;
            empty where both are in one language.
    """

    language: str
    words: Markup
    own: Markup
    pictures: Mapping[str, object] = field(default_factory=dict)


def staff_reader(language: str) -> Reader:
    """Tell how a questionnaire in a language stands on a page of staff."""
    if language == spoken():
        return Reader(language, Markup(), Markup())
    return Reader(language, _marked(spoken()), _marked(language))


def _marked(tag: str) -> Markup:
    return Markup(' lang="{}" dir="{}"').format(tag, direction(tag))

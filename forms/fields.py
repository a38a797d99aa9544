"""A question on a page: what it says to its reader, and what was typed into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup
from wtforms import Field

from forms import addresses, markup
from forms.instrument import Choice, QuestionType
from forms.languages import Texts, text_in
from forms.layout import Asked
from forms.types import BadValue, read_value

Gettext = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Which language a page is read in, and how the interface speaks it."""

    language: str
    default_language: str
    gettext: Gettext

    def text(self, texts: Texts) -> tuple[str, str | None]:
        """Choose a text; the tag comes along when it is not the page's own language."""
        text, tag = text_in(texts, self.language, self.default_language)
        return text, (tag if tag != self.language else None)


@dataclass(frozen=True, slots=True)
class Option:
    """One alternative as it is shown."""

    code: str
    label_html: Markup
    language: str | None
    image: str
    is_missing: bool
    is_checked: bool
    is_offered: bool = True


class QuestionField(Field):
    """A question on a page; notes are fields too, without anything to fill in."""

    text: str = ""

    def __init__(self, asked: Asked, reading: Reading, **kwargs: Any) -> None:
        """Bind the question, where it stands, for a reader."""
        super().__init__(label="", id=id_of(asked.address), **kwargs)
        self.question = asked.question
        self.reading = reading
        self.data = ""
        self.bad_value: BadValue | None = None
        self.offered: frozenset[str] | None = None
        self.answer_to: Callable[[str], str] | None = None

    def process(self, formdata: Any, *_: Any, **__: Any) -> None:
        """Take what was posted; without a post, the question's default."""
        if formdata is None or f"[{addresses.NEW}]" in self.name:
            self.text = self.data = self.question.default
        elif self.name in formdata and self.is_open:
            self.process_formdata(formdata.getlist(self.name))

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep what was typed as `text`, and the instance text it means as `data`."""
        several = self.question.type.holds_several
        self.text = " ".join(valuelist) if several else "".join(valuelist[:1])
        try:
            self.data = read_value(self.question, self.text)
        except BadValue as error:
            self.bad_value = error

    @property
    def is_open(self) -> bool:
        """Tell whether a reader can fill it in."""
        return self.question.type.is_input and not self.question.is_read_only

    @property
    def kind(self) -> str:
        """Name the template that shows it."""
        return self.question.type.value

    @cached_property
    def label_text(self) -> str:
        """Give the label as plain text, for error summaries and titles."""
        return self.label_html.striptags()

    @cached_property
    def label_html(self) -> Markup:
        """Give the label as safe HTML."""
        text, _ = self.reading.text(self.question.label)
        is_note = self.question.type is QuestionType.NOTE
        return self._filled(markup.block_html(text) if is_note else markup.inline_html(text))

    def _filled(self, html: Markup) -> Markup:
        return markup.with_gaps_filled(html, self.answer_to) if self.answer_to else html

    @property
    def label_language(self) -> str | None:
        """Give the label's language when it is not the page's."""
        return self.reading.text(self.question.label)[1]

    @property
    def hint_html(self) -> Markup:
        """Give the hint as safe HTML; "" when there is none."""
        return self._filled(markup.inline_html(self.reading.text(self.question.hint)[0]))

    @property
    def hint_language(self) -> str | None:
        """Give the hint's language when it is not the page's."""
        return self.reading.text(self.question.hint)[1]

    @property
    def image(self) -> str:
        """Give the file name of the question's picture; "" when there is none."""
        return self.reading.text(self.question.image)[0]

    @property
    def options(self) -> tuple[Option, ...]:
        """Give the alternatives, with those that are offered and those that were chosen."""
        chosen = set(self.text.split())
        return tuple(self._option(choice, chosen) for choice in self.question.choices)

    @property
    def is_required_always(self) -> bool:
        """Tell whether every respondent has to answer."""
        required = self.question.required
        return required is not None and required.text.strip() == "true()"

    def _option(self, choice: Choice, chosen: set[str]) -> Option:
        text, language = self.reading.text(choice.label)
        image, _ = self.reading.text(choice.image)
        return Option(
            code=choice.name,
            label_html=markup.inline_html(text),
            language=language,
            image=image,
            is_missing=choice.is_missing,
            is_checked=choice.name in chosen,
            is_offered=self.offered is None or choice.name in self.offered,
        )


def id_of(address: str) -> str:
    """Give the HTML id of a field: `q-child:2:/name` for `child[2]/name`."""
    return _id("q", address)


def repeat_id_of(address: str) -> str:
    """Give the HTML id of a repeat's heading: `r-child:2:/toy` for `child[2]/toy`."""
    return _id("r", address)


def instance_id_of(address: str) -> str:
    """Give the HTML id of the heading of one instance: `i-child:2:`."""
    return _id("i", address)


def _id(kind: str, address: str) -> str:
    return f"{kind}-" + address.replace("[", ":").replace("]", ":")

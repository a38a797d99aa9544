"""Cards with entry codes, to be printed, cut and drawn from a pile: shown once, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno
from flask import render_template
from flask_babel import force_locale
from markupsafe import Markup

from forms.languages import text_in
from survey_app.actions.code_spelling import grouped
from survey_app.audience import RESPONDENTS
from survey_app.languages import DEFAULT
from survey_app.static_files import FOLDER
from survey_app.store.models import Round

ON_A_SHEET = 10
STYLES = FOLDER / "css" / "cards.css"


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the code as it is typed, and as a camera reads it."""

    code: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class Cards:
    """What is printed for one round and district.

    Attributes:
        title: The questionnaire's, in Swedish.
        address: Where it is answered, with http:// or https://.
        district: Whom the cards are for; "" for anybody. It stands beside the cards, not on them.
        sheets: The cards in the order they are printed.
    """

    title: str
    address: str
    district: str
    sheets: Sequence[Sequence[Card]]

    @property
    def count(self) -> int:
        """Tell how many cards there are."""
        return sum(map(len, self.sheets))

    @property
    def host(self) -> str:
        """Give the address's first part, as people type it."""
        return urlsplit(self.address).netloc

    @property
    def path(self) -> str:
        """Give the address's second part."""
        return urlsplit(self.address).path


def cards_of(of: Round, codes: Sequence[str], district: str | None, server: str) -> Cards:
    """Lay out cards.

    Args:
        of: The round that the codes are for.
        codes: As they were drawn.
        district: Whom they are for.
        server: Where the tablets reach it, such as https://survey.example.
    """
    address = server + RESPONDENTS + of.name
    title, _ = text_in(of.version.title, DEFAULT, DEFAULT)
    cards = tuple(_cards(codes, address))
    starts = range(0, len(cards), ON_A_SHEET)
    sheets = [cards[start : start + ON_A_SHEET] for start in starts]
    return Cards(title or of.version.name, address, district or "", sheets)


def sheets_html(cards: Cards) -> Markup:
    """Write the sheets, in Swedish: pupils get them, whatever their coordinator reads."""
    with force_locale(DEFAULT):
        return Markup(render_template("cards/sheets.html", cards=cards))  # noqa: S704 - a template


def file_of(cards: Cards) -> str:
    """Write the cards as a page that needs no other file."""
    with force_locale(DEFAULT):
        styles = Markup(STYLES.read_text(encoding="utf-8"))  # noqa: S704 - a file of ours
        sheets = sheets_html(cards)
        return render_template("cards/file.html", cards=cards, sheets=sheets, styles=styles)


def _cards(codes: Sequence[str], address: str) -> Iterator[Card]:
    for code in codes:
        # After the # sign no browser sends it: the code reaches no server, proxy or log this way.
        square = segno.make(f"{address}#code={code}", micro=False, error="m")
        drawn = square.svg_inline(omitsize=True, svgclass="square", lineclass=None)
        yield Card(grouped(code), Markup(drawn))  # noqa: S704 - lines and figures only

"""Which language the interface speaks: respondents have it in the address, staff in the session."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from flask import Flask, g, has_request_context, request, session
from flask_babel import Babel, get_locale, lazy_gettext

from exports.results.printing import number_text
from forms.instrument import Instrument
from forms.languages import direction, folder_of, name_of, tag_of_folder
from survey_app.audience import DEVICES, is_for_respondents

DEFAULT = "sv"
# Each language of the interface for staff, with the locale that writes its dates.
STAFF_LANGUAGES = {"sv": "sv", "en": "en_GB"}
DOMAINS = ("messages", "respond")  # the words of staff, and those that pupils can meet
SESSION_KEY = "language"

babel = Babel()


def choose() -> str:
    """Choose the locale of this request.

    A view that shows a questionnaire sets `g.language` (a round's default language has no place in
    its address, and a draft may not be shown to pupils) and calls `flask_babel.refresh()`.
    """
    if not has_request_context():
        return DEFAULT
    if "language" in g:
        return locale_of(g.language)
    if is_for_respondents(request.path):
        return DEFAULT
    if request.path.startswith(DEVICES):
        wished = request.accept_languages.best_match(STAFF_LANGUAGES, DEFAULT)
        return STAFF_LANGUAGES[wished or DEFAULT]
    return STAFF_LANGUAGES.get(session.get(SESSION_KEY, ""), DEFAULT)


def locale_of(tag: str) -> str:
    """Give the CLDR locale of a BCP 47 tag, or of its language; Swedish when there is none."""
    for candidate in (tag, tag.split("-")[0]):
        try:
            return str(Locale.parse(folder_of(candidate)))
        except (UnknownLocaleError, ValueError):
            continue
    return DEFAULT


def _l(sentence: str) -> str:
    """Mark a sentence that is translated when it is shown; WTForms takes it as a text."""
    return lazy_gettext(sentence)


def init_app(app: Flask, translations: str) -> None:
    """Set up gettext; templates get `page_language`, `page_direction` and `other_languages`."""
    # One folder for each domain, as Flask-Babel wants it.
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([translations] * len(DOMAINS))
    app.config["BABEL_DOMAIN"] = ";".join(DOMAINS)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Stockholm"
    babel.init_app(app, locale_selector=choose)
    app.context_processor(_words)
    app.add_template_filter(_decimal, "decimalformat")


def _decimal(number: float, pattern: str) -> str:
    return number_text(number + 0, str(get_locale() or DEFAULT), pattern)  # no minus before 0


def spoken() -> str:
    """Give the tag of the language that this request speaks, without its country."""
    locale = get_locale()
    return tag_of_folder(str(locale)).removesuffix("-GB") if locale else DEFAULT


def spoken_in(instrument: Instrument) -> str:
    """Give the language in which staff read a questionnaire: their own, else its default."""
    own = spoken()
    return own if own in instrument.languages else instrument.default_language


def _words() -> dict[str, object]:
    tag = spoken()
    return {
        "page_language": tag,
        "page_direction": direction(tag),
        "other_languages": [(each, name_of(each)) for each in STAFF_LANGUAGES if each != tag],
    }

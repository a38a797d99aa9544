"""Languages of an instrument: `label::Svenska (sv)` names the language and its BCP 47 tag."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

# Text in several languages: BCP 47 tag -> text. A language that lacks it has no entry.
Texts = Mapping[str, str]

SOURCE_LANGUAGE = "sv"
EASY_SWEDISH = "sv-simple"  # "simple" is a registered variant: valid in HTML and in XLSForm
# The languages that pupils read, and the built-in instruments are written in: the source first.
# Persian and Dari have one text.
PUPILS_LANGUAGES = (
    SOURCE_LANGUAGE, EASY_SWEDISH, "en", "ar", "so", "tr", "fa", "ckb", "ti", "es", "pl", "fi",
)  # fmt: skip
# Those that teams and interviewers read: the other built-in instruments have these alone.
STAFFS_LANGUAGES = (SOURCE_LANGUAGE, "en")
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "prs", "ps", "ug", "ur", "yi"})

# Names by which readers know their language better than by CLDR's.
_OWN_NAMES: Mapping[str, str] = MappingProxyType(
    {EASY_SWEDISH: "Lättläst svenska", "fa": "فارسی / دری", "ckb": "کوردی (سۆرانی)"}
)
_NAMED = re.compile(r"^(?P<name>.*?)\s*\((?P<tag>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\)$")
_TAG = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


def tag_of(language: str) -> str | None:
    """Read the tag from "Svenska (sv)", from a bare tag, or from an English name.

    Returns:
        The tag with `-` between its parts, or None when the language cannot be told.
    """
    if named := _NAMED.match(language.strip()):
        return named["tag"].replace("_", "-")
    if _TAG.match(language.strip()):
        return language.strip()
    return _tags_by_name().get(language.strip().lower())


def name_of(tag: str) -> str:
    """Name a language in itself, as a reader looks for it: `sv` -> "Svenska"."""
    if tag in _OWN_NAMES:
        return _OWN_NAMES[tag]
    try:
        own = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        own = None
    return (own[:1].upper() + own[1:]) if own else tag


def folder_of(tag: str) -> str:
    """Name a language as gettext's folders and Babel's locales do: `sv-simple` -> "sv@simple"."""
    return tag.replace("-simple", "@simple").replace("-", "_")


def tag_of_folder(name: str) -> str:
    """Give the tag of a gettext folder or a locale: "sv@simple" -> `sv-simple`."""
    return name.replace("@", "-").replace("_", "-")


def direction(tag: str) -> str:
    """Give the writing direction as HTML's `dir` wants it: "rtl" or "ltr"."""
    return "rtl" if tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def text_in(texts: Texts, language: str, default: str) -> tuple[str, str]:
    """Choose the text in `language`, else in `default`, else in any language there is.

    Returns:
        The text and the tag of the language it is in; ("", language) when there is none.
    """
    for tag in (language, default, *texts):
        if tag in texts:
            return texts[tag], tag
    return "", language


@cache
def _tags_by_name() -> Mapping[str, str]:
    names = {name.lower(): tag for tag, name in Locale("en").languages.items()}
    own = {name_of(tag).lower(): tag for tag in ("sv", "fi", "so", "ar", "es", "pl", "tr")}
    return names | own

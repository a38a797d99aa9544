"""Words that the rules look for, in Swedish and English, and how a text is taken apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

SWEDISH, ENGLISH = "sv", "en"

NEGATIONS: Mapping[str, re.Pattern[str]] = {
    SWEDISH: re.compile(
        r"\b(?:inte|ej|icke|aldrig|ingen|inget|inga|ingenting|ingenstans|varken|knappast)\b", re.I
    ),
    ENGLISH: re.compile(
        r"\b(?:not|never|none|nobody|nothing|nowhere|neither|cannot)\b|\w+n[’']t\b", re.I
    ),
}
# A whole label that says that there is no answer.
NO_ANSWER = re.compile(
    r"(?:jag\s+)?(?:vet\s+(?:ej|inte)|vill\s+(?:ej|inte)\s+(?:svara|säga|uppge)|kan\s+(?:ej|inte)\s+"
    r"svara|(?:ej|inget|inte)\s+svar(?:at)?|uppgift\s+saknas|ej\s+(?:aktuellt|tillämpligt)|"
    r"(?:i\s+)?(?:don[’']?t|do\s+not)\s+know|(?:i\s+)?(?:prefer|would\s+rather)\s+not(?:\s+to)?\s+"
    r"(?:say|answer)|(?:i\s+)?(?:don[’']?t|do\s+not)\s+want\s+to\s+(?:say|answer)|refused?(?:\s+to\s+"
    r"answer)?|no\s+answer|not\s+applicable|n/a)"
    r"(?:\s*/\s*(?:\w+\s+){0,3}\w+)?[.!]?",
    re.I,
)
# A number that an author's text gives to the missing answer: "99 = vet ej", "skriv 99 om du inte".
NUMBER_FOR_NO_ANSWER = re.compile(
    r"(?<![\w-])(-?\d{1,4})\s*(?:=|:|–|-|om|if)\s*(?:(?:du|you|han|hon|den)\s+)?"
    r"(?:vet\s+(?:ej|inte)|inte\s+vet|ej\s+svar|vill\s+inte|don[’']?t\s+know|do\s+not\s+know|"
    r"unknown|okänt|refused?)",
    re.I,
)
# What leads back to a person, by what it is called in a question.
IDENTIFYING = re.compile(
    r"\b(?:person-?\s?nummer|samordnings-?\s?nummer|(?:för|efter|hel|fullständiga\s+)?namn|"
    r"namnteckning|heter\s+du|telefon(?:nummer)?|tel(?:nr|\.\s?nr)|mobil(?:nummer|telefon)|"
    r"mobilnr|e-?post(?:adress)?|e-?mejl|mejl(?:adress)?|mail(?:adress)?|(?:hem|gatu|post)?adress|"
    r"födelse(?:datum|dag|tid|år)|är\s+du\s+född|födda?|klass|skolklass|"
    r"(?:first\s+|last\s+|full\s+|sur)?names?|what\s+are\s+you\s+called|social\s+security|"
    r"identity\s+number|(?:tele)?phone(?:\s+number)?|mobile(?:\s+number)?|e-?mail(?:\s+address)?|"
    r"(?:home\s+|street\s+)?address|date\s+of\s+birth|birth\s?da(?:y|te)|were\s+you\s+born|"
    r"year\s+of\s+birth|(?:school\s+)?class)\b",
    re.I,
)
A_CLASS = re.compile(r"(?:åk\s*)?[1-9]\s?[a-zåäö]", re.I)

_REFERENCE = re.compile(r"\$\{[^}]*\}")
_MARKUP = re.compile(r"[*_#]{1,3}|<[^>]{1,60}>")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def language_of(tag: str) -> str:
    """Give the language of a tag without its region: sv-FI -> sv."""
    return tag.split("-")[0].lower()


def plain(text: str) -> str:
    """Take markup and references to answers out of a text."""
    return _MARKUP.sub("", _REFERENCE.sub("…", text))


def sentences_of(text: str) -> list[str]:
    """Split a text into its sentences."""
    return [piece for piece in _SENTENCE_END.split(plain(text)) if piece.strip()]


def negations(sentence: str, tag: str) -> list[str]:
    """Give the words of a sentence that deny; [] for languages whose words are not known."""
    pattern = NEGATIONS.get(language_of(tag))
    return pattern.findall(sentence) if pattern else []

"""Swedish words that passwords are made of; zxcvbn's own lists are English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel.dates import get_day_names, get_month_names

# What staff of a city's schools would think of first.
WORDS = """
lösenord lösen hemligt hemlig inloggning logga användare administratör admin konto dator välkommen
hejhej enkät enkäten enkäter enkäterna undersökning formulär rapport rapporter uppföljning statistik
skola skolan skolor skolorna elev elever eleven eleverna lärare läraren rektor klass klassen betyg
närvaro frånvaro termin terminen höstterminen vårterminen höstlov sportlov påsklov sommarlov jullov
lektion förskola fritids gymnasiet grundskola kurator kuratorn socialtjänst socialtjänsten socionom
skolsocionom barn barnen ungdom ungdomar familj familjen team teamet samverkan kommun kommunen stad
staden stadsdel förvaltning nämnden kontoret jobbet arbete sverige svensk svenska stockholm göteborg
malmö uppsala västerås örebro linköping helsingborg jönköping norrköping lund umeå gävle borås
södertälje eskilstuna halmstad växjö karlstad sundsvall luleå trollhättan östersund kalmar falun
kiruna visby södermalm kungsholmen östermalm norrmalm vasastan bromma hägersten skärholmen farsta
enskede årsta skarpnäck rinkeby kista tensta spånga hässelby vällingby älvsjö liljeholmen sommar
sommaren vinter vintern våren höst hösten julen påsk midsommar semester solsken måne stjärna blomma
kärlek älskar mamma pappa hund hunden katt katten häst kanin fotboll hockey hammarby djurgården
musik kaffe choklad anna maria karin anders johan erik emma elsa astrid alice lucas hugo svensson
andersson johansson karlsson nilsson
"""
MOST_WORDS, MOST_ELSE = 3, 3


@cache
def guessable() -> tuple[str, ...]:
    """Give the words, months and days, each also without its dots and rings."""
    calendar = {*get_month_names(locale="sv").values(), *get_day_names(locale="sv").values()}
    spelt = [*WORDS.split(), *sorted(calendar)]
    return tuple(dict.fromkeys([*spelt, *map(_plain, spelt)]))


def is_made_of_them(password: str) -> bool:
    """Tell whether a few of them, with digits and signs between, are nearly all there is.

    zxcvbn takes each sign between two words for one more thing to guess.
    """
    found = set(_pattern().findall(password.lower()))
    rest = _pattern().sub("", password.lower())
    letters = sum(sign.isalpha() for sign in rest)
    return bool(found) and len(found) <= MOST_WORDS and letters <= MOST_ELSE


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(guessable(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))

"""More invented pupils: short interviews put together from sentences, each with its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from survey_app.demo.said import Talk

# Code -> question, how it is spoken of, and three ways of saying it.
SAYINGS: Mapping[str, tuple[str, str, Sequence[str]]] = {
    "fore_franvaro": ("fore_text", "-1", (
        "Jag var borta nästan varje fredag.", "Jag gick hem efter lunch de flesta dagar.",
        "Jag var inte i skolan på flera veckor.")),
    "fore_kamrat": ("fore_text", "-1", (
        "Ingen ville jobba med mig.", "Det var en grupp som retades i korridoren.",
        "Jag bytte klass och kände ingen.")),
    "fore_skola": ("fore_text", "-1", (
        "Det var så högt ljud att jag fick ont i huvudet.", "Jag förstod inte vad vi skulle göra.",
        "Läxorna blev bara fler och fler.")),
    "rel_tillit": ("rel_text", "1", (
        "Honom kan jag säga allt till.", "Hon tror på mig.", "Det jag berättar stannar där.")),
    "rel_tillganglig": ("rel_text", "1", (
        "Dörren är alltid öppen.", "Hon ringer tillbaka samma dag.",
        "Han är där på rasterna också.")),
    "rel_byte": ("rel_text", "-1", (
        "Hon slutade mitt i terminen.", "Det har varit tre olika.",
        "Den nya visste inget om mig.")),
    "mal_egna": ("mal_text", "1", (
        "Jag valde själv vad vi skulle börja med.", "Målet var mitt.",
        "Vi skrev det med mina ord.")),
    "mal_vuxnas": ("mal_text", "-1", (
        "De hade bestämt innan jag kom.", "Jag vet inte riktigt vad målet är.",
        "Det var rektorns idé.")),
    "sam_larare": ("sam_text", "1", (
        "Hon går med mig till mentorn.", "Lärarna vet nu varför jag går ut ibland.",
        "Han frågar matteläraren åt mig.")),
    "sam_formycket": ("sam_text", "-1", (
        "Alla behöver inte veta.", "Mamma fick höra saker som jag inte ville berätta.",
        "Plötsligt visste hela lärarrummet.")),
    "eff_narvaro": ("eff_text", "1", (
        "Jag kommer varje dag nu.", "Jag har missat två dagar på hela terminen.",
        "Jag är med på första lektionen.")),
    "eff_maende": ("eff_text", "1", (
        "Jag sover bättre.", "Det gör inte ont i magen längre.", "Jag är gladare på morgonen.")),
    "krit_moten": ("krit_text", "-1", (
        "Mötena är för långa.", "Man sitter där med sex vuxna.", "Alla frågar samma sak.")),
}  # fmt: skip
# Gender, years and district of each, and which codes, by their letters below.
LETTERS = dict(zip("abcdefghijklm", SAYINGS, strict=True))
PEOPLE = (
    "flicka 7-9 skarholmen acdfkm", "pojke 7-9 farsta acgiklm",
    "flicka 7-9 sodermalm cdglm", "pojke 4-6 bromma adegik",
    "flicka 4-6 sodermalm bcdeglm", "pojke 7-9 skarholmen abcdegh",
    "flicka 7-9 jarva cdeghkl", "pojke 4-6 skarholmen cdefgh",
    "flicka 4-6 sodermalm acdeh", "pojke 7-9 jarva agil",
    "flicka 7-9 sodermalm bcdkl", "pojke 4-6 farsta abfm",
    "flicka 4-6 sodermalm dgl", "pojke 4-6 farsta abklm",
    "flicka 7-9 sodermalm degikm", "pojke 7-9 farsta acdfgikl",
    "flicka 7-9 bromma abd", "pojke 4-6 skarholmen deik",
    "flicka 4-6 sodermalm aegm", "pojke 4-6 farsta bcdgk",
    "pojke 4-6 jarva adefghik",
)  # fmt: skip


def more_talks() -> Iterator[Talk]:
    """Give interviews of which all is coded; what one pupil says follows from the place here."""
    for number, person in enumerate(PEOPLE):
        gender, years, district, letters = person.split()
        notes: dict[str, list[str]] = {}
        coded = []
        for letter in letters:
            code = LETTERS[letter]
            question, valence, ways = SAYINGS[code]
            words = ways[number % len(ways)]
            notes.setdefault(question, []).append(words)
            coded.append((question, words, code, valence))
        told = {question: "\n".join(each) for question, each in notes.items()}
        yield Talk(gender, years, district, told, tuple(coded), is_coded=True)

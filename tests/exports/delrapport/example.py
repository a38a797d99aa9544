"""A small report with one drawing, hidden numbers and words that look like markup."""

from __future__ import annotations

from exports.charts.drawings import Series, Trend
from exports.charts.pictures import Picture
from exports.delrapport.model import Chapter, Delrapport, Exhibit, Part
from exports.results.printing import Printed

ODD = "Å #let x = $1$ <b> & [mark] *star* \x0c"
HIDDEN = Printed("..", is_hidden=True)


def make_picture(share: Printed = HIDDEN) -> Picture:
    """Make a picture of two months."""
    rows = [
        [Printed("sep 26"), Printed("24", 24.0), Printed("45,5", 45.5)],
        [Printed("okt 26"), Printed("4–8", is_exact=False), share],
    ]
    return Picture(
        name="reached",
        title="Nådda delmål",
        sentence=f"45,5 i sep 26. {ODD}",
        head=["Månad", "Elever", "Andel, %"],
        rows=rows,
        remarks=["Läs det så här."],
        notes=["Två punkter betyder dolt."],
        drawing=Trend(["sep 26", "okt 26"], [Series("Andel, %", [row[2] for row in rows])], 0, 100),
    )


def make_report(picture: Picture | None = None) -> Delrapport:
    """Make a report of one chapter with a table that has a drawing and one that has none."""
    shown = picture or make_picture()
    bare = Picture(
        name="odd", title=ODD, sentence="", head=["Kod", "Antal"], rows=[[Printed(ODD), HIDDEN]]
    )
    exhibits = [
        Exhibit(picture=shown, table="Tabell 1. Nådda delmål", figure="Diagram 1. Nådda delmål"),
        Exhibit(picture=bare, table="Tabell 2. Koder"),
    ]
    return Delrapport(
        language="sv-SE",
        title="Delrapport hösten 2026",
        facts=["Uppgifter från 23 november 2026."],
        summary_title="Sammanfattning",
        summary=[shown.sentence],
        chapters=[
            Chapter(
                title="Delmål",
                paragraphs=["Ur månadsrapporten."],
                cautions=["Det finns ingen grupp att jämföra med."],
                parts=[Part(title="Månad för månad", exhibits=exhibits)],
            )
        ],
    )

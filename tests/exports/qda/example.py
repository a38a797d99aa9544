"""Two small interviews, coded, as everything in this folder uses them."""

from __future__ import annotations

from datetime import date

from exports.qda.model import Code, Segment, Source, Valence

CODES = (
    Code(name="före", label="Före", is_codable=False),
    Code(
        name="före:frånvaro",
        label="Frånvaro",
        definition="Hur skolnärvaron var innan.",
        include="hela dagar",
        exclude="sen ankomst",
        example="Jag gick aldrig dit.",
        parent="före",
        colour="#0A0",
    ),
    Code(name="före:orsak-skola", label="Orsak: skolan", parent="före", colour="red"),
    Code(name="rek:ja", label="Rekommenderar", colour="#123456"),
)
FIRST = Source(
    pseudonym="Uven 12",
    text="Jag gick aldrig dit.\r\nSen 🙂 blev det bättre, för läraren såg mig.",
    attributes={"roll": "elev", "stadsdel": "Norr"},
)
SECOND = Source(pseudonym="Asp 7", text="أنا أحب المدرسة & <skolan>", attributes={"roll": "elev"})
KEYS = (FIRST.key, SECOND.key)


def passage(source: Source, words: str, *codes: str, **more: object) -> Segment:
    """Mark the words in the source."""
    start = source.text.index(words)
    return Segment(
        source=source.key,
        start=start,
        end=start + len(words),
        codes=codes,
        **more,  # type: ignore[arg-type]
    )


SEGMENTS = (
    passage(FIRST, "Jag gick aldrig dit.", "före:frånvaro", valence=Valence.BAD, coder="anna@x.se"),
    passage(
        FIRST,
        "läraren såg mig",
        "rek:ja",
        "före:orsak-skola",
        memo="En vändpunkt",
        coder="bo@x.se",
        day=date(2026, 11, 3),
    ),
    passage(SECOND, "المدرسة", "rek:ja", coder="bo@x.se"),
)

"""Make the font of Tigrinya pages: Noto Sans Ethiopic with only the letters of Tigrinya.

Usage: ``python -m scripts.ethiopic_font``, with Debian's package ``fonts-noto-core``. Many tablets
have no Ge'ez letters. All letters of the language are taken, whether today's texts use them or
not, so that a changed text or an author's own questionnaire never meets an empty box. Its name
stands on the pages of all other languages too: those four letters are a file of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

import translations
from forms.languages import name_of

NOTO = Path("/usr/share/fonts/truetype/noto/NotoSansEthiopic-Regular.ttf")
TARGET = Path(__file__).resolve().parent.parent / "survey_app" / "static" / "fonts"
# The first of each row's seven or eight forms; rows of labialised letters have five.
ROWS = "ሀለሐመሠረሰሸቀቐበቨተቸነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ"
LABIALISED = "ቈቘኰዀጐ"
MARKS = "፡።፣፤፥፦፧"
GEEZ = re.compile("[\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f]")


def letters() -> set[str]:
    """Give every letter and mark of Tigrinya, and whatever else of Ge'ez its texts use."""
    forms = {chr(ord(first) + form) for first in ROWS + LABIALISED for form in range(8)}
    return forms | set(MARKS) | set(used())


def used() -> Iterator[str]:
    """Give the Ge'ez characters of the catalogues."""
    for path in sorted(translations.DIRECTORY.glob("ti/LC_MESSAGES/*.po")):
        yield from GEEZ.findall(path.read_text(encoding="utf-8"))


def write(name: str, text: str) -> Path:
    """Write the letters of a text as .woff2."""
    options = subset.Options(flavor="woff2", hinting=False)
    font = subset.load_font(NOTO, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    target = TARGET / name
    target.parent.mkdir(exist_ok=True)
    subset.save_font(font, target, options)
    return target


def main() -> None:
    """Write both files, and say how large they are."""
    for name, text in (
        ("ethiopic.woff2", "".join(sorted(letters()))),
        ("ethiopic-name.woff2", name_of("ti")),
    ):
        print(f"{name}: {write(name, text).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

"""Write the templates of the built-in instruments anew, and bring their catalogues up to date.

Usage: ``python -m scripts.instrument_catalogues``, after a change to ``forms/library/*.yaml``.
Then translate what is empty. Entries stand in the order of the questionnaire, without dates.
Each language of those who read the instrument has a catalogue: pupils' for an anonymous one, the
staff's for others. A draft's entries are fuzzy.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from forms import library
from forms.languages import PUPILS_LANGUAGES, SOURCE_LANGUAGE, STAFFS_LANGUAGES, folder_of
from scripts.translations import new_catalog
from translations import DIRECTORY

# Header lines that change without the words, or that are Babel's placeholders for a person.
LEFT_OUT = (b"-Date: ", b"Generated-By: ", b"EMAIL@ADDRESS", b"LL@li.org")


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue without dates, so that the file changes only when words do."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=96)
    lines = buffer.getvalue().split(b"\n")
    kept = [line for line in lines if not any(part in line for part in LEFT_OUT)]
    path.write_bytes(b"\n".join(kept))


def update(path: Path, template: Catalog) -> None:
    """Give a catalogue its new messages, empty, and take out those that are gone."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    write(path, catalog)


def languages_of(name: str) -> tuple[str, ...]:
    """Give the languages that a built-in instrument is to be read in."""
    return PUPILS_LANGUAGES if name in library.for_pupils() else STAFFS_LANGUAGES


def main() -> None:
    """Bring the template and the catalogues of every built-in instrument up to date."""
    for name in library.names():
        template = library.extract(name)
        write(DIRECTORY / f"{name}.pot", template)
        for tag in languages_of(name):
            path = DIRECTORY / folder_of(tag) / "LC_MESSAGES" / f"{name}.po"
            if tag != SOURCE_LANGUAGE:
                if not path.exists():
                    write(path, new_catalog(tag, template.header_comment))
                update(path, template)


if __name__ == "__main__":
    main()

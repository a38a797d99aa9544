"""Check that the interface's catalogues are complete, or bring them up to date after a change.

Usage: ``python scripts/translations.py check`` or ``update``. The template (``.pot``) and the
catalogues (``.po``) hold no dates and no line numbers, so they change only when words do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
INTERFACE = "messages"
# Every interface message is needed in these; English is the language of the messages themselves.
COMPLETE = ("sv",)
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": DEFAULT_KEYWORDS["pgettext"],
    "_l": None,
}

# Lines of a catalogue's head that nobody reads and that would change without any word changing.
UNUSED_HEADERS = (
    b'"POT-Creation-Date:',
    b'"PO-Revision-Date:',
    b'"Project-Id-Version:',
    b'"Report-Msgid-Bugs-To:',
    b'"Last-Translator:',
    b'"Language-Team:',
    b'"Generated-By:',
)
HEADER = "# The words of survey-app's interface; see CONTRIBUTING.md."

Key = tuple[str | None, str | tuple[str, ...]]


def key_of(message: Message) -> Key:
    """Give what identifies a message: its context and its text (both texts of a plural)."""
    text = message.id
    return message.context, tuple(text) if isinstance(text, (list, tuple)) else text


def messages_of(catalog: Catalog) -> dict[Key, Message]:
    """Give a catalogue's messages by key, without the header."""
    return {key_of(message): message for message in catalog if message.id}


def extract() -> Catalog:
    """Read the messages out of the code and the templates that ``babel.cfg`` names."""
    catalog = Catalog(header_comment=HEADER, charset="utf-8", fuzzy=False)
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        ROOT,
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).name not in {".venv", "node_modules", "data"},
    )
    for path, _line, text, comments, context in sorted(found, key=str):
        catalog.add(text, locations=[(path, 1)], auto_comments=comments, context=context)
    return catalog


def read(path: Path) -> Catalog:
    """Read one ``.pot`` or ``.po`` file."""
    with path.open("rb") as file:
        return read_po(file, locale=None if path.suffix == ".pot" else path.parent.parent.name)


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue in a stable order, so that it changes only when words do."""
    buffer = BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=False, include_lineno=False, width=96)
    lines = buffer.getvalue().split(b"\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\n".join(line for line in lines if not line.startswith(UNUSED_HEADERS)))


def catalogues(template: Path) -> Iterator[tuple[str, Path]]:
    """Yield the language and the path of each catalogue made from a template."""
    for path in sorted(TRANSLATIONS.glob(f"*/LC_MESSAGES/{template.stem}.po")):
        yield path.parent.parent.name, path


def template_problems(template: Path, extracted: Catalog) -> Iterator[str]:
    """Yield each message that the template lacks, or has and the code no longer uses."""
    wanted = set(messages_of(extracted))
    held = set(messages_of(read(template))) if template.exists() else set()
    name = template.relative_to(ROOT)
    yield from (f"{name} lacks {key[1]!r}" for key in sorted(wanted - held, key=str))
    yield from (f"{name} still has {key[1]!r}" for key in sorted(held - wanted, key=str))


def is_translated(message: Message) -> bool:
    """Tell whether every plural form of a message has a text."""
    texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return bool(texts) and all(texts)


def catalogue_problems(path: Path, template: Path, *, complete: bool) -> Iterator[str]:
    """Yield what a catalogue lacks against its template, and what is wrong in it.

    A fuzzy entry of an instrument is a draft, which nobody is shown; the interface has no drafts.
    """
    name = path.relative_to(ROOT)
    held, wanted = messages_of(read(path)), set(messages_of(read(template)))
    yield from (f"{name} lacks {key[1]!r}" for key in sorted(wanted - set(held), key=str))
    yield from (f"{name} still has {key[1]!r}" for key in sorted(set(held) - wanted, key=str))
    for key, message in held.items():
        if message.fuzzy and complete:
            yield f"{name}: fuzzy (a guess that nobody has read): {key[1]!r}"
        elif complete and not is_translated(message):
            yield f"{name}: not translated: {key[1]!r}"
        yield from (f"{name}: {key[1]!r}: {error}" for error in message.check())


def problems() -> Iterator[str]:
    """Yield every problem of the interface's catalogues and of the instruments' catalogues."""
    interface = TRANSLATIONS / f"{INTERFACE}.pot"
    yield from template_problems(interface, extract())
    for template in sorted(TRANSLATIONS.glob("*.pot")):
        languages = dict(catalogues(template))
        is_interface = template == interface
        for language, path in languages.items():
            complete = is_interface and language in COMPLETE
            yield from catalogue_problems(path, template, complete=complete)
        if is_interface:
            yield from (
                f"translations/{wanted} is missing"
                for wanted in COMPLETE
                if wanted not in languages
            )


def update() -> None:
    """Write the interface's template anew, and give its catalogues the new and gone messages.

    The instruments' catalogues keep the order of their questions: `instrument_catalogues.py`.
    """
    interface = TRANSLATIONS / f"{INTERFACE}.pot"
    write(interface, extract())
    for language in COMPLETE:
        path = TRANSLATIONS / language / "LC_MESSAGES" / interface.with_suffix(".po").name
        if not path.exists():
            write(path, Catalog(locale=language, header_comment=HEADER, fuzzy=False))
    for _language, path in catalogues(interface):
        catalog = read(path)
        catalog.update(read(interface), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write(path, catalog)


def main(arguments: list[str]) -> int:
    """Run ``check`` or ``update``; give the exit status."""
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["check"]:
        print("Say what to do: check or update.", file=sys.stderr)
        return 2
    found = list(problems())
    print("\n".join(found) if found else "The catalogues are complete.")
    if found:
        print("\nTo mend it: python scripts/translations.py update, then translate what is empty.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

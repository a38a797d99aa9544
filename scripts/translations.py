"""Check that the interface's catalogues are complete, or bring them up to date after a change.

Usage: ``python scripts/translations.py check`` or ``update``. The templates (``.pot``) and the
catalogues (``.po``) hold no dates and no line numbers, so they change only when words do.

The interface has two domains: `respond`, every sentence that pupils can meet, in all the languages
of `forms.languages.PUPILS_LANGUAGES`; and `messages`, the rest, for staff. Swedish and English are
complete (English is the language of the messages themselves). The other languages are drafts:
what they lack is counted, and keeps them from being offered, but is no mistake. Their entries are
fuzzy until a person who speaks the language has read them. Only lättläst svenska has to be
complete although it is a draft: whoever writes a Swedish sentence can write it simply too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import PoFileError, read_po, write_po

from forms.languages import EASY_SWEDISH, PUPILS_LANGUAGES, folder_of, name_of, tag_of_folder

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
STAFF, PUPILS = "messages", "respond"
# Every interface message is needed in these; English is the language of the messages themselves.
COMPLETE = ("sv",)
COMPLETE_DRAFT = folder_of(EASY_SWEDISH)
# Where the words are that pupils read, beside the errors' `to_respondents`.
PUPILS_PLACES = (
    "forms/answers.py",
    "forms/pages.py",
    "forms/types.py",
    "survey_app/collect/",
    "survey_app/errors.py",
    "survey_app/respond/",
    "survey_app/templates/errors/respondent.html",
    "survey_app/templates/respond/",
)
# Among them, what only adults read, beside a shared tablet, and what only a script reads.
OTHERS_PLACES = (
    "survey_app/respond/adults.py",
    "survey_app/respond/sealed.py",
    "survey_app/templates/respond/adults.html",
)
# As CLDR has them for whole numbers below a million; Babel's own table is older.
TWO_FORMS = "nplurals=2; plural=(n != 1);"
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);",
    "fa": "nplurals=2; plural=(n > 1);",
    "ti": "nplurals=2; plural=(n > 1);",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
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
DRAFT = "\n# %s: fuzzy entries are drafts, which a second speaker has yet to read."

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


def split(extracted: Catalog) -> dict[str, Catalog]:
    """Part the messages into those that pupils can meet and those that only staff do."""
    said = said_to_respondents()
    parts = {STAFF: Catalog(), PUPILS: Catalog()}
    for catalog in parts.values():
        catalog.header_comment, catalog.charset, catalog.fuzzy = HEADER, "utf-8", False
    for message in extracted:
        if message.id:
            places = [place for place, _line in message.locations]
            is_pupils = any(
                place.startswith(PUPILS_PLACES) and not place.startswith(OTHERS_PLACES)
                for place in places
            )
            domain = PUPILS if is_pupils or message.id in said else STAFF
            parts[domain][message.id] = message
    return parts


def said_to_respondents() -> set[str]:
    """Read from the code what errors say to those who answer: ``to_respondents = N_("…")``."""
    trees = [ast.parse(path.read_bytes()) for path in (ROOT / "survey_app").rglob("*.py")]
    assigned = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return {
        str(node.value.args[0].value)
        for node in assigned
        if isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == "to_respondents"
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.args[0], ast.Constant)
    }


def new_catalog(tag: str, header: str = HEADER) -> Catalog:
    """Make an empty catalogue with its language's plural forms."""
    is_draft = tag not in (*COMPLETE, "en")
    comment = header + DRAFT % name_of(tag) if is_draft else header
    catalog = Catalog(locale=folder_of(tag), header_comment=comment, charset="utf-8", fuzzy=False)
    catalog.mime_headers = [("Plural-Forms", PLURALS.get(tag, TWO_FORMS))]
    return catalog


def read(path: Path) -> Catalog:
    """Read one ``.pot`` or ``.po`` file; PoFileError says that a line belongs to no message."""
    locale = None if path.suffix == ".pot" else path.parent.parent.name
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def torn() -> Iterator[str]:
    """Yield each catalogue that cannot be read whole, with the line where it breaks off."""
    for path in sorted([*TRANSLATIONS.glob("*.pot"), *TRANSLATIONS.glob("*/LC_MESSAGES/*.po")]):
        try:
            read(path)
        except PoFileError as error:
            yield f"{path.relative_to(ROOT)}, line {error.lineno + 1}: {error.line!r} is no message"


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
    return all(texts_of(message))


def texts_of(message: Message) -> list[str]:
    """Give the texts of a message: one, or one for each plural form."""
    string = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return [str(each or "") for each in string] or [""]


def catalogue_problems(path: Path, template: Path, *, complete: bool) -> Iterator[str]:
    """Yield what a complete language's catalogue lacks against its template."""
    name = path.relative_to(ROOT)
    held, wanted = messages_of(read(path)), set(messages_of(read(template)))
    yield from (f"{name} lacks {key[1]!r}" for key in sorted(wanted - set(held), key=str))
    yield from (f"{name} still has {key[1]!r}" for key in sorted(set(held) - wanted, key=str))
    for key, message in held.items():
        if message.fuzzy and complete and COMPLETE_DRAFT not in path.parts:
            yield f"{name}: fuzzy (a guess that nobody has read): {key[1]!r}"
        elif complete and not is_translated(message):
            yield f"{name}: not translated: {key[1]!r}"


def wrong_texts(path: Path) -> Iterator[str]:
    """Yield each text whose gaps differ from its message's, or with digits that are not ours.

    All languages have the digits 0 to 9, as the numbers that the system itself writes.
    """
    name = path.relative_to(ROOT)
    for key, message in messages_of(read(path)).items():
        yield from (f"{name}: {key[1]!r}: {error}" for error in message.check())
        if any(each.isdigit() and not each.isascii() for each in "".join(texts_of(message))):
            yield f"{name}: {key[1]!r}: other digits than 0 to 9"


def problems() -> Iterator[str]:
    """Yield every problem of the interface's catalogues and of the instruments' catalogues."""
    interface = split(extract())
    for domain, extracted in interface.items():
        yield from template_problems(TRANSLATIONS / f"{domain}.pot", extracted)
    for template in sorted(TRANSLATIONS.glob("*.pot")):
        languages = dict(catalogues(template))
        is_interface = template.stem in interface
        for language, path in languages.items():
            if language in (*COMPLETE, COMPLETE_DRAFT, "en"):
                yield from catalogue_problems(path, template, complete=is_interface)
            yield from wrong_texts(path)
        missing = set(COMPLETE) - set(languages) if is_interface else set()
        yield from (f"translations/{wanted} is missing" for wanted in sorted(missing))


def progress() -> Iterator[str]:
    """Tell how many of today's messages each draft has a text for."""
    for template in sorted(TRANSLATIONS.glob("*.pot")):
        wanted = set(messages_of(read(template)))
        for language, path in catalogues(template):
            if language not in (*COMPLETE, "en"):
                held = messages_of(read(path))
                done = sum(is_translated(held[key]) for key in wanted & set(held))
                yield f"{tag_of_folder(language)}: {template.stem} {done} of {len(wanted)}"


def update() -> None:
    """Write the interface's templates anew, and give their catalogues the new and gone messages.

    The instruments' catalogues keep the order of their questions: `instrument_catalogues.py`.
    """
    languages: Mapping[str, tuple[str, ...]] = {STAFF: COMPLETE, PUPILS: PUPILS_LANGUAGES}
    for domain, extracted in split(extract()).items():
        template = TRANSLATIONS / f"{domain}.pot"
        write(template, extracted)
        for tag in languages[domain]:
            path = TRANSLATIONS / folder_of(tag) / "LC_MESSAGES" / f"{domain}.po"
            if not path.exists() and tag != "en":
                write(path, new_catalog(tag))
        for _language, path in catalogues(template):
            catalog = read(path)
            catalog.update(read(template), no_fuzzy_matching=True)
            catalog.obsolete.clear()
            write(path, catalog)


def main(arguments: list[str]) -> int:
    """Run ``check`` or ``update``; give the exit status."""
    if arguments not in (["update"], ["check"]):
        print("Say what to do: check or update.", file=sys.stderr)
        return 2
    if unread := list(torn()):
        print("\n".join(unread))
        print("\nTo mend it: take one side of the conflict, run update, translate the rest.")
        return 1
    if arguments == ["update"]:
        update()
        return 0
    found = list(problems())
    print(*progress(), *(found or ["The catalogues are complete."]), sep="\n")
    if found:
        print("\nTo mend it: python scripts/translations.py update, then translate what is empty.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

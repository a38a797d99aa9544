"""Texts, codes and coded passages as a REFI-QDA project (.qdpx), for other tools for coding.

A zip file with `project.qde` and each text as `sources/GUID.txt` (UTF-8, no byte order mark, line
ends LF). Positions count code points from 0, the end is the first one after the passage.

Coders are "Coder 1", "Coder 2"; days stand without a time (midnight, as the format wants one);
sources stand in the order of their pseudonyms, not of the interviews. The texts leave whole: a
project is for the research group and never for publication.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from io import BytesIO

from lxml import etree

from exports.qda.model import (
    Code,
    Segment,
    Source,
    Valence,
    check_codes,
    check_segments,
)
from exports.qda.texts import moved, readable
from exports.qda.xml import ORIGIN, Document, add_codes, code_guid, guid
from exports.wording import Gettext, untranslated
from exports.writers.archive import DatelessArchive
from forms.marking import N_

NAMESPACE = "urn:QDA-XML:project:1.0"
SUFFIX, MEDIA_TYPE = ".qdpx", "application/zip"

CODER = N_("Coder %(number)s")
MEMO = N_("Memo")
VALENCE = N_("Valence")
_VALENCE = "\x1fvalence"  # a name that no code of a codebook has
VALENCES = {
    Valence.GOOD: N_("Valence: positive"),
    Valence.NEUTRAL: N_("Valence: neutral"),
    Valence.BAD: N_("Valence: negative"),
    Valence.MIXED: N_("Valence: mixed"),
}


def write_project(
    title: str,
    codes: Sequence[Code],
    sources: Sequence[Source],
    segments: Sequence[Segment],
    *,
    gettext: Gettext = untranslated,
) -> bytes:
    """Give the file's bytes; the same content gives the same bytes.

    Args:
        title: Of the project, such as the round's; no names.
        segments: In any order; several may lie over one another.
        gettext: Translates "Coder 1", "Memo", "Valence" and the words of a description.

    Raises:
        CodingMisfit: A passage lies outside its text, or has a code that does not exist.
    """
    check_codes(codes)
    check_segments(codes, sources, segments)
    project = _Project(title, codes, sources, segments, gettext)
    file = BytesIO()
    with DatelessArchive(file, "w") as archive:
        archive.writestr("project.qde", project.to_bytes())
        for source in project.sources:
            archive.writestr(f"sources/{_file_of(source)}", readable(source.text).encode())
    return file.getvalue()


_Selection = tuple[str, Segment]  # with its GUID


def _numbered(segments: Sequence[Segment]) -> list[_Selection]:
    """Give each passage a GUID: two of the same place are told apart by their number."""
    numbers: Counter[tuple[object, ...]] = Counter()
    numbered = []
    for segment in segments:
        place = (*segment.source, segment.start, segment.end)
        numbered.append((guid("selection", *place, numbers[place]), segment))
        numbers[place] += 1
    return numbered


def _file_of(source: Source) -> str:
    return f"{guid('source', *source.key)}.txt"


class _Project:
    """The document `project.qde`, filled in the order that the schema wants."""

    def __init__(
        self,
        title: str,
        codes: Sequence[Code],
        sources: Sequence[Source],
        segments: Sequence[Segment],
        gettext: Gettext,
    ) -> None:
        self.sources = sorted(sources, key=lambda source: source.key)
        self._segments = sorted(
            segments, key=lambda each: (each.source, each.start, each.end, each.coder, each.codes)
        )
        self._gettext = gettext
        self._coders = {
            coder: guid("coder", number)
            for number, coder in enumerate(dict.fromkeys(s.coder for s in self._segments), start=1)
        }
        extra = _valence_codes(gettext) if any(each.valence for each in segments) else ()
        self._codes = {code.name: code_guid(code) for code in (*codes, *extra)}
        self._selections = _numbered(self._segments)
        self._document = Document(NAMESPACE, "Project", {"name": title, "origin": ORIGIN})
        self._add_users()
        self._add_codebook((*codes, *extra))
        self._add_cases()
        self._add_sources()
        self._add_notes()

    def to_bytes(self) -> bytes:
        return self._document.to_bytes()

    def _add(
        self, parent: etree._Element, tag: str, text: str = "", **attributes: str
    ) -> etree._Element:
        return self._document.add(parent, tag, text, **attributes)

    def _add_users(self) -> None:
        if not self._coders:
            return
        users = self._add(self._document.root, "Users")
        for number, made in enumerate(self._coders.values(), start=1):
            self._add(users, "User", guid=made, name=self._gettext(CODER) % {"number": number})

    def _add_codebook(self, codes: Sequence[Code]) -> None:
        if codes:
            book = self._add(self._document.root, "CodeBook")
            add_codes(self._document, book, codes, self._gettext)

    def _add_cases(self) -> None:
        names = sorted({name for source in self.sources for name in source.attributes})
        if names:
            variables = self._add(self._document.root, "Variables")
        for name in names:
            made = guid("variable", name)
            self._add(variables, "Variable", guid=made, name=name, typeOfVariable="Text")
        by_case: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            by_case[source.pseudonym].append(source)
        if by_case:
            cases = self._add(self._document.root, "Cases")
        for pseudonym, sources in by_case.items():
            self._add_case(cases, pseudonym, sources)

    def _add_case(self, cases: etree._Element, pseudonym: str, sources: Sequence[Source]) -> None:
        case = self._add(cases, "Case", guid=guid("case", pseudonym), name=pseudonym)
        known: Mapping[str, str] = {
            name: value for source in sources for name, value in source.attributes.items()
        }
        for name, value in sorted(known.items()):
            cell = self._add(case, "VariableValue")
            self._add(cell, "VariableRef", targetGUID=guid("variable", name))
            self._add(cell, "TextValue", value)
        for source in sources:
            self._add(case, "SourceRef", targetGUID=guid("source", *source.key))

    def _add_sources(self) -> None:
        if not self.sources:
            return
        wrapper = self._add(self._document.root, "Sources")
        by_source: dict[tuple[str, str], list[_Selection]] = defaultdict(list)
        for selection in self._selections:
            by_source[selection[1].source].append(selection)
        for source in self.sources:
            element = self._add(
                wrapper,
                "TextSource",
                guid=guid("source", *source.key),
                name=" ".join(filter(None, source.key)),
                plainTextPath=f"internal://{_file_of(source)}",
            )
            for made, segment in by_source[source.key]:
                self._add_selection(element, source, made, segment)

    def _add_selection(
        self, parent: etree._Element, source: Source, made: str, segment: Segment
    ) -> None:
        selection = self._add(
            parent,
            "PlainTextSelection",
            guid=made,
            startPosition=str(moved(source.text, segment.start)),
            endPosition=str(moved(source.text, segment.end)),
            creatingUser=self._coders[segment.coder],
            creationDateTime=f"{segment.day.isoformat()}T00:00:00Z" if segment.day else "",
        )
        valence = (_valence_name(segment.valence),) if segment.valence else ()
        for name in dict.fromkeys((*segment.codes, *valence)):
            target = self._codes[name]
            coding = self._add(
                selection,
                "Coding",
                guid=guid("coding", made, target),
                creatingUser=self._coders[segment.coder],
            )
            self._add(coding, "CodeRef", targetGUID=target)
        if segment.memo:
            self._add(selection, "NoteRef", targetGUID=guid("note", made))

    def _add_notes(self) -> None:
        noted = [(made, segment.memo) for made, segment in self._selections if segment.memo]
        if noted:
            wrapper = self._add(self._document.root, "Notes")
        for made, memo in noted:
            note = self._add(wrapper, "Note", guid=guid("note", made), name=self._gettext(MEMO))
            self._add(note, "PlainTextContent", memo)


def _valence_codes(gettext: Gettext) -> tuple[Code, ...]:
    """Make codes of the valences: the format has no other place that tools can count."""
    top = Code(name=_VALENCE, label=gettext(VALENCE), is_codable=False)
    below = [
        Code(name=_valence_name(valence), label=gettext(phrase), parent=_VALENCE)
        for valence, phrase in VALENCES.items()
    ]
    return (top, *below)


def _valence_name(valence: Valence) -> str:
    return f"{_VALENCE}/{valence.name}"

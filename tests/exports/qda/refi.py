"""What a REFI-QDA file must be like, as far as we use the format, and a reader of our own.

Written down from QDA-XML version 1.0 of 18 March 2019 (Project.xsd) and the codebook's schema: for
each element its children in order, and its attributes, required ones with a !. Schemas cannot say
that references lead somewhere and that positions lie in the text: the reader looks at that too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
TRACES = "creatingUser creationDateTime modifyingUser modifiedDateTime"
SHAPES = {
    "Project": (
        "Users? CodeBook? Variables? Cases? Sources? Notes?",
        "name! origin creatingUserGUID creationDateTime modifyingUserGUID modifiedDateTime",
    ),
    "Users": ("User+", ""),
    "User": ("", "guid! name id"),
    "CodeBook": ("Codes", "origin"),
    "Codes": ("Code+", ""),
    "Code": ("Description? NoteRef* Code*", "guid! name! isCodable! color"),
    "Variables": ("Variable+", ""),
    "Variable": ("Description?", "guid! name! typeOfVariable!"),
    "Cases": ("Case+", ""),
    "Case": ("Description? CodeRef* VariableValue* SourceRef* SelectionRef*", "guid! name"),
    "VariableValue": ("VariableRef TextValue", ""),
    "Sources": ("TextSource+", ""),
    "TextSource": (
        "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
        f"guid! name richTextPath plainTextPath {TRACES}",
    ),
    "PlainTextSelection": (
        "Description? Coding* NoteRef*",
        f"guid! name startPosition! endPosition! {TRACES}",
    ),
    "Coding": ("CodeRef NoteRef*", "guid! creatingUser creationDateTime"),
    "Notes": ("Note+", ""),
    "Note": ("Description? PlainTextContent?", f"guid! name {TRACES}"),
    **dict.fromkeys(("CodeRef", "NoteRef", "SourceRef", "VariableRef"), ("", "targetGUID!")),
    **dict.fromkeys(("Description", "PlainTextContent", "TextValue"), ("", "")),
}
GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
VALUES = {
    "guid": GUID,
    "targetGUID": GUID,
    "creatingUser": GUID,
    "isCodable": "true|false",
    "color": "#[0-9a-fA-F]{6}",
    "startPosition": "[0-9]+",
    "endPosition": "[0-9]+",
    "creationDateTime": r"\d{4}-\d\d-\d\dT00:00:00Z",
    "typeOfVariable": "Text",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as another tool would show it."""

    source: str
    words: str
    codes: tuple[str, ...]
    coder: str | None
    note: str | None


def misfits(root: etree._Element, namespace: str) -> Iterator[str]:
    """Say what does not fit the standard."""
    for element in root.iter("*"):
        tag = etree.QName(element)
        children, attributes = SHAPES[tag.localname]
        if tag.namespace != namespace:
            yield f"{tag.localname} is of another namespace"
        found = "".join(f"{etree.QName(child).localname} " for child in element)
        pattern = re.sub(r"(\w+)([?*+]?) ?", r"(?:\1 )\2", children)
        if not re.fullmatch(pattern, found):
            yield f"{tag.localname} has the children {found}"
        known = {name.rstrip("!") for name in attributes.split()}
        required = {name.rstrip("!") for name in attributes.split() if name.endswith("!")}
        if not required <= set(element.attrib) <= known:
            yield f"{tag.localname} has the attributes {sorted(element.attrib)}"
        yield from (
            f"{name!s}={value!s}"
            for name, value in element.attrib.items()
            if not re.fullmatch(VALUES.get(str(name), ".*"), str(value), re.DOTALL)
        )


def dangling(root: etree._Element) -> Iterator[str]:
    """Name GUIDs that are there twice, and references that lead nowhere."""
    made = [str(each.get("guid")) for each in root.iter("*") if each.get("guid")]
    yield from (each for each in made if made.count(each) > 1)
    for element in root.iter("*"):
        for name in ("targetGUID", "creatingUser"):
            if element.get(name) and element.get(name) not in made:
                yield f"{element.tag} {name}"


def opened(file: bytes) -> tuple[etree._Element, dict[str, str]]:
    """Open a project: its document, and its texts by GUID."""
    with ZipFile(BytesIO(file)) as archive:
        texts = {
            name.removeprefix("sources/").removesuffix(".txt"): archive.read(name).decode(
                "utf-8-sig"
            )
            for name in archive.namelist()
            if name.startswith("sources/")
        }
        return etree.fromstring(archive.read("project.qde")), texts


def passages(file: bytes) -> list[Passage]:
    """Read the passages back, with the words that the positions point at."""
    root, texts = opened(file)
    names = {each.get("guid"): str(each.get("name")) for each in root.iter("*")}
    notes = {
        each.get("guid"): each.findtext("{*}PlainTextContent") for each in root.iter("{*}Note")
    }
    return [
        Passage(
            str(source.get("name")),
            texts[_text_of(source)][
                int(s.get("startPosition", "")) : int(s.get("endPosition", ""))
            ],
            tuple(names[ref.get("targetGUID")] for ref in s.iter("{*}CodeRef")),
            names.get(s.get("creatingUser")),
            next((notes[ref.get("targetGUID")] for ref in s.iter("{*}NoteRef")), None),
        )
        for source in root.iter("{*}TextSource")
        for s in source.iter("{*}PlainTextSelection")
    ]


def _text_of(source: etree._Element) -> str:
    path = str(source.get("plainTextPath"))
    assert path.startswith("internal://")
    return path.removeprefix("internal://").removesuffix(".txt")

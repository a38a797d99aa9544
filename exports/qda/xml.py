"""What both kinds of REFI-QDA files have in common: elements, GUIDs, codes.

REFI-QDA 1.5 (qdasoftware.org), XML of the namespaces urn:QDA-XML:codebook:1.0 and project:1.0.
GUIDs are made from what they name, so the same content gives the same bytes, and a code of the
codebook is the same one in the project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5

from lxml import etree

from exports.qda.model import Code, children_of
from exports.qda.texts import readable
from exports.wording import Gettext
from forms.marking import N_

ORIGIN = "survey-app"
# Made once, by chance; what GUIDs are derived from.
_NAMESPACE = UUID("6d1f1a43-6b0e-4a0c-9c57-3f0d1c7f9f52")
_LONG_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_SHORT_COLOUR = re.compile(r"#[0-9A-Fa-f]{3}")
_PARTS = (
    ("include", N_("Include: %(text)s")),
    ("exclude", N_("Exclude: %(text)s")),
    ("example", N_("Example: %(text)s")),
)


def guid(*named: object) -> str:
    """Make the GUID of something: of what kind it is, then what tells it apart."""
    return str(uuid5(_NAMESPACE, "\x1f".join(map(str, named))))


class Document:
    """One XML document, whose elements are all of one namespace."""

    def __init__(self, namespace: str, root: str, attributes: Mapping[str, str]) -> None:
        self._namespace = namespace
        self.root = etree.Element(f"{{{namespace}}}{root}", nsmap={None: namespace})  # type: ignore[dict-item]  # the stubs lack it
        _fill(self.root, attributes)

    def add(
        self, parent: etree._Element, tag: str, text: str = "", **attributes: str
    ) -> etree._Element:
        """Add an element; attributes without content are left out."""
        element = etree.SubElement(parent, f"{{{self._namespace}}}{tag}")
        _fill(element, attributes)
        if text:
            element.text = readable(text)
        return element

    def to_bytes(self) -> bytes:
        """Write it in UTF-8."""
        return etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _fill(element: etree._Element, attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, readable(value))


def add_codes(
    document: Document, parent: etree._Element, codes: Sequence[Code], gettext: Gettext
) -> etree._Element:
    """Add the codes as a tree, in the codebook's order."""
    children = children_of(codes)

    def add(code: Code, above: etree._Element) -> None:
        element = document.add(
            above,
            "Code",
            guid=code_guid(code),
            name=code.label or code.name,
            isCodable="true" if code.is_codable else "false",
            color=_colour(code.colour),
        )
        if described := description(code, gettext):
            document.add(element, "Description", described)
        for child in children.get(code.name, ()):
            add(child, element)

    wrapper = document.add(parent, "Codes")
    for code in children[""]:
        add(code, wrapper)
    return wrapper


def code_guid(code: Code) -> str:
    """Give the code's GUID, the same in every file."""
    return guid("code", code.key or code.name)


def description(code: Code, gettext: Gettext) -> str:
    """Write what a code is for as one text: the standard has a single place for it."""
    parts = [gettext(phrase) % {"text": text} for name, phrase in _PARTS
             if (text := getattr(code, name).strip())]  # fmt: skip
    return "\n".join([code.definition.strip(), *parts]).strip()


def _colour(colour: str) -> str:
    """Give #RRGGBB, which tools read that do not know the short form; "" for no colour."""
    if _SHORT_COLOUR.fullmatch(colour):
        return "#" + "".join(2 * digit for digit in colour[1:])
    return colour if _LONG_COLOUR.fullmatch(colour) else ""

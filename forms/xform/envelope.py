"""Open what a device sent: is it XML without tricks, of which form, and which filling-in of it?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from forms.marking import N_

LARGEST_INSTANCE = 2 * 2**20  # bytes
DEEPEST = 100  # elements inside each other; repeats and groups need a handful
OPENROSA = "{http://openrosa.org/xforms}"

_ID = re.compile(r"uuid:(?P<uuid>[0-9A-Fa-f-]{36})")

TOO_LARGE = N_("The form is larger than this server takes: %(limit)s MB without its files.")
NOT_XML = N_("What was sent is no form: it cannot be read as XML.")
WITHOUT_ID = N_("What was sent does not say which form it is of, or has no instanceID.")
AN_EDIT = N_("This is a change to a form that was sent before. Changes are not taken this way.")
UNKNOWN_ELEMENT = N_('The form has a question "%(name)s" that this server did not ask.')
NOT_ITS_SHAPE = N_('The form is not built as this server asked, at "%(name)s".')


class BadInstance(ValueError):
    """What was sent is no filled-in form of ours; `sentence` says why."""

    def __init__(self, sentence: str, **params: object) -> None:
        """Carry a marked sentence and its gaps."""
        super().__init__(sentence)
        self.sentence = sentence
        self.params: Mapping[str, object] = params


@dataclass(frozen=True, slots=True)
class Envelope:
    """A filled-in form before it is known what was asked.

    Attributes:
        form_id, version: As the XForm named them.
        instance_id: The device's own `uuid:…`, the same each time that it sends this again.
        digest: SHA-256 of what was sent, in hexadecimal.
        root: The element with the answers.
    """

    form_id: str
    version: str
    instance_id: str
    digest: str
    root: Element


def read_envelope(xml: bytes) -> Envelope:
    """Read the outside of a submitted instance.

    Raises:
        BadInstance: It is too large, no XML, has a DOCTYPE, or does not say what it is.
    """
    if len(xml) > LARGEST_INSTANCE:
        raise BadInstance(TOO_LARGE, limit=LARGEST_INSTANCE // 2**20)
    root = _parsed(xml)
    _refuse_depth(root)
    form_id = root.get("id", "")
    instance_id = _instance_id(root)
    if not form_id or not instance_id:
        raise BadInstance(WITHOUT_ID)
    digest = hashlib.sha256(xml).hexdigest()
    return Envelope(form_id, root.get("version", ""), instance_id, digest, root)


def is_meta(element: Element) -> bool:
    """Tell whether it is OpenRosa's block about the instance, with its namespace or without."""
    return element.tag in ("meta", f"{OPENROSA}meta")


def _parsed(xml: bytes) -> Element:
    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BadInstance(NOT_XML) from error
    return root


def _refuse_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise BadInstance(NOT_XML)
        level = [child for element in level for child in element]


def _instance_id(root: Element) -> str:
    blocks = [child for child in root if is_meta(child)]
    told = {
        child.tag.removeprefix(OPENROSA): (child.text or "").strip()
        for child in (blocks[0] if len(blocks) == 1 else ())
    }
    if "deprecatedID" in told:
        raise BadInstance(AN_EDIT)
    found = _ID.fullmatch(told.get("instanceID", ""))
    try:
        return f"uuid:{UUID(found['uuid'])}" if found else ""
    except ValueError:
        return ""

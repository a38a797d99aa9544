"""The XML documents of OpenRosa: lists of forms, lists of files, and answers to what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response

XML = "text/xml; charset=utf-8"
LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
ANSWER = "http://openrosa.org/http/response"


def form_list(forms: Iterable[Mapping[str, str]]) -> Response:
    """List forms; each is the texts of its elements by their names, in order."""
    return _document(_listed("xforms", LIST, "xform", forms))


def manifest(files: Iterable[Mapping[str, str]]) -> Response:
    """List the files that a form needs, in the same way."""
    return _document(_listed("manifest", MANIFEST, "mediaFile", files))


def response_with(message: str, status: int = 201) -> Response:
    """Answer a device in words that it shows to its user."""
    root = Element("OpenRosaResponse", xmlns=ANSWER)
    nature = "submit_success" if status < 400 else "submit_error"
    SubElement(root, "message", nature=nature).text = message
    return _document(root, status)


def _listed(name: str, namespace: str, item: str, rows: Iterable[Mapping[str, str]]) -> Element:
    root = Element(name, xmlns=namespace)
    for row in rows:
        element = SubElement(root, item)
        for tag, text in row.items():
            SubElement(element, tag).text = text
    return root


def _document(root: Element, status: int = 200) -> Response:
    body = tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, status, content_type=XML)

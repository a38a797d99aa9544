"""`$metadata`: what a program needs to know of the feed before it reads it, as CSDL XML."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from exports.odata.model import KEY, MISSING, EntitySet
from exports.wording import Wording

MEDIA_TYPE = "application/xml;charset=utf-8"
NAMESPACE = "SurveyApp"
_EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
_EDM = "http://docs.oasis-open.org/odata/ns/edm"
_VOCABULARIES = "https://oasis-tcs.github.io/odata-vocabularies/vocabularies"
_CORE, _CAPABILITIES = "Org.OData.Core.V1", "Org.OData.Capabilities.V1"
_NOT_DONE = {
    "FilterRestrictions": "Filterable",
    "SortRestrictions": "Sortable",
    "ExpandRestrictions": "Expandable",
    "SearchRestrictions": "Searchable",
    "InsertRestrictions": "Insertable",
    "UpdateRestrictions": "Updatable",
    "DeleteRestrictions": "Deletable",
}


def metadata(sets: Sequence[tuple[EntitySet, Wording]]) -> bytes:
    """Write the metadata of a service.

    Args:
        sets: Its entity sets, each with the language that its labels are wanted in.
    """
    root = Element("edmx:Edmx", {"xmlns:edmx": _EDMX, "Version": "4.0"})
    for vocabulary in (_CORE, _CAPABILITIES):
        reference = SubElement(root, "edmx:Reference", Uri=f"{_VOCABULARIES}/{vocabulary}.xml")
        SubElement(reference, "edmx:Include", Namespace=vocabulary)
    services = SubElement(root, "edmx:DataServices")
    schema = SubElement(services, "Schema", xmlns=_EDM, Namespace=NAMESPACE)
    for each, wording in sets:
        _entity_type(schema, each, wording)
    container = SubElement(schema, "EntityContainer", Name="Service")
    for each, _ in sets:
        kind = f"{NAMESPACE}.{each.name}"
        _limited(SubElement(container, "EntitySet", Name=each.name, EntityType=kind))
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _limited(entity_set: Element) -> None:
    """Say what the service leaves to its readers, so that programs do it themselves."""
    for restriction, able in _NOT_DONE.items():
        term = f"{_CAPABILITIES}.{restriction}"
        record = SubElement(SubElement(entity_set, "Annotation", Term=term), "Record")
        SubElement(record, "PropertyValue", Property=able, Bool="false")


def _entity_type(schema: Element, of: EntitySet, wording: Wording) -> None:
    kind = SubElement(schema, "EntityType", Name=of.name)
    SubElement(SubElement(kind, "Key"), "PropertyRef", Name=KEY)
    SubElement(kind, "Property", Name=KEY, Type="Edm.Int64", Nullable="false")
    for each in of.properties:
        described = SubElement(kind, "Property", Name=each.name, Type=each.type)
        if label := wording.label(each.variable):
            SubElement(described, "Annotation", Term=f"{_CORE}.Description", String=label)
    SubElement(kind, "Property", Name=MISSING, Type="Edm.String")

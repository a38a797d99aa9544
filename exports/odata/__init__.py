"""Coded tables as an OData 4 feed: names, types, metadata and rows. No web in here."""

from __future__ import annotations

from exports.odata.metadata import MEDIA_TYPE, metadata
from exports.odata.model import KEY, MISSING, EntitySet, Property, entity_sets
from exports.odata.rows import entity

__all__ = [
    "KEY",
    "MEDIA_TYPE",
    "MISSING",
    "EntitySet",
    "Property",
    "entity",
    "entity_sets",
    "metadata",
]

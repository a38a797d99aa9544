"""`datapackage.json`: the files and their columns, as Data Package and Table Schema have it.

Source: https://datapackage.org (version 2.0; readers of version 1 find what they know).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from exports.about import About
from exports.codebook import NUMBER, PARENT, ROW, Codebook
from exports.writers.package.contents import DataFile, FieldOf
from exports.writers.statistical.numbers import Kind

_NOT_PLAIN = re.compile(r"[^a-z0-9._-]+")
_TYPES: Mapping[Kind, Mapping[str, str]] = {
    Kind.WHOLE: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.DAY: {"type": "date"},
    Kind.MOMENT: {"type": "datetime", "format": "any"},
    Kind.CLOCK: {"type": "time", "format": "any"},
    Kind.TEXT: {"type": "string"},
}


def descriptor(codebook: Codebook, about: About, files: Sequence[DataFile], note: str) -> str:
    """Write the description of the package.

    Args:
        note: How texts are written, for whoever reads them.
    """
    written: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": plain(codebook.instrument),
        "title": about.title,
        "description": "\n\n".join(filter(None, (about.note, note))),
        "resources": [_resource(file) for file in files],
    }
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def plain(name: str) -> str:
    """Make a name of small letters, figures, `.`, `_` and `-`."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _NOT_PLAIN.sub("-", letters.lower()).strip("-.") or "data"


def _resource(file: DataFile) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.name,
        "title": file.table,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {
            "fields": [_field(each) for each in file.fields],
            # Each column has missing codes of its own; an empty text is one.
            "missingValues": [],
            **_keys(file),
        },
    }


def _field(field: FieldOf) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "title": field.label,
        **_type(field),
        "measure": field.measure.value,
        "missingValues": [code for code, _ in field.missing],
        "missingLabels": dict(field.missing),
    }
    if field.kind is Kind.LIST:
        codes = [_code(code, field) for code, _ in field.values]
        labels = [label or code for code, label in field.values]
        described["constraints"] = {"enum": codes}
        described["categories"] = [
            {"value": code, "label": label} for code, label in zip(codes, labels, strict=True)
        ]
        described["categoriesOrdered"] = field.is_ordered
    return described


def _type(field: FieldOf) -> Mapping[str, str]:
    if field.kind is Kind.LIST:
        return {"type": "integer" if field.has_numbers else "string"}
    return _TYPES[field.kind]


def _code(code: str, field: FieldOf) -> int | str:
    return int(code) if field.has_numbers else code


def _keys(file: DataFile) -> dict[str, Any]:
    """Say which row another row belongs to."""
    names = {field.name for field in file.fields}
    if {PARENT, NUMBER} <= names:
        reference = {"resource": "data", "fields": [ROW]}
        return {"foreignKeys": [{"fields": [PARENT], "reference": reference}]}
    return {"primaryKey": [ROW]} if ROW in names else {}

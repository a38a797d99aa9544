"""The description of the addresses for programs, as OpenAPI 3.1 has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from exports.odata import KEY, MISSING, EntitySet
from survey_app.api.blueprint import BASE, bp, for_readers
from survey_app.api.feed import tables

Schema = Mapping[str, Any]

JSON, XML = "application/json", "application/xml"
_TEXT: Schema = {"type": "string"}
_WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_OPTIONS: Mapping[str, Schema] = {
    "$top": _WHOLE,
    "$skip": _WHOLE,
    "$skiptoken": _WHOLE,
    "$count": {"type": "string", "enum": ["true", "false"]},
    "$format": {"type": "string", "enum": ["json"]},
}
_TYPES: Mapping[str, Schema] = {
    "Edm.Int64": {"type": ["integer", "null"]},
    "Edm.Double": {"type": ["number", "null"]},
    "Edm.Date": {"type": ["string", "null"], "format": "date"},
    "Edm.String": _TEXT,
}
_REFUSED = {
    "400": "An option has a value that means nothing.",
    "401": "There is no key, or one that opens nothing.",
    "403": "The key's account may not read coded data.",
    "404": "The table is not there any more.",
    "429": "Wrong keys came too often from there: wait a minute.",
    "501": "Programs are to do this themselves.",
    "503": "The database does not answer just now.",
}
_OF_ALL = ("401", "403", "429", "503")


def _object(**properties: Schema) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _required(schema: Mapping[str, Any], *names: str) -> Schema:
    return {**schema, "required": names}


_ERROR = _required(
    _object(error=_required(_object(code=_TEXT, message=_TEXT), "code", "message")), "error"
)
_TABLE = _required(
    _object(name=_TEXT, kind={"const": "EntitySet"}, url=_TEXT), "name", "kind", "url"
)
_TABLES = _required(
    _object(**{"@odata.context": _TEXT, "value": {"type": "array", "items": _TABLE}}),
    "@odata.context",
    "value",
)


@bp.get(f"{BASE}openapi.json")
@for_readers
def openapi() -> ResponseReturnValue:
    """Describe the addresses, and what each table's rows hold."""
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {"title": gettext("Coded data"), "version": "1"},
            "servers": [{"url": request.url_root.rstrip("/") + BASE.rstrip("/")}],
            "security": [{"bearer": []}, {"basic": []}],
            "paths": {
                "/": {"get": _operation("listTables", JSON, _TABLES)},
                "/$metadata": {"get": _operation("describeTables", XML)},
                "/openapi.json": {"get": _operation("describeAddresses", JSON, {"type": "object"})},
                **{f"/{each.name}": {"get": _rows(each)} for each in tables()[1]},
            },
            "components": {
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer"},
                    "basic": {"type": "http", "scheme": "basic"},
                },
                "schemas": {"Error": _ERROR},
                "responses": {status: _refused(why) for status, why in _REFUSED.items()},
            },
        }
    )


def _rows(of: EntitySet) -> dict[str, Any]:
    """Describe the address of one table."""
    columns = {
        KEY: {"type": "integer", "minimum": 1},
        **{each.name: _TYPES[each.type] for each in of.properties},
        MISSING: {"type": ["string", "null"]},
    }
    rows = {"type": "array", "items": _object(**columns)}
    page = _object(
        **{
            "@odata.context": _TEXT,
            "@odata.count": {"type": "integer", "minimum": 0},
            "@odata.nextLink": _TEXT,
            "value": rows,
        }
    )
    found = _operation(f"read_{of.name}", JSON, _required(page, "@odata.context", "value"))
    found["responses"] |= _refusals("400", "404", "501")
    options = [{"name": name, "in": "query", "schema": schema} for name, schema in _OPTIONS.items()]
    select = {"type": "array", "items": {"type": "string", "enum": list(columns)}}
    chosen = {"name": "$select", "in": "query", "schema": select, "explode": False}
    return found | {"parameters": [*options, chosen]}


def _operation(name: str, kind: str, schema: Schema | None = None) -> dict[str, Any]:
    content = {kind: {"schema": schema} if schema else {}}
    found = {"description": "OK", "content": content}
    return {"operationId": name, "responses": {"200": found} | _refusals(*_OF_ALL)}


def _refusals(*statuses: str) -> dict[str, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _refused(why: str) -> Schema:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": why, "content": {JSON: {"schema": schema}}}

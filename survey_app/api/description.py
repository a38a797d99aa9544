"""The description of the addresses for programs, as OpenAPI 3.1 has it."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from survey_app.api.blueprint import BASE, bp, for_readers

_WHOLE = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_OPTIONS: dict[str, dict[str, Any]] = {
    "$top": _WHOLE,
    "$skip": _WHOLE,
    "$skiptoken": _WHOLE,
    "$count": {"type": "string", "enum": ["true", "false"]},
    "$select": {"type": "string"},
    "$format": {"type": "string", "enum": ["json"]},
}


@bp.get(f"{BASE}openapi.json")
@for_readers
def openapi() -> ResponseReturnValue:
    """Describe the addresses."""
    return jsonify(
        {
            "openapi": "3.1.0",
            "info": {"title": gettext("Coded data"), "version": "1"},
            "servers": [{"url": request.url_root.rstrip("/") + BASE.rstrip("/")}],
            "security": [{"bearer": []}, {"basic": []}],
            "paths": {
                "/": {"get": _operation("listTables", "application/json")},
                "/$metadata": {"get": _operation("describeTables", "application/xml")},
                "/openapi.json": {"get": _operation("describeAddresses", "application/json")},
                "/{table}": {"get": _rows()},
            },
            "components": {
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer"},
                    "basic": {"type": "http", "scheme": "basic"},
                },
                "schemas": {"Error": _ERROR, "Rows": _ROWS},
            },
        }
    )


_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}
_ROWS = {
    "type": "object",
    "required": ["value"],
    "properties": {
        "value": {"type": "array", "items": {"type": "object"}},
        "@odata.count": {"type": "integer"},
        "@odata.nextLink": {"type": "string"},
    },
}


def _rows() -> dict[str, Any]:
    answers = _operation("readRows", "application/json", {"$ref": "#/components/schemas/Rows"})
    in_path = {"name": "table", "in": "path", "required": True, "schema": {"type": "string"}}
    options = [{"name": name, "in": "query", "schema": schema} for name, schema in _OPTIONS.items()]
    answers["responses"] |= {"404": _refused(), "501": _refused()}
    return answers | {"parameters": [in_path, *options]}


def _operation(name: str, kind: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {kind: {"schema": schema} if schema else {}}
    found = {"description": "OK", "content": content}
    responses = {"200": found, "401": _refused(), "403": {"description": ""}}
    return {"operationId": name, "responses": {**responses, "429": {"description": ""}}}


def _refused() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Error"}
    return {"description": "", "content": {"application/json": {"schema": schema}}}

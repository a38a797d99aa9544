"""Numbers of rows in addresses: none is larger than a database's column holds."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1  # of an integer column of PostgreSQL; SQLite's driver fails later, at 2**63


class RowNumber(IntegerConverter):
    """A whole number; an address with a larger one is no address."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max": LARGEST, **options})


def init_app(app: Flask) -> None:
    """Let all addresses with numbers be read so; before the pages are added."""
    app.url_map.converters["int"] = RowNumber

"""Styles and scripts over the wire."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from survey_app import static_files


@pytest.fixture
def client() -> FlaskClient:
    """Give a browser of an app that has nothing but static files."""
    app = Flask(__name__, static_folder=None)
    static_files.init_app(app)
    return app.test_client()


def address_of(client: FlaskClient, name: str) -> str:
    """Give the address that pages use."""
    with client.application.test_request_context():
        return url_for("static", filename=name)


def test_a_file_is_kept_for_a_year_at_the_address_of_its_state(client) -> None:
    """A second visit costs no bytes, and a new release is seen at once."""
    address = address_of(client, "css/base.css")
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == static_files.KEPT
    assert answer.content_type == "text/css; charset=utf-8"
    older = client.get("/static/0123456789ab/css/base.css")
    assert (older.data, older.headers["Cache-Control"]) == (answer.data, "no-cache")


def test_a_file_is_compressed_for_those_who_take_it(client) -> None:
    """A school's slow line carries a quarter of the bytes."""
    address = address_of(client, "js/expressions.js")
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert gzip.decompress(packed.data) == plain.data
    assert plain.content_type == "text/javascript; charset=utf-8"
    assert plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("name", ["../settings.py", "css/../../settings.py", "css", "", "none.css"])
def test_only_the_files_of_the_folder_are_served(client, name) -> None:
    """Nobody reads the rest of the disk."""
    assert client.get(f"/static/x/{name}").status_code == 404


def test_the_digest_follows_every_name_and_byte(tmp_path: Path) -> None:
    """No change of any file is hidden behind an old address."""
    digests = set()
    for name, content in (("a.js", "1"), ("a.js", "2"), ("b.js", "2")):
        for old in tmp_path.iterdir():
            old.unlink()
        (tmp_path / name).write_text(content)
        digests.add(static_files.StaticFiles(tmp_path).digest)
    assert len(digests) == 3

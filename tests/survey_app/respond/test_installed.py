"""What a tablet installs and keeps: everything the pages need, each thing under its digest."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from survey_app.actions import rounds, signoffs
from survey_app.static_files import FOLDER
from tests.factories import CAT, PICTURED, make_version
from tests.survey_app.respond.conftest import SMALL

EASY = "sv-simple"


def kept(client: FlaskClient, name: str) -> dict[str, Any]:
    """Read what the round's service worker is told to keep."""
    text = client.get(f"/e/{name}/worker.js").get_data(as_text=True)
    found = re.match(r"self\.KEPT = (\{.*\});\n", text)
    assert found
    facts: dict[str, Any] = json.loads(found[1])
    return facts


def digest_of(content: bytes) -> str:
    """Give a content's digest as browsers check it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def test_what_is_kept_is_what_the_server_gives(client, open_round) -> None:
    """A page and its parts are of one state, or the browser keeps the ones before."""
    name = open_round()
    facts = kept(client, name)
    for address, digest in facts["files"]:
        answer = client.get(address)
        assert (answer.status_code, digest) == (200, digest_of(answer.data)), address
        assert "Set-Cookie" not in answer.headers
    pages = {address for address, _ in facts["files"] if address.startswith("/e/")}
    languages = ("", "/en")
    assert pages == {
        f"/e/{name}{tag}{end}" for tag in languages for end in ("", "/thanks", "/tablet")
    }


def test_every_module_that_a_page_may_load_is_kept(client, open_round) -> None:
    """No part is found missing when the network is gone."""
    files = {address for address, _ in kept(client, open_round())["files"]}
    names = {address.rsplit("/", 1)[-1] for address in files}
    extras = {"filters.js", "ranks.js", "repeats.js", "shuffling.js", "sliders.js"}
    for module in names & {path.name for path in (FOLDER / "js").iterdir()}:
        text = (FOLDER / "js" / module).read_text(encoding="utf-8")
        wanted = set(re.findall(r'(?:from |import\()"\./([a-z]+\.js)"', text)) - extras
        assert wanted <= names, module


def test_a_round_has_its_own_name_scope_and_start(client, open_round) -> None:
    """Two rounds on one tablet are two apps."""
    name = open_round()
    answer = client.get(f"/e/{name}/en/app.webmanifest")
    facts = answer.get_json(force=True)
    assert answer.content_type == "application/manifest+json"
    assert facts["scope"] == facts["start_url"] == facts["id"] == f"/e/{name}"
    assert (facts["lang"], facts["display"]) == ("en", "standalone")
    for icon in facts["icons"]:
        assert client.get(icon["src"]).content_type.startswith("image/")


def test_the_worker_may_keep_its_round_and_no_more(client, open_round) -> None:
    """The scope is the round's own address."""
    name = open_round()
    answer = client.get(f"/e/{name}/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == f"/e/{name}"
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_content_is_another_version(app, client, open_round, monkeypatch) -> None:
    """A tablet notices every change by the worker's text alone."""
    name = open_round()
    before = client.get(f"/e/{name}/worker.js").data
    assert client.get(f"/e/{name}/worker.js").data == before
    app.extensions["ready_pages"] = type(app.extensions["ready_pages"])()
    files = app.extensions["static_files"]
    changed = dict(files.files)
    base = changed["css/base.css"]
    changed["css/base.css"] = type(base)(base.content + b"\n", None, base.type)
    monkeypatch.setattr(files, "files", changed)
    assert client.get(f"/e/{name}/worker.js").data != before


def test_pictures_are_kept_too(app, client) -> None:
    """A question about a picture makes sense without a network."""
    with app.app_context():
        rounds.create("pictured", make_version(PICTURED, CAT))
        rounds.open_round("pictured")
    files = dict(kept(client, "pictured")["files"])
    assert "/e/pictured/pictures/cat.png" in files


@pytest.fixture
def in_easy_swedish() -> str:
    """Write a questionnaire in a language in which the interface is a draft."""
    return SMALL.replace("label::English (en)", "label::Lätt svenska (sv-simple)")


def test_approved_words_change_what_is_kept(app, client, open_round, in_easy_swedish) -> None:
    """The list follows at once: with digests of before, no tablet could be made ready."""
    name = open_round(in_easy_swedish)
    before = kept(client, name)
    with app.app_context():
        signoffs.approve(signoffs.INTERFACE, EASY, "Asha Warsame")
    try:
        facts = kept(client, name)
        assert facts["version"] != before["version"]
        for address, digest in facts["files"]:
            assert digest == digest_of(client.get(address).data), address
    finally:
        with app.app_context():
            signoffs.withdraw(signoffs.INTERFACE, EASY)


@pytest.mark.parametrize("path", ["worker.js", "tablet", "app.webmanifest"])
def test_what_is_no_round_is_not_installed(client, path) -> None:
    """A wrong address says so."""
    assert client.get(f"/e/nothing-here/{path}").status_code == 404


def test_a_closed_round_keeps_no_more_pages(app, client, open_round) -> None:
    """A tablet that comes back then keeps what it had, and installs nothing."""
    assert client.get(f"/e/{open_round(is_open=False)}/worker.js").status_code == 410


def test_the_tablets_page_says_what_it_needs_without_a_script(client, open_round) -> None:
    """The adult learns why nothing happens, and how to go on."""
    name = open_round()
    page = client.get(f"/e/{name}/en/tablet").get_data(as_text=True)
    assert f'<a href="/e/{name}">' in page
    shown = re.findall(r'data-view="(\w+)"(?! hidden)', page)
    assert shown == ["unable"]

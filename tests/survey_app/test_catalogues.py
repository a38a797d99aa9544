"""Compiling catalogues at the start: current, without guesses, and safe for two servers."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from gettext import GNUTranslations
from pathlib import Path

import pytest

from survey_app.catalogues import compile_catalogues

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Round"
msgstr "{round}"

#, fuzzy
msgid "Guess"
msgstr "Gissning"
"""


@pytest.fixture
def po(tmp_path) -> Path:
    """Give a catalogue's source."""
    path = tmp_path / "source" / "sv" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO.format(round="Omgång"), encoding="utf-8")
    return path


def compiled(tmp_path: Path) -> GNUTranslations:
    """Compile, and read what came out."""
    compile_catalogues(tmp_path / "target", tmp_path / "source")
    with (tmp_path / "target" / "sv" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return GNUTranslations(file)


def test_words_are_translated_and_drafts_come_along(tmp_path, po) -> None:
    """A second speaker reads a draft where it stands, before it is offered to pupils."""
    found = compiled(tmp_path)
    assert found.gettext("Round") == "Omgång"
    assert found.gettext("Guess") == "Gissning"


@pytest.mark.parametrize("age", [-3600, 3600])
def test_a_changed_catalogue_is_compiled_again(tmp_path, po, age) -> None:
    """Also one that is older than the last, after an update was taken back."""
    compiled(tmp_path)
    po.write_text(PO.format(round="Varv"), encoding="utf-8")
    moment = po.stat().st_mtime + age
    os.utime(po, (moment, moment))
    assert compiled(tmp_path).gettext("Round") == "Varv"


def test_an_unchanged_one_is_left_alone(tmp_path, po) -> None:
    """Starting stays quick."""
    compiled(tmp_path)
    target = tmp_path / "target" / "sv" / "LC_MESSAGES" / "messages.mo"
    before = target.stat().st_ino
    compiled(tmp_path)
    assert target.stat().st_ino == before


def test_two_servers_may_compile_at_once(tmp_path, po) -> None:
    """Neither reads half a file, and nothing is left behind."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: compiled(tmp_path).gettext("Round"), range(8)))
    assert found == ["Omgång"] * 8
    assert len(list((tmp_path / "target" / "sv" / "LC_MESSAGES").iterdir())) == 1

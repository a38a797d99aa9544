"""The files of keys: whole or not there, for the server's user alone, and gone when not needed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from survey_app.store.keys import Keys
from survey_app.store.sealing import InvalidTag, new_key, unseal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give where the keys are."""
    return tmp_path / "pool"


def test_a_key_that_does_not_fit_on_the_disk_leaves_nothing(folder, monkeypatch, caplog) -> None:
    """Half a key would open nothing, and stand there for ever."""
    keys = Keys(folder)

    def is_full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", is_full)
    with pytest.raises(OSError, match="No space left"):
        keys.make()
    assert list(folder.iterdir()) == []
    assert "No space left" in caplog.text


def test_a_damaged_key_counts_as_missing(folder) -> None:
    """Then another is made, and pupils can go on answering."""
    key_id, key = Keys(folder).make()
    assert Keys(folder).get(key_id) == key
    (folder / f"{key_id}.key").write_bytes(key[:7])
    assert Keys(folder).get(key_id) is None


def test_one_key_that_cannot_be_removed_saves_no_other(folder, caplog) -> None:
    """It is said, and the rest goes."""
    keys = Keys(folder)
    made = [keys.make()[0] for _ in range(3)]
    (folder / "0.key").mkdir()
    with pytest.raises(OSError, match=r"0\.key"):
        keys.destroy_all_but(made[:1])
    assert {path.stem for path in folder.iterdir()} == {"0", made[0]}
    assert [keys.get(key_id) is None for key_id in made] == [False, True, True]
    assert "1 keys cannot be removed" in caplog.text


def test_nobody_else_may_look_into_the_folder(folder) -> None:
    """A folder from a backup may have been open to all."""
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    Keys(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("length", [0, 11, 12, 27])
def test_what_is_cut_short_opens_no_answer_and_stops_nothing(length) -> None:
    """A damaged row is one that no key opens, not an error that holds up all the others."""
    with pytest.raises(InvalidTag):
        unseal(new_key(), "row", b"0" * length)

"""Put acknowledged answers into the pool, sealed under their round's key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from survey_app.store.database import WRITING
from survey_app.store.keys import Keys
from survey_app.store.sealing import claim_of, seal
from survey_app.store.waiting import EntryCode, Pool, Waiting

KEYS_LOCK = 0x5EA1ED  # of PostgreSQL: one transaction at a time makes or destroys keys

_NEW = insert(Waiting)
_LOCKED = select(Pool.key_id).where(Pool.round_id == bindparam("wanted")).with_for_update()
_USED = select(EntryCode.used).where(
    EntryCode.round_id == bindparam("of_round"), EntryCode.hash == bindparam("of_code")
)
_CLAIMED = select(func.count()).where(
    Waiting.round_id == bindparam("of_round"), Waiting.claim == bindparam("claim")
)


class NoKey(Exception):
    """The round has no key that can be read here; `renew_key` makes one."""


@dataclass(frozen=True, slots=True)
class Sealable:
    """What one row of the pool shall hold.

    Attributes:
        content: What JSON can say; its `code` is the hash of an entry code, or None.
    """

    content: Mapping[str, Any]

    def row(self, round_id: int, key_id: str, key: bytes) -> dict[str, object]:
        """Seal it into a row with a random key of its own."""
        name, code = secrets.token_hex(16), self.content["code"]
        return {
            "key": name,
            "round_id": round_id,
            "key_id": key_id,
            "sealed": seal(key, name, self.content),
            "claim": claim_of(key, code) if code else None,
        }


def add(
    connection: Connection,
    keys: Keys,
    round_id: int,
    key_id: str | None,
    contents: Sequence[Sealable],
) -> None:
    """Seal answers into the pool, in the transaction that locked the round's row of `pool`.

    Args:
        key_id: What that row says.

    Raises:
        NoKey: On PostgreSQL, where other sendings hold the row too: call `renew_key` in a
            transaction of its own, and try again.
        IntegrityError: One brings an entry code that another one has claimed.
    """
    found = _readable(keys, key_id)
    if found is None:
        if connection.dialect.name != "sqlite":
            raise NoKey
        found = renew_key(connection, keys, round_id)
    connection.execute(_NEW, [each.row(round_id, *found) for each in contents])


def renew_key(connection: Connection, keys: Keys, round_id: int) -> tuple[str, bytes]:
    """Give a round a key unless it has one that can be read; give its id and the key."""
    lock_keys(connection)
    found = _readable(keys, lock_pool(connection, round_id))
    if found is None:
        found = keys.make()
        set_key(connection, round_id, found[0])
    return found


def _readable(keys: Keys, key_id: str | None) -> tuple[str, bytes] | None:
    key = keys.get(key_id) if key_id else None
    return (key_id, key) if key_id and key else None


def lock_keys(connection: Connection) -> None:
    """Let nobody else make or destroy keys until the transaction ends; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(KEYS_LOCK)))


def lock_pool(connection: Connection, round_id: int) -> str | None:
    """Wait for the sendings of a round, and hold up others until the transaction ends.

    Returns:
        The id of the round's key.
    """
    return connection.execute(_LOCKED, {"wanted": round_id}).scalar_one_or_none()


def set_key(connection: Connection, round_id: int, key_id: str | None) -> None:
    """Let the answers that come next be sealed under another key."""
    connection.execute(update(Pool).where(Pool.round_id == round_id).values(key_id=key_id))


def is_used(connection: Connection, keys: Keys, round_id: int, code_hash: str) -> bool | None:
    """Tell whether an entry code let an answer in already; None when there is no such code."""
    wanted = {"of_round": round_id, "of_code": code_hash}
    is_flagged = connection.execute(_USED, wanted).scalar_one_or_none()
    if is_flagged is not False:
        return is_flagged
    key_id = connection.execute(select(Pool.key_id).where(Pool.round_id == round_id)).scalar()
    found = _readable(keys, key_id)
    if found is None:
        return False
    claim = {"of_round": round_id, "claim": claim_of(found[1], code_hash)}
    return bool(connection.execute(_CLAIMED, claim).scalar())


def sweep(engine: Engine, keys: Keys) -> int:
    """Destroy all keys that no committed row needs; give how many there were.

    Nobody writes meanwhile, so no key is taken that somebody is about to use. Nothing else may
    happen in this transaction: what it sees must have been committed.
    """
    with engine.execution_options(**{WRITING: True}).begin() as connection:
        lock_keys(connection)
        current = select(Pool.key_id).where(Pool.key_id.is_not(None))
        needed = connection.execute(current.union(select(Waiting.key_id))).scalars()
        return keys.destroy_all_but({each for each in needed if each})

"""Release what waits: all at once, in an order by chance, and under no key any more."""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from survey_app.store.keys import Keys
from survey_app.store.models import Response
from survey_app.store.pool import Sealable, lock_keys, lock_pool, set_key
from survey_app.store.sealing import InvalidTag, unseal
from survey_app.store.waiting import EntryCode, Waiting

LEAST_OF_DISTRICT = 10  # answers of a round; fewer do not tell where they come from
DAMAGED = "damaged"  # instead of a key's id: no key opens the row, so none is kept for it
AT_A_TIME = 500

log = logging.getLogger(__name__)

Content = dict[str, Any]

_WAITING = select(Waiting.key, Waiting.key_id, Waiting.sealed).where(
    Waiting.round_id == bindparam("of_round")
)
_GONE = delete(Waiting).where(Waiting.key == bindparam("gone"))
_BAD = update(Waiting).where(Waiting.key == bindparam("bad")).values(key_id=DAMAGED)
_USED = (
    update(EntryCode)
    .where(EntryCode.round_id == bindparam("of_round"), EntryCode.hash == bindparam("of_code"))
    .values(used=True)
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a release did to one round.

    Attributes:
        released: Answers that can be read now.
        waiting: Answers that wait for others.
        unreadable: Answers whose key is gone: no one can read them any more.
    """

    released: int = 0
    waiting: int = 0
    unreadable: int = 0


def release(
    connection: Connection, keys: Keys, round_id: int, *, least: int, is_over: bool
) -> Outcome:
    """Move answers from the pool to the responses, in the caller's transaction.

    Afterwards, and after the commit, `store.pool.sweep` destroys the key they were under. What
    must wait longer is sealed anew under another key, in rows that do not show which they were.

    Args:
        least: How many must go together.
        is_over: The round takes no more answers: then all go.
    """
    lock_keys(connection)
    lock_pool(connection, round_id)
    names, opened, unreadable = _opened(connection, keys, round_id)
    going, staying = _sorted_out(connection, round_id, opened, least, is_over)
    if going:
        _move(connection, round_id, going)
        connection.execute(_GONE, [{"gone": name} for name in names])
    if going or is_over:
        _seal_anew(connection, keys, round_id, staying)
    return Outcome(len(going), len(staying), unreadable)


def _opened(
    connection: Connection, keys: Keys, round_id: int
) -> tuple[list[str], list[Content], int]:
    """Open all that can be opened; give the rows' keys, what they hold, and how many cannot."""
    names, contents, unreadable = [], [], 0
    for name, key_id, sealed in connection.execute(_WAITING, {"of_round": round_id}).all():
        key = keys.get(key_id)
        if key is None:
            unreadable += 1
            continue
        try:
            contents.append(unseal(key, name, sealed))
            names.append(name)
        except InvalidTag:
            unreadable += 1
            connection.execute(_BAD, {"bad": name})
    if unreadable:
        log.error(
            "%s waiting answers of round %s cannot be opened: their key is missing from the "
            "folder pool in the data directory, or they were changed. They stay where they are; "
            "restore the folder if you can.",
            unreadable,
            round_id,
        )
    return names, contents, unreadable


def _sorted_out(
    connection: Connection, round_id: int, opened: Iterable[Content], least: int, is_over: bool
) -> tuple[list[Content], list[Content]]:
    """Tell those who go from those who wait.

    Answers that show the same district hide among each other alone, so `least` counts for each
    district by itself, and those that show none.
    """
    there = _by_district(connection, round_id)
    groups: dict[str | None, list[Content]] = defaultdict(list)
    for content in opened:
        groups[content["district"]].append(content)
    going: list[Content] = []
    staying: list[Content] = []
    for district, group in groups.items():
        is_enough = district is None or len(group) + there[district] >= LEAST_OF_DISTRICT
        may_go = is_enough and len(group) >= least
        (going if may_go else staying).extend(group)
    if not is_over:
        return going, staying
    going += [{**content, "district": None} for content in staying]
    _hide_the_rest(connection, round_id, going, there)
    return going, []


def _by_district(connection: Connection, round_id: int) -> Counter[str | None]:
    counted = select(Response.district, func.count()).where(Response.round_id == round_id)
    there: Counter[str | None] = Counter()
    for district, count in connection.execute(counted.group_by(Response.district)):
        there[district] = count
    return there


def _hide_the_rest(
    connection: Connection, round_id: int, going: list[Content], there: Counter[str | None]
) -> None:
    """Take the district from more answers while a few without would show by having none."""
    total = there + Counter(content["district"] for content in going)
    districts = sorted((count, name) for name, count in total.items() if name is not None)
    for count, name in districts:
        if not 0 < total[None] < LEAST_OF_DISTRICT:
            return
        shown = update(Response).where(Response.round_id == round_id, Response.district == name)
        connection.execute(shown.values(district=None))
        total[None] += count
        for content in going:
            content["district"] = None if content["district"] == name else content["district"]


def _move(connection: Connection, round_id: int, going: list[Content]) -> None:
    SystemRandom().shuffle(going)
    for start in range(0, len(going), AT_A_TIME):
        rows = [_row(round_id, each) for each in going[start : start + AT_A_TIME]]
        connection.execute(insert(Response), rows)
    if codes := sorted(content["code"] for content in going if content["code"]):
        connection.execute(_USED, [{"of_round": round_id, "of_code": code} for code in codes])


def _row(round_id: int, content: Content) -> dict[str, object]:
    return {
        "id": str(uuid4()),
        "round_id": round_id,
        "version_id": content["version_id"],
        "answers": content["answers"],
        "asked": content["asked"],
        "district": content["district"],
    }


def _seal_anew(
    connection: Connection, keys: Keys, round_id: int, staying: Sequence[Content]
) -> None:
    if not staying:
        set_key(connection, round_id, None)
        return
    key_id, key = keys.make()
    set_key(connection, round_id, key_id)
    rows = [Sealable(content).row(round_id, key_id, key) for content in staying]
    connection.execute(insert(Waiting), rows)

"""The feed: which tables there are, what their columns mean, and their rows part by part.

Source: OData Version 4.01, Part 1: Protocol, and JSON Format Version 4.01 (OASIS, 2020).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from exports.odata import KEY, MEDIA_TYPE, MISSING, EntitySet, entity, entity_sets, metadata
from exports.wording import wording_for
from survey_app.actions import extracts, feeding
from survey_app.api.blueprint import BASE, bp, for_readers, reader
from survey_app.errors import told_to_programs
from survey_app.languages import spoken
from survey_app.store.models import Round

JSON = "application/json;odata.metadata=minimal;charset=utf-8"
AT_A_TIME = 5_000  # responses of an answer, unless a program wants fewer
_ALL = 1 << 62
OPTIONS = {"$top", "$skip", "$count", "$select", "$skiptoken", "$format"}


class Unreadable(Exception):
    """A query option has a value that means nothing."""

    status = 400


class NotDone(Unreadable):
    """A query option that programs are to do without."""

    status = 501


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a program asks for.

    Attributes:
        top: So many rows at most; None for all.
        skip: So many rows are passed over.
        first: How many responses earlier answers have brought.
        columns: Names; empty for all.
        is_counted: Whether the number of rows is wanted too.
        part: Responses of one answer.
    """

    top: int | None
    skip: int
    first: int
    columns: frozenset[str]
    is_counted: bool
    part: int


@bp.get(BASE)
@for_readers
def service() -> ResponseReturnValue:
    """List the tables."""
    listed = [{"name": each.name, "kind": "EntitySet", "url": each.name} for each in tables()[1]]
    return _answer({"@odata.context": f"{_base()}$metadata", "value": listed})


@bp.get(f"{BASE}$metadata")
@for_readers
def described() -> ResponseReturnValue:
    """Describe all tables and their columns, in the reader's language."""
    sets = [(each, wording_for(each.codebook, spoken(), gettext)) for each in tables()[1]]
    return Response(metadata(sets), content_type=MEDIA_TYPE, headers={"OData-Version": "4.0"})


@bp.get(f"{BASE}<string:table>")
@for_readers
def rows(table: str) -> ResponseReturnValue:
    """Give rows of a table; the first ones of a reading are put on record as an extract."""
    sources, sets = tables()
    of = next((each for each in sets if each.name == table), None)
    if of is None:
        return told_to_programs(404, gettext("There is no such table, or nothing to read yet."))
    try:
        wanted = _wanted(of)
    except Unreadable as strange:
        sentence = gettext("The option %(option)s is not understood here.", option=str(strange))
        return told_to_programs(strange.status, sentence)
    rounds = sources[of.codebook.instrument]
    answer = _answer(_page(of, rounds, wanted))
    if not wanted.first:
        written = io.BytesIO(answer.get_data())
        extracts.note_feed(of.codebook.instrument, written, rounds, reader())
    return answer


def tables() -> tuple[Mapping[str, Sequence[Round]], Sequence[EntitySet]]:
    """Give the rounds that may be read, by instrument, and what is fed of them."""
    sources = feeding.sources()
    return sources, entity_sets(feeding.codebooks(sources))


def _page(of: EntitySet, rounds: Sequence[Round], wanted: Wanted) -> dict[str, Any]:
    found = list(_chosen(of, rounds, wanted))
    page: dict[str, Any] = {"@odata.context": f"{_base()}$metadata#{of.name}"}
    if wanted.is_counted:
        page["@odata.count"] = sum(1 for _ in feeding.rows(rounds, of.table, 0, _ALL))
    page["value"] = found
    after = wanted.first + wanted.part
    has_more = next(feeding.rows(rounds, 0, after, 1), None) is not None
    if has_more and wanted.top is None:
        page["@odata.nextLink"] = _next(of, after, wanted)
    return page


def _chosen(of: EntitySet, rounds: Sequence[Round], wanted: Wanted) -> Iterator[dict[str, Any]]:
    most = _ALL if wanted.top is not None or wanted.skip else wanted.part
    read = feeding.rows(rounds, of.table, wanted.first, most)
    end = None if wanted.top is None else wanted.skip + wanted.top
    for place, row in islice(enumerate(read, start=1), wanted.skip, end):
        whole = entity(of, wanted.first + place, row)
        yield {name: whole[name] for name in whole if not wanted.columns or name in wanted.columns}


def _wanted(of: EntitySet) -> Wanted:
    given = request.args
    _refuse_others(given)
    if given.get("$format", "json").partition(";")[0] not in {"json", "application/json"}:
        raise Unreadable("$format")
    names = {KEY, MISSING, *(each.name for each in of.properties)}
    columns = {each.strip() for each in given.get("$select", "").split(",")} - {"", "*"}
    if columns - names:
        raise Unreadable(f"$select={min(columns - names)}")
    return Wanted(
        top=_number("$top") if "$top" in given else None,
        skip=_number("$skip"),
        first=_number("$skiptoken"),
        columns=frozenset(columns),
        is_counted=given.get("$count") == "true",
        part=_preferred(),
    )


def _refuse_others(given: MultiDict[str, str]) -> None:
    """Refuse options that are not done, are given twice, or are neither true nor false."""
    for option, values in given.lists():
        if option.startswith("$") and option not in OPTIONS:
            raise NotDone(option)
        if option in OPTIONS and len(values) > 1:
            raise Unreadable(option)
    if given.get("$count", "false") not in {"true", "false"}:
        raise Unreadable("$count")


def _number(option: str) -> int:
    text = request.args.get(option, "0")
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Unreadable(f"{option}={text[:20]}")
    return int(text)


def _preferred() -> int:
    """Give fewer responses at a time where a program prefers it."""
    for each in request.headers.get("Prefer", "").split(","):
        name, _, number = each.strip().removeprefix("odata.").partition("=")
        if name == "maxpagesize" and number.isdecimal():
            return min(AT_A_TIME, max(1, int(number[:9])))
    return AT_A_TIME


def _next(of: EntitySet, after: int, wanted: Wanted) -> str:
    select = f"&$select={','.join(sorted(wanted.columns))}" if wanted.columns else ""
    return f"{_base()}{of.name}?$skiptoken={after}{select}"


def _base() -> str:
    return request.url_root.rstrip("/") + BASE


def _answer(content: Mapping[str, Any]) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(text, content_type=JSON, headers={"OData-Version": "4.0"})

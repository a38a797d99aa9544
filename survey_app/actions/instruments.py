"""Publish instruments, and give them back compiled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from flask import current_app

from forms import library
from forms.changes import conflicts_with
from forms.compile import compile_workbook
from forms.instrument import Instrument, Mode
from forms.lint import lint
from forms.media import Picture
from forms.problems import BadInstrument, Problem, ProblemCode, Problems
from forms.reading import check_with_pyxform
from forms.workbook import SETTINGS, Workbook
from survey_app.actions import pictures as kept_pictures
from survey_app.actions.calendar import today
from survey_app.actions.errors import InstrumentUnknown
from survey_app.actions.pictures import NO_PICTURES
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import InstrumentVersion

CACHE = "compiled_instruments"


def check(workbook: Workbook, fallback_name: str = "", media: Collection[str] = ()) -> Problems:
    """Find what is wrong with an author's workbook; the standard compiler has the last word.

    Args:
        workbook: The author's sheets.
        fallback_name: The instrument's name when the settings give no form_id.
        media: Names of the pictures that come along.
    """
    result = compile_workbook(workbook, fallback_name=fallback_name, media=media)
    problems = [*result.problems, *(lint(result.draft, workbook) if result.draft else ())]
    if not result.problems.has_errors:
        problems += check_with_pyxform(workbook)
    return Problems(problems)


def judge(workbook: Workbook, fallback_name: str, media: Collection[str]) -> Problems:
    """Find what is wrong with a workbook, by itself and as the next version of its instrument."""
    problems = check(workbook, fallback_name, media)
    if problems.has_errors:
        return problems
    instrument = compiled(workbook, fallback_name, media)
    return Problems([*problems, *contradictions(instrument)])


def compiled(
    workbook: Workbook,
    fallback_name: str = "",
    media: Collection[str] = (),
    *,
    is_published: bool = False,
) -> Instrument:
    """Compile a workbook that comes with pictures of these names.

    Args:
        is_published: Answers to it are kept, so that it must be read whatever rules came later.

    Raises:
        BadInstrument: It has errors; all of them are in `problems`.
    """
    result = compile_workbook(
        workbook, fallback_name=fallback_name, media=media, is_published=is_published
    )
    if result.instrument is None:
        raise BadInstrument(result.problems)
    return result.instrument


def publish(
    workbook: Workbook,
    fallback_name: str = "",
    pictures: Mapping[str, Picture] = NO_PICTURES,
    note: str = "",
) -> InstrumentVersion:
    """Publish a workbook and its pictures as its instrument's next version.

    The same sheets and pictures again are the version they already are.

    Args:
        workbook: The author's sheets, which `check` may have judged before.
        fallback_name: The instrument's name when the settings give no form_id.
        pictures: What comes along, by name.
        note: What is new in it, for those who choose a version.

    Raises:
        BadInstrument: It has errors, or contradicts an earlier version; nothing is published.
    """
    instrument = compiled(workbook, fallback_name, pictures)
    content = workbook.tidied().to_json()
    digest = digest_of(content, pictures)
    with writing():
        version = queries.version_with(instrument.name, digest)
        if version is None:
            _refuse_contradictions(instrument)
            version = _version(instrument, content, digest)
            version.note = note
            db.session.add(version)
            kept_pictures.add_to(version, pictures)
    return version


def contradictions(instrument: Instrument) -> Problems:
    """Find what an instrument would mean differently than its earlier versions, name by name.

    Each question is compared with the newest published version that asked it, so that all
    versions can share one coded file.
    """
    earlier = [instrument_of(each.id) for each in reversed(queries.versions_of(instrument.name))]
    conflicts = [change.problem() for change in conflicts_with(earlier, instrument)]
    return Problems([*conflicts, *_broken_promise(earlier, instrument)])


def _broken_promise(earlier: Sequence[Instrument], new: Instrument) -> Sequence[Problem]:
    """Keep what was anonymous so for ever; the tables refuse anything else too."""
    was_anonymous = any(each.mode is Mode.ANONYMOUS for each in earlier)
    if not was_anonymous or new.mode is Mode.ANONYMOUS:
        return ()
    promise = ProblemCode.ANONYMITY_PROMISED
    return (Problem(code=promise, sheet=SETTINGS, column="sa_mode", params={"name": new.name}),)


def _refuse_contradictions(instrument: Instrument) -> None:
    if problems := contradictions(instrument):
        raise BadInstrument(problems)


def digest_of(content: Mapping[str, object], pictures: Mapping[str, Picture] = NO_PICTURES) -> str:
    """Give the SHA-256 of a workbook's JSON and its pictures, the same on every machine."""
    hashes = {name: hashlib.sha256(each.content).hexdigest() for name, each in pictures.items()}
    whole = {**content, "pictures": hashes} if hashes else content
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def instrument_of(version_id: int) -> Instrument:
    """Give a published version compiled; each process compiles it once.

    Raises:
        InstrumentUnknown: No version has that number.
    """
    cache: dict[int, Instrument] = current_app.extensions.setdefault(CACHE, {})
    if version_id not in cache:
        version = _found(version_id)
        names = [picture.name for picture in kept_pictures.shown_by(version_id)]
        workbook = Workbook.from_json(version.workbook)
        cache[version_id] = compiled(workbook, version.name, names, is_published=True)
    return cache[version_id]


def workbook_of(version_id: int) -> Workbook:
    """Give the sheets of a published version.

    Raises:
        InstrumentUnknown: No version has that number.
    """
    return Workbook.from_json(_found(version_id).workbook)


def newest_version(name: str) -> InstrumentVersion:
    """Find an instrument's newest version; a built-in one is published when it never was.

    Raises:
        InstrumentUnknown: It is neither published nor built in.
    """
    versions = queries.versions_of(name)
    if versions:
        return versions[0]
    if name not in library.names():
        raise InstrumentUnknown(instrument=name)
    return publish(library.load(name, with_drafts=True))


def version_numbered(name: str, number: int) -> InstrumentVersion:
    """Find one version of an instrument.

    Raises:
        InstrumentUnknown: There is none of that name and number.
    """
    found = next((each for each in queries.versions_of(name) if each.number == number), None)
    if found is None:
        raise InstrumentUnknown(instrument=f"{name} {number}")
    return found


def workbook_named(name: str) -> Workbook:
    """Give the sheets of an instrument's newest version, or of a built-in one.

    Raises:
        InstrumentUnknown: It is neither published nor built in.
    """
    versions = queries.versions_of(name)
    if versions:
        return workbook_of(versions[0].id)
    if name not in library.names():
        raise InstrumentUnknown(instrument=name)
    return library.load(name)


@cache
def built_in(name: str) -> Instrument:
    """Give a built-in instrument compiled; it stays the same while the process runs."""
    return compiled(library.load(name))


def built_in_only() -> Sequence[str]:
    """Name the built-in instruments that nobody has published."""
    published = {version.name for version in queries.all_versions()}
    return [name for name in library.names() if name not in published]


def _found(version_id: int) -> InstrumentVersion:
    version = db.session.get(InstrumentVersion, version_id)
    if version is None:
        raise InstrumentUnknown(instrument=version_id)
    return version


def _version(instrument: Instrument, content: dict[str, object], digest: str) -> InstrumentVersion:
    return InstrumentVersion(
        name=instrument.name,
        label=instrument.version,
        number=queries.next_number(instrument.name),
        mode=instrument.mode.value,
        title=dict(instrument.title),
        workbook=content,
        digest=digest,
        published_on=today(),
    )

"""Drafts: workbooks that were uploaded and checked, to be looked at, tried and published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from uuid import uuid4

from sqlalchemy import delete, select

from forms.attachments import Attachments, attachments_of
from forms.changes import Changes, changes_between
from forms.compile import compile_workbook
from forms.instrument import Instrument
from forms.media import Picture
from forms.problems import BadInstrument, Problems
from forms.reading import read_workbook
from forms.reading.refusal import problems_from_json, problems_to_json
from forms.workbook import Workbook
from survey_app.actions import instruments
from survey_app.actions.calendar import today
from survey_app.actions.errors import DraftHasErrors, DraftUnknown, NotOneWorkbook
from survey_app.store import queries
from survey_app.store.database import db, writing
from survey_app.store.models import Draft, DraftPicture, InstrumentVersion

KEPT_FOR = timedelta(days=7)
WORKBOOK_ENDING = ".xlsx"

NamedFile = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Upload:
    """What an author sent, read and judged."""

    file_name: str
    workbook: Workbook
    attachments: Attachments
    problems: Problems


def read(files: Sequence[NamedFile]) -> Upload:
    """Read a workbook with the pictures and tables that were sent along.

    Raises:
        NotOneWorkbook: There is no workbook among the files, or several.
        BadInstrument: The workbook cannot be read at all; its problems say why.
    """
    books = [(name, data) for name, data in files if name.lower().endswith(WORKBOOK_ENDING)]
    if len(books) != 1:
        raise NotOneWorkbook
    file_name, content = books[0]
    refused = Problems()
    attachments = attachments_of([file for file in files if file not in books], refused)
    workbook = read_workbook(content).with_tables(attachments.tables)
    judged = instruments.judge(workbook, _fallback_name(file_name), attachments.pictures)
    return Upload(file_name, workbook, attachments, Problems([*refused, *judged]))


def keep(upload: Upload, account_id: int) -> Draft:
    """Keep an upload as its author's draft; drafts that are too old go."""
    draft = Draft(
        id=str(uuid4()),
        account_id=account_id,
        file_name=upload.file_name,
        uploaded_on=today(),
        workbook=upload.workbook.to_json(),
        problems=problems_to_json(upload.problems),
        pictures=[
            DraftPicture(name=each.name, media_type=each.media_type, content=each.content)
            for each in upload.attachments.pictures.values()
        ],
    )
    with writing():
        forget_old()
        db.session.add(draft)
    return draft


def forget_old() -> None:
    """Delete drafts that nobody published in time; in the caller's transaction."""
    db.session.execute(delete(Draft).where(Draft.uploaded_on < today() - KEPT_FOR))


def forget(draft: Draft) -> None:
    """Throw a draft away."""
    with writing():
        db.session.execute(delete(Draft).where(Draft.id == draft.id))


def find(draft_id: str, account_id: int) -> Draft:
    """Find a draft of one's own.

    Raises:
        DraftUnknown: There is none, it was published or has become too old, or it is another's.
    """
    draft = db.session.get(Draft, draft_id) if draft_id.isprintable() else None
    is_own = draft is not None and draft.account_id == account_id
    if draft is None or not is_own or draft.uploaded_on < today() - KEPT_FOR:
        raise DraftUnknown
    return draft


def of_account(account_id: int) -> Sequence[Draft]:
    """Give an account's drafts, the newest first."""
    oldest = today() - KEPT_FOR
    wanted = select(Draft).where(Draft.account_id == account_id, Draft.uploaded_on >= oldest)
    return db.session.scalars(wanted.order_by(Draft.uploaded_on.desc(), Draft.file_name)).all()


def workbook_of(draft: Draft) -> Workbook:
    """Give a draft's sheets and tables."""
    return Workbook.from_json(draft.workbook)


def problems_of(draft: Draft) -> Problems:
    """Give what was found wrong when the draft was uploaded."""
    return problems_from_json(draft.problems)


def pictures_of(draft: Draft) -> dict[str, Picture]:
    """Give a draft's pictures by name."""
    return {each.name: Picture(each.name, each.media_type, each.content) for each in draft.pictures}


def instrument_of(draft: Draft) -> Instrument | None:
    """Compile a draft; None when it has errors."""
    media = [picture.name for picture in draft.pictures]
    return compile_workbook(
        workbook_of(draft), fallback_name=_fallback_name(draft.file_name), media=media
    ).instrument


def newest_before(instrument: Instrument) -> InstrumentVersion | None:
    """Give the published version that a draft would follow; None when it would be the first."""
    return next(iter(queries.versions_of(instrument.name)), None)


def changes(instrument: Instrument) -> Changes | None:
    """Say what a draft changes of the newest published version; None when there is none."""
    newest = newest_before(instrument)
    return changes_between(instruments.instrument_of(newest.id), instrument) if newest else None


def publish(draft: Draft, note: str) -> InstrumentVersion:
    """Publish a draft, and forget it.

    Raises:
        DraftHasErrors: Something must be mended first, or it contradicts a version that was
            published in the meantime.
    """
    if problems_of(draft).has_errors:
        raise DraftHasErrors
    name, pictures = _fallback_name(draft.file_name), pictures_of(draft)
    try:
        version = instruments.publish(workbook_of(draft), name, pictures, note)
    except BadInstrument as error:
        raise DraftHasErrors from error
    forget(draft)
    return version


def _fallback_name(file_name: str) -> str:
    return PurePath(file_name).stem

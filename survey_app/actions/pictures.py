"""The pictures of published versions: kept with them, and found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import select

from forms.media import Picture
from survey_app.store.database import db
from survey_app.store.models import InstrumentVersion, VersionPicture

NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


def add_to(version: InstrumentVersion, pictures: Mapping[str, Picture]) -> None:
    """Put pictures beside a version that is just being published, in the same transaction."""
    db.session.flush()  # the version gets its number
    for picture in pictures.values():
        width, height = picture.size or (None, None)
        kept = VersionPicture(
            version_id=version.id,
            name=picture.name,
            media_type=picture.media_type,
            width=width,
            height=height,
            content=picture.content,
        )
        db.session.add(kept)


def shown_by(version_id: int) -> Sequence[VersionPicture]:
    """Give a version's pictures by name; the bytes are fetched only where they are read."""
    wanted = select(VersionPicture).where(VersionPicture.version_id == version_id)
    return db.session.scalars(wanted.order_by(VersionPicture.name)).all()


def find(version_id: int, name: str) -> Picture | None:
    """Find one picture of a version by the author's name for it."""
    kept = db.session.get(VersionPicture, (version_id, name))
    return None if kept is None else Picture(kept.name, kept.media_type, kept.content)


def of_version(version_id: int) -> Mapping[str, Picture]:
    """Give all pictures of a version, with their bytes."""
    kept = shown_by(version_id)
    return {each.name: Picture(each.name, each.media_type, each.content) for each in kept}

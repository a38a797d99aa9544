"""What was done to a scheme of codes: each time a version with all codes as they were then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from survey_app.store.coding import Code, Scheme, SchemeVersion
from survey_app.store.database import db

COLUMNS = (
    "id", "parent_id", "name", "label", "definition", "includes", "excludes", "example", "colour",
)  # fmt: skip


def history(scheme: Scheme) -> Sequence[SchemeVersion]:
    """Give what was done to a scheme, the newest first."""
    wanted = select(SchemeVersion).where(SchemeVersion.scheme_id == scheme.id)
    return db.session.scalars(wanted.order_by(SchemeVersion.number.desc())).all()


def note(scheme: Scheme, account: str, action: str, details: Mapping[str, Any]) -> None:
    """Keep a new version of a scheme, in the transaction of what was done."""
    scheme.revision = (scheme.revision or 0) + 1
    wanted = select(Code).where(Code.scheme_id == scheme.id).order_by(Code.id)
    codes = db.session.scalars(wanted).all()
    version = SchemeVersion(scheme_id=scheme.id, number=scheme.revision, at=datetime.now(UTC))
    version.by, version.action, version.details = account, action, details
    version.codes = [{name: getattr(code, name) for name in COLUMNS} for code in codes]
    db.session.add(version)

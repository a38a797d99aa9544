"""What the page calls a unit, and what it says of it: never more than its readers need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from survey_app.actions.returns.expecting import Expected
from survey_app.actions.returns.placing import PUPIL
from survey_app.actions.returns.rows import school_year
from survey_app.actions.returns.scope import Group, GroupKind
from survey_app.store.database import db
from survey_app.store.register import District, Pupil, School, Team

_TABLES = {"team": Team, "school": School, "district": District}
_GROUPS: Mapping[GroupKind, Any] = {GroupKind.TEAM: Team, GroupKind.SCHOOL: School}


def facts_of(expected: Sequence[Expected]) -> Mapping[str, str]:
    """Say of each pupil the school year: code -> words."""
    found = {}
    for each in expected:
        pupil = db.session.get(Pupil, each.unit.code) if each.unit.kind == PUPIL else None
        if pupil is not None:
            year = school_year(pupil, each.period.last)
            found[pupil.code] = gettext("year %(number)s", number=year)
    return found


def names_of(expected: Sequence[Expected]) -> Mapping[str, str]:
    """Give each unit's name: code -> name; a pupil has none but the pseudonym."""
    found = {}
    for each in expected:
        table = _TABLES.get(each.unit.kind)
        row = db.session.get(table, each.unit.code) if table else None
        found[each.unit.code] = getattr(row, "name", each.unit.code)
    return found


def group_name(group: Group) -> str:
    """Give a team's or a school's name."""
    named = db.session.get(_GROUPS[group.kind], group.code)
    return str(named.name) if named else group.code

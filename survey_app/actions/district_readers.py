"""Who sees which district's figures: given to an account, with days, and on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from survey_app.actions import trail
from survey_app.actions.calendar import today
from survey_app.actions.errors import DistrictCodeUnknown
from survey_app.actions.validity import end, valid_today
from survey_app.store.database import db
from survey_app.store.register import District, DistrictReader


def districts() -> Sequence[District]:
    """Give the districts of today, by name."""
    return valid_today(select(District).order_by(District.name))


def refuse_unknown(codes: Sequence[str]) -> None:
    """Raise DistrictCodeUnknown for a code that is no district's today."""
    known = [each.code for each in districts()]
    for code in codes:
        if code not in known:
            raise DistrictCodeUnknown(district=code, districts=", ".join(known))


def give(address: str, codes: Sequence[str]) -> None:
    """Let an account see districts from today on, in the caller's write transaction."""
    for code in codes:
        db.session.add(DistrictReader(district=code, account=address, valid_from=today()))


def bring(address: str, codes: Sequence[str], by: str) -> None:
    """Let an account see these districts and no others, in the caller's write transaction.

    Raises:
        DistrictCodeUnknown: The register does not have it.
    """
    refuse_unknown(codes)
    held = {each.district: each for each in _rows(address)}
    if {*held} == {*codes}:
        return
    for code in held.keys() - set(codes):
        end(held[code])
    give(address, sorted(set(codes) - held.keys()))
    trail.record(by, "account.districts", address, {"districts": [sorted(held), sorted(codes)]})


def held_by(address: str) -> Sequence[str]:
    """Give the codes of the districts that an account may see today."""
    return sorted(each.district for each in _rows(address))


def names_by_account() -> Mapping[str, Sequence[str]]:
    """Name the districts that each account may see today."""
    names = {each.code: each.name for each in db.session.scalars(select(District))}
    found: dict[str, list[str]] = {}
    for each in valid_today(select(DistrictReader).order_by(DistrictReader.district)):
        found.setdefault(each.account, []).append(names[each.district])
    return found


def _rows(address: str) -> list[DistrictReader]:
    return valid_today(select(DistrictReader).where(DistrictReader.account == address))

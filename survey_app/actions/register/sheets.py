"""The register as a workbook: which sheet and column holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from survey_app.actions.register.pathway import Phase
from survey_app.store.database import Base
from survey_app.store.register import (
    Consent,
    District,
    Gender,
    Milestone,
    MilestoneState,
    Owner,
    PathwayEvent,
    Placement,
    Pupil,
    School,
    SchoolOfficer,
    Team,
    TeamKind,
    TeamMember,
    TeamSchool,
)

PROFESSIONS = (
    "kurator", "skolsocionom", "socialsekreterare", "specialpedagog", "speciallarare",
    "studie-och-yrkesvagledare", "skolskoterska", "elevcoach", "faltassistent",
    "familjebehandlare", "annan",
)  # fmt: skip
AREAS = (
    "narvaro", "lektion-studiero", "amne-uppgift", "relation-elev", "relation-vuxen",
    "hem-skola", "halsa-vardag", "fritid", "annat",
)  # fmt: skip
PARTIES = ("skola", "socialtjanst", "vard", "vardnadshavare")
DATA_CLASSES = ("narvaro", "betyg", "delmal", "insatser", "kartlaggning")
SIGNATORIES = ("elev", "vardnadshavare-1", "vardnadshavare-2")


class Kind(StrEnum):
    """What a column holds."""

    CODE = "code"
    TEXT = "text"
    DAY = "day"
    WHOLE = "whole"
    SHARE = "share"
    YES_NO = "yes-no"
    ONE_OF = "one-of"
    SOME_OF = "some-of"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        header: In the workbook.
        attribute: Of the model; for a level's text its number, such as "-1".
        values: What ONE_OF and SOME_OF may hold.
        refers_to: The sheet whose key it names.
    """

    header: str
    attribute: str
    kind: Kind = Kind.CODE
    is_key: bool = False
    is_needed: bool = True
    values: tuple[str, ...] = ()
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One sheet."""

    name: str
    model: type[Base]
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[Column, ...]:
        """Give the columns that tell rows apart."""
        return tuple(column for column in self.columns if column.is_key)


def _key(header: str, attribute: str, refers_to: str = "", kind: Kind = Kind.CODE) -> Column:
    return Column(header, attribute, kind, is_key=True, refers_to=refers_to)


def _one_of(header: str, attribute: str, values: type[StrEnum] | tuple[str, ...]) -> Column:
    return Column(header, attribute, Kind.ONE_OF, values=tuple(str(value) for value in values))


def _some_of(header: str, attribute: str, values: tuple[str, ...]) -> Column:
    return Column(header, attribute, Kind.SOME_OF, values=values)


def _maybe(header: str, attribute: str, kind: Kind, refers_to: str = "") -> Column:
    return Column(header, attribute, kind, is_needed=False, refers_to=refers_to)


_FROM = Column("gäller_från", "valid_from", Kind.DAY)
_KEY_FROM = _key("gäller_från", "valid_from", kind=Kind.DAY)
_TO = _maybe("gäller_till", "valid_to", Kind.DAY)
_NAME = Column("namn", "name", Kind.TEXT)

# What others refer to comes first.
SHEETS = (
    RegisterSheet(
        "stadsdelar",
        District,
        (_key("kod", "code"), _NAME, _maybe("uppgår_i", "successor", Kind.CODE, "stadsdelar"),
         _FROM, _TO),
    ),
    RegisterSheet(
        "skolor",
        School,
        (_key("kod", "code"), _NAME, _one_of("huvudman", "owner", Owner),
         Column("stadsdel", "district", refers_to="stadsdelar"), _FROM, _TO),
    ),
    RegisterSheet(
        "team",
        Team,
        (_key("kod", "code"), _NAME, _one_of("typ", "kind", TeamKind), _FROM, _TO),
    ),
    RegisterSheet(
        "teamets_skolor",
        TeamSchool,
        (_key("team", "team", "team"), _key("skola", "school", "skolor"), _KEY_FROM, _TO),
    ),
    RegisterSheet(
        "tjänster",
        TeamMember,
        (_key("team", "team", "team"), _key("tjänst", "post"), _KEY_FROM, _TO,
         _one_of("yrke", "profession", PROFESSIONS), Column("andel", "fte", Kind.SHARE),
         _maybe("konto", "account", Kind.EMAIL)),
    ),
    RegisterSheet(
        "skolans_ansvariga",
        SchoolOfficer,
        (_key("skola", "school", "skolor"), _key("konto", "account", kind=Kind.EMAIL),
         _KEY_FROM, _TO),
    ),
    RegisterSheet(
        "elever",
        Pupil,
        (_key("elev", "code"), _one_of("kön", "gender", Gender),
         Column("födelseår", "birth_year", Kind.WHOLE),
         Column("förskjutning", "year_shift", Kind.WHOLE, is_needed=False),
         _maybe("bostadsstadsdel", "home_district", Kind.CODE, "stadsdelar")),
    ),
    RegisterSheet(
        "placeringar",
        Placement,
        (_key("elev", "pupil", "elever"), _KEY_FROM, _TO,
         Column("skola", "school", refers_to="skolor"), Column("team", "team", refers_to="team")),
    ),
    RegisterSheet(
        "vägen",
        PathwayEvent,
        (_key("elev", "pupil", "elever"), _key("nummer", "number", kind=Kind.WHOLE),
         _one_of("steg", "phase", Phase), Column("dag", "day", Kind.DAY),
         _maybe("skäl", "reason", Kind.TEXT)),
    ),
    RegisterSheet(
        "samtycken",
        Consent,
        (_key("elev", "pupil", "elever"), _key("undertecknat", "signed_on", kind=Kind.DAY),
         Column("blankett", "form_version"), _some_of("parter", "parties", PARTIES),
         _some_of("uppgifter", "data_classes", DATA_CLASSES),
         _some_of("undertecknare", "signatories", SIGNATORIES),
         _maybe("gäller_till", "valid_to", Kind.DAY),
         _maybe("återkallat", "withdrawn_on", Kind.DAY)),
    ),
    RegisterSheet(
        "delmål",
        Milestone,
        (_key("elev", "pupil", "elever"), _key("nummer", "number", kind=Kind.WHOLE),
         _one_of("område", "area", AREAS), Column("delmål", "text", Kind.TEXT),
         Column("med_elev", "with_pupil", Kind.YES_NO),
         Column("med_vårdnadshavare", "with_guardian", Kind.YES_NO),
         Column("start", "starts_on", Kind.DAY), _maybe("mål_dag", "target_day", Kind.DAY),
         Column("vikt", "importance", Kind.WHOLE, is_needed=False),
         Column("svårighet", "difficulty", Kind.WHOLE, is_needed=False),
         Column("utgångsläge", "baseline", Kind.WHOLE, is_needed=False),
         _maybe("nivå_-2", "-2", Kind.TEXT), _maybe("nivå_-1", "-1", Kind.TEXT),
         _maybe("nivå_0", "0", Kind.TEXT), _maybe("nivå_1", "1", Kind.TEXT),
         _maybe("nivå_2", "2", Kind.TEXT),
         _one_of("läge", "state", MilestoneState), _maybe("avslutat", "ended_on", Kind.DAY),
         _maybe("skäl", "reason", Kind.TEXT)),
    ),
)  # fmt: skip
BY_NAME: Mapping[str, RegisterSheet] = {sheet.name: sheet for sheet in SHEETS}
LEVELS = ("-2", "-1", "0", "1", "2")
# What a cell left blank means, where it does not mean nothing.
DEFAULTS: Mapping[tuple[str, str], Any] = {
    ("elever", "year_shift"): 0,
    ("delmål", "importance"): 1,
    ("delmål", "difficulty"): 1,
    ("delmål", "baseline"): -1,
    ("delmål", "reason"): "",
    ("vägen", "reason"): "",
}
RANGES: Mapping[tuple[str, str], range] = {
    ("elever", "birth_year"): range(1990, 2101),
    ("elever", "year_shift"): range(-3, 4),
    ("vägen", "number"): range(1, 1000),
    ("delmål", "number"): range(1, 1000),
    ("delmål", "importance"): range(1, 4),
    ("delmål", "difficulty"): range(1, 4),
    ("delmål", "baseline"): range(-2, 3),
}

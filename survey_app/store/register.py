"""The tables of the register: who reports about whom, with history. Nobody is named in them.

Whatever ends has a last day instead of being deleted, so that old figures can be worked out again.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Integer,
    Numeric,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from survey_app.store.checks import among
from survey_app.store.database import Base
from survey_app.store.dated import Dated

CODE_LENGTH = 32
PSEUDONYM_LENGTH = 16


class Owner(StrEnum):
    """Who runs a school."""

    MUNICIPAL = "kommunal"
    INDEPENDENT = "fristaende"


class TeamKind(StrEnum):
    """How a team works: from its own room at a school, or visiting."""

    STATIONED = "stationerat"
    MOBILE = "mobilt"


class Gender(StrEnum):
    """What is registered; mandatory, for the city wants it and divides by it where n allows."""

    GIRL = "flicka"
    BOY = "pojke"
    OTHER = "annat"


class MilestoneState(StrEnum):
    """Where a milestone (delmål) is."""

    ACTIVE = "aktivt"
    REACHED = "natt"
    REPLACED = "ersatt"
    DROPPED = "avbrutet"


class District(Dated, Base):
    """A city district (stadsdel).

    Attributes:
        successor: The code of the district that it became a part of, the day after its last.
    """

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    successor: Mapped[str | None] = mapped_column(
        ForeignKey("district.code", deferrable=True, initially="DEFERRED")
    )


class School(Dated, Base):
    """A school, in the district where it stands (at its beginning)."""

    __tablename__ = "school"
    rules = (among("owner", Owner),)

    code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(16))
    district: Mapped[str] = mapped_column(ForeignKey("district.code"))


class Team(Dated, Base):
    """A school-social team."""

    __tablename__ = "team"
    rules = (among("kind", TeamKind),)

    code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))


class TeamSchool(Dated, Base):
    """That a team works at a school."""

    __tablename__ = "team_school"

    team: Mapped[str] = mapped_column(ForeignKey("team.code"), primary_key=True)
    school: Mapped[str] = mapped_column(ForeignKey("school.code"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class TeamMember(Dated, Base):
    """A post in a team, by profession; its holder has an account but no name here.

    Attributes:
        post: What tells posts of one team apart, such as "kurator 1".
        fte: Full-time equivalent, 0-1.
        account: Address of whoever holds it and may report; None when nobody does.
    """

    __tablename__ = "team_member"
    rules = (CheckConstraint("fte > 0 AND fte <= 1", name="fte"),)

    team: Mapped[str] = mapped_column(ForeignKey("team.code"), primary_key=True)
    post: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    profession: Mapped[str] = mapped_column(String(CODE_LENGTH))
    fte: Mapped[Decimal] = mapped_column(Numeric(4, 3))
    account: Mapped[str | None] = mapped_column(
        ForeignKey("account.email", onupdate="CASCADE", ondelete="SET NULL")
    )


class SchoolOfficer(Dated, Base):
    """That an account reports a school's attendance and grades (the school's officer for them)."""

    __tablename__ = "school_officer"

    school: Mapped[str] = mapped_column(ForeignKey("school.code"), primary_key=True)
    account: Mapped[str] = mapped_column(
        ForeignKey("account.email", onupdate="CASCADE", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class DistrictReader(Dated, Base):
    """That an account sees a district's figures beside the city's (its steering group does)."""

    __tablename__ = "district_reader"

    district: Mapped[str] = mapped_column(ForeignKey("district.code"), primary_key=True)
    account: Mapped[str] = mapped_column(
        ForeignKey("account.email", onupdate="CASCADE", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    )
    valid_from: Mapped[date] = mapped_column(primary_key=True)


class Pupil(Base):
    """A pupil under a random pseudonym: the key to who it is stays with the team, outside.

    Attributes:
        birth_year: With `year_shift` gives the school year; stays true when the years shift.
        year_shift: School years behind (-1) or ahead (1) of those born the same year.
        home_district: Where the pupil is registered as living; often not the school's.
    """

    __tablename__ = "pupil"
    __table_args__ = (
        among("gender", Gender),
        CheckConstraint("birth_year BETWEEN 1990 AND 2100", name="birth_year"),
        CheckConstraint("year_shift BETWEEN -3 AND 3", name="year_shift"),
    )

    code: Mapped[str] = mapped_column(String(PSEUDONYM_LENGTH), primary_key=True)
    gender: Mapped[str] = mapped_column(String(16))
    birth_year: Mapped[int] = mapped_column(Integer)
    year_shift: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    home_district: Mapped[str | None] = mapped_column(ForeignKey("district.code"))


class Placement(Dated, Base):
    """Which school a pupil goes to, and which team follows the pupil, from a day on."""

    __tablename__ = "placement"

    pupil: Mapped[str] = mapped_column(ForeignKey("pupil.code"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    school: Mapped[str] = mapped_column(ForeignKey("school.code"), index=True)
    team: Mapped[str] = mapped_column(ForeignKey("team.code"), index=True)


class PathwayEvent(Base):
    """That a pupil came to a phase of the pathway on a day; see `actions.register.pathway`."""

    __tablename__ = "pathway_event"

    pupil: Mapped[str] = mapped_column(ForeignKey("pupil.code"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    phase: Mapped[str] = mapped_column(String(16))
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")


class EnrolmentSpan(Base):
    """When a pupil is reported about: worked out of pathway and consents at each change of them.

    Attributes:
        last_day: The day of discharge, or the one before the consent was taken back; None while
            it goes on.
    """

    __tablename__ = "enrolment_span"

    pupil: Mapped[str] = mapped_column(ForeignKey("pupil.code"), primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date | None]


class Consent(Base):
    """A samtycke to sharing information: it lifts secrecy between the parties, no more.

    Attributes:
        parties: Codes of those who may share, separated by spaces.
        data_classes: Codes of what may be shared, separated by spaces.
        signatories: Who signed: "elev", "vardnadshavare", separated by spaces.
        withdrawn_on: From this day on nothing more is reported.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR signed_on <= valid_to", name="dates"),
        CheckConstraint("withdrawn_on IS NULL OR signed_on <= withdrawn_on", name="withdrawn"),
    )

    pupil: Mapped[str] = mapped_column(ForeignKey("pupil.code"), primary_key=True)
    signed_on: Mapped[date] = mapped_column(primary_key=True)
    form_version: Mapped[str] = mapped_column(String(CODE_LENGTH))
    parties: Mapped[str] = mapped_column(Text)
    data_classes: Mapped[str] = mapped_column(Text)
    signatories: Mapped[str] = mapped_column(Text)
    valid_to: Mapped[date | None]
    withdrawn_on: Mapped[date | None]


class Milestone(Base):
    """A delmål that team and pupil have agreed on.

    Attributes:
        number: 1, 2, 3 ... of the pupil's milestones.
        text: At most 200 characters, without names; fixed once it has been rated.
        importance, difficulty: 1-3; their product is the weight in the T-score.
        baseline: The level at the start, normally -1.
        level_texts: "-2" ... "2" -> what the level means for this milestone.
    """

    __tablename__ = "milestone"
    __table_args__ = (
        among("state", MilestoneState),
        CheckConstraint("length(text) <= 200", name="text"),
        CheckConstraint("importance BETWEEN 1 AND 3", name="importance"),
        CheckConstraint("difficulty BETWEEN 1 AND 3", name="difficulty"),
        CheckConstraint("baseline BETWEEN -2 AND 2", name="baseline"),
    )

    pupil: Mapped[str] = mapped_column(ForeignKey("pupil.code"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    area: Mapped[str] = mapped_column(String(CODE_LENGTH))
    text: Mapped[str] = mapped_column(Text)
    with_pupil: Mapped[bool]
    with_guardian: Mapped[bool]
    starts_on: Mapped[date]
    target_day: Mapped[date | None]
    importance: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    difficulty: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    baseline: Mapped[int] = mapped_column(Integer, default=-1, server_default="-1")
    level_texts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    state: Mapped[str] = mapped_column(String(16), default=MilestoneState.ACTIVE)
    ended_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")

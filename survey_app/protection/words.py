"""Words for the pages of data protection: numbers, lengths of time, kinds of data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask_babel import format_date, gettext, lazy_gettext, ngettext

from survey_app.actions.retention import sets
from survey_app.protection.blueprint import bp
from survey_app.store.retention import ProtocolKind, RetentionProtocol, Unit

WHAT = {
    "rounds": lazy_gettext("Rounds"),
    "responses": lazy_gettext("Anonymous answers"),
    "returns": lazy_gettext("Returns"),
    "submissions": lazy_gettext("Forms sent by devices"),
    "pupils": lazy_gettext("Pupils of the register"),
    "interviews": lazy_gettext("Interview cases"),
    "scans": lazy_gettext("Signed papers"),
    "extracts": lazy_gettext("Lines of the log of files"),
    "accounts": lazy_gettext("Accounts"),
    "mails": lazy_gettext("Mails"),
    "milestone": lazy_gettext("Milestones"),
    "consent": lazy_gettext("Consents"),
    "enrolment_span": lazy_gettext("Times of enrolment"),
    "pathway_event": lazy_gettext("Steps of the pathway"),
    "placement": lazy_gettext("Placements"),
    "trail": lazy_gettext("Entries of the record of changes"),
}
LENGTHS: dict[str, Callable[[int], str]] = {
    Unit.DAY: lambda length: ngettext("%(num)d day", "%(num)d days", length),
    Unit.MONTH: lambda length: ngettext("%(num)d month", "%(num)d months", length),
    Unit.YEAR: lambda length: ngettext("%(num)d year", "%(num)d years", length),
}


@bp.app_template_filter()
def counted(what: str) -> str:
    """Say what a number is of."""
    return str(WHAT.get(what, what))


@bp.app_template_filter()
def number_or_hidden(number: int | None) -> str:
    """Give a number, or two dots where it may not be known."""
    return ".." if number is None else str(number)


@bp.app_template_filter()
def length_of_time(rule: str) -> str:
    """Say a length of time, such as “2 year”, in words."""
    length, _, unit = rule.partition(" ")
    return LENGTHS[unit](int(length)) if unit in LENGTHS else rule


@bp.app_template_filter()
def long_day(day: date | None) -> str:
    """Give a day in words."""
    return format_date(day, "long") if day else ""


@bp.app_template_filter()
def protocol_title(kept: RetentionProtocol) -> str:
    """Say what a protocol is about."""
    if kept.kind == ProtocolKind.PERSON:
        return gettext("One person")
    return gettext(sets.find(kept.data_set).title)

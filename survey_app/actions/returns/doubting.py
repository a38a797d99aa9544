"""What is implausible in a return: asked about where it stands, never refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask_babel import gettext, ngettext

from exports.derived.attendance import Attendance, are_alike, differ_by
from survey_app.actions.returns.prefilling import milestones_at

LEVEL = "delmal_niva"
SCHEDULED, EXCUSED, UNEXCUSED = "schema_min", "giltig_min", "ogiltig_min"
LARGEST_JUMP = 2  # levels in a month
LARGEST_DIFFERENCE = 10  # points of absence between the school's figures and the team's

Values = Mapping[str, str]


def doubts(values: Values, before: Values, school: Values) -> dict[str, str]:
    """Say by address what somebody should look at once more, in the reader's language.

    Args:
        values: The return's answers.
        before: Those of the month before; {} when there is none.
        school: Those of the school's own attendance return; {} when there is none.
    """
    return {**dict(_jumps(values, before)), **dict(_attendance(values, before, school))}


def levels_of(values: Values) -> dict[str, tuple[str, int]]:
    """Give the level of each rated milestone, with its address, by the milestone's number."""
    found: dict[str, tuple[str, int]] = {}
    for prefix, number in milestones_at(values):
        if (level := _whole(values.get(prefix + LEVEL))) is not None:
            found[number] = (prefix + LEVEL, level)
    return found


def attendance_of(values: Values) -> Attendance | None:
    """Read the minutes; None when they are not all there, or impossible."""
    minutes = [_whole(values.get(name)) for name in (SCHEDULED, EXCUSED, UNEXCUSED)]
    scheduled, excused, unexcused = minutes
    if scheduled is None or excused is None or unexcused is None:
        return None
    try:
        return Attendance(scheduled, excused, unexcused)
    except ValueError:
        return None


def _jumps(values: Values, before: Values) -> Iterator[tuple[str, str]]:
    earlier = levels_of(before)
    for number, (address, level) in levels_of(values).items():
        if number not in earlier:
            continue
        jump = abs(level - earlier[number][1])
        if jump > LARGEST_JUMP:
            yield (
                address,
                ngettext(
                    "This is %(num)s step from last month. Is it right?",
                    "This is %(num)s steps from last month. Is it right?",
                    jump,
                ),
            )


def _attendance(values: Values, before: Values, school: Values) -> Iterator[tuple[str, str]]:
    now, earlier, theirs = (attendance_of(each) for each in (values, before, school))
    if now is None:
        return
    if now.scheduled and not now.absence:
        yield UNEXCUSED, gettext("No absence at all, of a pupil who is here for it. Is it right?")
    if earlier is not None and are_alike(now, earlier):
        yield SCHEDULED, gettext("These are the same figures as last month. Is it right?")
    difference = None if theirs is None else differ_by(theirs, now)
    if difference is not None and abs(difference) > LARGEST_DIFFERENCE:
        yield (
            EXCUSED,
            gettext(
                "The school's own figures differ by %(points)s points of absence. Is it right?",
                points=round(abs(difference)),
            ),
        )


def _whole(text: str | None) -> int | None:
    try:
        return int(text or "")
    except ValueError:
        return None

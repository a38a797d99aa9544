"""Results of anonymous rounds, which are over for good: counted once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from flask import current_app

from exports.results.enkat import EnkatResult, results_of
from forms.instrument import Mode
from survey_app.actions import exporting, releases, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import RoundUnknown
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

KEPT = "enkat_results"
_counting = Lock()


def find(name: str) -> Round:
    """Find an anonymous round whose results may be read.

    Raises:
        RoundUnknown: There is none of that name, or it is not anonymous.
        RoundStillOpen: It is not closed yet.
    """
    releases.release_ended()
    found = rounds.find(name)
    if found.mode != Mode.ANONYMOUS:
        raise RoundUnknown(round=name)
    rounds.refuse_unless_readable(found)
    return found


def result_of(of: Round) -> EnkatResult:
    """Count a closed round; once, for it never changes again."""
    kept: dict[tuple[int, int], EnkatResult] = current_app.extensions.setdefault(KEPT, {})
    key = of.id, queries.response_count(of.id)
    if key not in kept:
        with _counting:
            if key not in kept:
                kept[key] = results_of(exporting.coded([of]))
    return kept[key]


def closed() -> Sequence[Round]:
    """Give the anonymous rounds that are over and may be read, the oldest first."""
    releases.release_ended()
    return [
        each
        for each in sorted(queries.all_rounds(), key=lambda each: each.id)
        if each.mode == Mode.ANONYMOUS
        and each.state_on(today()) is RoundState.CLOSED
        and not rounds.is_withheld(each, queries.response_count(each.id))
    ]


def waves_of(instrument: str) -> Sequence[tuple[Round, EnkatResult]]:
    """Give the closed rounds of a questionnaire that enough have answered, the oldest first."""
    found = [(each, result_of(each)) for each in closed() if each.version.name == instrument]
    return [(each, result) for each, result in found if not result.is_hidden]

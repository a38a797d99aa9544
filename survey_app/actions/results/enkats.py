"""Results of anonymous rounds, which are over for good: counted once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock

from cattrs import BaseValidationError
from flask import current_app

from exports.codebook import Codebook, codebook_of
from exports.errors import ConflictingVersions
from exports.results.alike import results_of_alike
from exports.results.enkat import EnkatResult
from forms.instrument import Instrument, Mode
from forms.marking import N_
from survey_app.actions import exporting, releases, rounds
from survey_app.actions.calendar import today
from survey_app.actions.errors import ActionError, RoundUnknown
from survey_app.actions.released_rows import alike_in, has_districts
from survey_app.actions.results import released
from survey_app.actions.results.plain import plain_with
from survey_app.actions.results.released import Part
from survey_app.store import queries
from survey_app.store.models import Round, RoundState

KEPT = "enkat_results"
ENKAT = "enkat"
VERSIONS = "versions"
DEFINED = "enkat-index.1 enkat-kon.1 enkat-fragor.1 enkat-flerval.1"
_counting = Lock()


class ResultsBeingCounted(ActionError):
    """Another request counts an enkät for the first time."""

    sentence = N_("The results are being counted. Load the page again in a few seconds.")
    status = 503
    retry_after = 5


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
    """Count a closed round; once, for it never changes again: what was shown of it is kept.

    Raises:
        ResultsBeingCounted: Somebody else has asked for it, and it takes a while.
    """
    kept: dict[tuple[int, int], EnkatResult] = current_app.extensions.setdefault(KEPT, {})
    key = of.id, queries.response_count(of.id)
    if key not in kept:
        # Who answers needs the server's threads: they are not kept waiting here.
        if not _counting.acquire(blocking=False):
            raise ResultsBeingCounted
        try:
            kept[key] = _result(of)
        finally:
            _counting.release()
    return kept[key]


def _result(of: Round) -> EnkatResult:
    part = Part(ENKAT, of.name, "", DEFINED)
    if found := released.newest(part):
        codebook = _codebook(of, exporting.versions_by_id(found.told[VERSIONS]))
        with suppress(BaseValidationError):  # another version of the program has kept it
            return plain_with(codebook).structure(found.figures, EnkatResult)
    versions = exporting.answered_versions(of)
    codebook = _codebook(of, versions)
    names = {version_id: each.version for version_id, each in versions.items()}
    is_of_city = not has_districts([of.id])  # gender and district together tell of few
    result = results_of_alike(codebook, alike_in(of.id, names), by_gender=is_of_city)
    if not result.is_hidden:
        released.note(part, plain_with(codebook).unstructure(result), {VERSIONS: [*versions]})
    return result


def _codebook(of: Round, versions: Mapping[int, Instrument]) -> Codebook:
    try:
        return codebook_of(*versions.values())
    except ConflictingVersions as error:
        raise exporting.several_versions([of], error) from error


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

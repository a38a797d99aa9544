"""What happened to a return since it was handed in, read from the trail of changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.instrument import Instrument
from survey_app.actions import trail
from survey_app.actions.register.states import ReturnState
from survey_app.actions.returns.placing import Unit
from survey_app.actions.returns.reading import label_at, words_at
from survey_app.actions.returns.saving import subject_of
from survey_app.store.models import Round
from survey_app.store.returns import AuditEntry

ACCEPTED = "return.accept"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is another one now, in words; "" where none was given."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the trail.

    Attributes:
        at: UTC.
        action: `submit`, `save`, `cannot`, `accept` or `give-back`.
        reason: What was written: the team's reason, or the coordinator's comment.
    """

    at: datetime
    actor: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a return.

    Attributes:
        events: The newest first.
        was_accepted: Whether it ever was: the changes are those since then, else since it was
            first handed in.
        is_whole: False when it was a draft in between, whose changes nobody records.
    """

    events: Sequence[Event]
    changes: Sequence[Change]
    was_accepted: bool
    is_whole: bool


def story_of(of: Round, unit: Unit, instrument: Instrument) -> Story:
    """Tell what happened to a return."""
    entries = trail.of_subject(subject_of(of.name, unit))
    accepted = [place for place, entry in enumerate(entries) if entry.action == ACCEPTED]
    since = entries[: accepted[0]] if accepted else entries[:-1]
    changed = _net(_details(entry).get("values", {}) for entry in reversed(since))
    changes = [
        Change(
            label_at(instrument, at),
            words_at(instrument, at, was),
            words_at(instrument, at, now),
        )
        for at, (was, now) in sorted(changed.items())
        if was != now
    ]
    is_whole = not any(_before(entry) == ReturnState.DRAFT for entry in since)
    return Story([_event(each) for each in entries], changes, bool(accepted), is_whole)


def _net(steps: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, tuple[str, str]]:
    """Join changes, the oldest first, to what each value was at first and is at last."""
    found: dict[str, tuple[str, str]] = {}
    for step in steps:
        for address, (old, new) in step.items():
            found[address] = (found.get(address, (old, ""))[0], new)
    return found


def _event(entry: AuditEntry) -> Event:
    details = _details(entry)
    reason = details.get("comment") or details.get("reason") or ""
    action = entry.action.removeprefix("return.")
    return Event(datetime.fromisoformat(entry.at), entry.actor, action, str(reason))


def _before(entry: AuditEntry) -> str | None:
    state = _details(entry).get("state") or [None]
    return str(state[0]) if state[0] else None


def _details(entry: AuditEntry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.details)
    return found

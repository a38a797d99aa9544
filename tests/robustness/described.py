"""Ask the addresses for programs all that their OpenAPI document allows, and much that it does not.

    python -m tests.robustness.described [--examples 100] [--seed 1]

Schemathesis makes the requests and compares each answer with the document: its status, its kind of
content and its schema. They are sent with a key, without one, and with a wrong one. Prints JSON:
how many were sent, the answers by status, and what was not as described. Exit 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from schemathesis import engine, openapi
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.schemas import BaseSchema

from forms.answers import Answers
from survey_app.actions import responses, rounds, tokens
from survey_app.store.submissions import READING
from tests.factories import make_app, make_response, make_round
from tests.robustness.addresses import fill_app
from tests.survey_app.api.test_feed import SAID, TABLE
from tests.survey_app.returns.city import COORDINATOR

DOCUMENT = "/api/v1/openapi.json"
NOT_DONE = 501  # what OData wants said of options that programs do without
REFUSED = {401, 429}  # sixty wrong keys in a minute, then the address waits
UNKNOWN = {401}


@dataclass(slots=True)
class Found:
    """What came back.

    Attributes:
        statuses: How often an answer had which status.
        faults: What was not as described -> the first address that showed it.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)

    def take(self, recorder: ScenarioRecorder, allowed: Collection[int]) -> None:
        """Take the answers of one address into account; any status will do when none is named."""
        for each in recorder.interactions.values():
            if each.response is None:
                continue
            self.statuses[each.response.status_code] += 1
            if allowed and each.response.status_code not in (405, *allowed):
                self.faults[f"{each.response.status_code} without a key"] = each.request.uri
        for case, fault in _failures(recorder):
            self.faults.setdefault(fault, recorder.interactions[case].request.uri)


def _failures(recorder: ScenarioRecorder) -> Iterator[tuple[str, str]]:
    for case, checks in recorder.checks.items():
        for each in checks:
            if each.failure_info is not None:
                failure = each.failure_info.failure
                yield case, f"{recorder.label}: {failure.title}: {failure.message}"


def ask(app: Flask, key: str, examples: int, number: int, *, phases: Collection[str] = ()) -> Found:
    """Ask with a key, so many times at random beside what is tried of every option."""
    found = Found()
    schema = _described(app, key, {"Authorization": f"Bearer {key}"}, examples, number, phases)
    _run(schema, found, ())
    return found


def knock(app: Flask, key: str, wrong: Mapping[str, str], allowed: Collection[int]) -> Found:
    """Ask with headers that open nothing."""
    found = Found()
    _run(_described(app, key, wrong, 5, 1, {"fuzzing"}), found, allowed)
    return found


def _run(schema: BaseSchema, found: Found, allowed: Collection[int]) -> None:
    for event in engine.from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            found.take(event.recorder, allowed)
        elif isinstance(event, FatalError):
            raise event.exception
        elif isinstance(event, NonFatalError):
            found.faults[f"{event.label}: {event.value!r}"] = ""


def _described(
    app: Flask,
    key: str,
    headers: Mapping[str, str],
    examples: int,
    number: int,
    phases: Collection[str],
) -> BaseSchema:
    """Read the document with a key, and make requests of it with other headers."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    names = {"examples", "coverage", "fuzzing"}
    wanted: dict[str, Any] = {
        "headers": dict(headers),
        "seed": number,
        "continue-on-failure": True,
        "generation": {"max-examples": examples, "database": "none"},
        "phases": {
            "stateful": {"enabled": False},
            **{name: {"enabled": not phases or name in phases} for name in names},
        },
        "checks": {
            "ignored_auth": {"enabled": False},  # `knock` does that; this way the address waits
            "not_a_server_error": {"expected-statuses": ["2xx", "4xx", str(NOT_DONE)]},
        },
    }
    return openapi.from_wsgi(
        DOCUMENT,
        app,
        config=SchemathesisConfig.from_dict(wanted),
        headers={"Authorization": f"Bearer {key}"},
    )


def fill_table() -> None:
    """Let there be a closed round with numbers, days, texts and what is missing."""
    made = make_round("described", table=TABLE)
    asked = frozenset({"well", "many", "day", "about"})
    for values in SAID:
        make_response(made, Answers(dict(values), asked))
    rounds.close_round("described")


def main() -> int:
    """Ask, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="described-") as folder:
        app = make_app(Path(folder) / "data")
        try:
            with app.app_context():
                fill_app(app)
                fill_table()
                key = tokens.create(COORDINATOR, "described", READING)
            found = {
                "with a key": ask(app, key, given.examples, given.seed),
                "without a key": knock(app, key, {}, UNKNOWN),
                "with a wrong key": knock(app, key, {"Authorization": "Bearer x"}, REFUSED),
            }
        finally:
            responses.close(app)
    told = {
        how: {"statuses": dict(each.statuses), "faults": each.faults} for how, each in found.items()
    }
    sys.stdout.write(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    return 1 if any(each.faults for each in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Send odd things to every address of the app as several roles: no answer may be a server's error.

    python -m tests.robustness.addresses [--examples 5000] [--seed 1]

Gaps of addresses are filled with what is there, what is not, and what nobody expects; so are queries
and forms, with field names that the pages use. Prints JSON: how many were sent, the answers by
status, and each error once with the shortest request that brings it about. Exit 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from survey_app.actions import accounts, responses, rounds, tokens
from survey_app.audience import PROGRAMS, Role
from survey_app.store.database import db, writing
from survey_app.store.models import Account
from survey_app.store.submissions import READING
from tests.factories import CAT, PICTURED, make_app, make_response, make_round, weaken_passwords
from tests.survey_app.actions.coding.coded import make_coded
from tests.survey_app.conftest import PASSWORD, token
from tests.survey_app.returns.city import (
    COORDINATOR,
    OFFICER,
    OTHER,
    OURS,
    TEAM,
    fill,
    hand_in,
    log_in,
)
from tests.survey_app.test_addresses import GAPS

ADMINISTRATOR, CODER = "keeper@demo.example", "coding@demo.example"
INTERVIEWER, RESEARCHER = "talks@demo.example", "research@demo.example"
DISTRICT_READER = "group@demo.example"
PEOPLE = {
    "": None,
    TEAM: Role.TEAM_MEMBER,
    OFFICER: Role.SCHOOL_OFFICER,
    COORDINATOR: Role.COORDINATOR,
    ADMINISTRATOR: Role.ADMINISTRATOR,
    CODER: Role.CODER,
    INTERVIEWER: Role.INTERVIEWER,
    RESEARCHER: Role.RESEARCHER,
    DISTRICT_READER: Role.DISTRICT_READER,
}
# What ends a login or a server, and what only a program of its own answers.
LEFT_OUT = {"security.logout", "static"}
ODD = (
    "", "0", "-1", "1e999", "99999999999999999999", "²", "٣", "å", "😀", "x" * 300,
    "a\x00b", "a\nb", "../../etc/passwd", "%2e%2e", "<b>&amp;", "' OR 1=1 --", "{{7*7}}", "%s",
    "2026-13-45", "2026-02-30", "9999-12-31", "ht-2026", "ht-0000", "ht-99999", "None", "[]", "a[1]/b",
)  # fmt: skip
KNOWN = (
    "manad-2026-10", "manad-2026-09", "autumn", "talks", "manad", "pets", "xlsx", "csv", "svg",
    "1", "2", "t1", OURS[0], "pupil", "teams", "sv", "en", "ar", "enkat", "waves", "milestones",
    "attendance", "interviews", "overview", "reached", "ht-2026", "2026-10", "returns", "cat.png",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """One request."""

    who: str
    method: str
    view: str
    path: str
    form: Mapping[str, str]

    def __len__(self) -> int:
        """Tell how much a reader has to look at."""
        return len(self.path) + sum(len(k) + len(v) for k, v in self.form.items())


@dataclass(slots=True)
class Found:
    """What came back."""

    statuses: Counter[int] = field(default_factory=Counter)
    errors: dict[str, Sent] = field(default_factory=dict)

    def note(self, sent: Sent, status: int, why: str) -> None:
        """Take an answer into account; of each error the shortest request is kept."""
        self.statuses[status] += 1
        if status >= 500 and status != 503:  # 503 says when to come again
            key = why or f"{status} {sent.view}"
            if key not in self.errors or len(sent) < len(self.errors[key]):
                self.errors[key] = sent


class Walker:
    """Everybody's browsers, and what they send."""

    def __init__(self, app: Flask) -> None:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        self.found, self._app, self._why = Found(), app, ""
        self._browsers = {
            who: log_in(app.test_client(), who) if role else app.test_client()
            for who, role in PEOPLE.items()
        }
        self._tokens = {
            who: token(each, "/nope" if who else "/login") for who, each in self._browsers.items()
        }
        with app.app_context():
            self._key = tokens.create(COORDINATOR, "program", READING)
        rules = [each for each in app.url_map.iter_rules() if each.endpoint not in LEFT_OUT]
        self.routes = [
            (rule.endpoint, method, rule.rule)
            for rule in sorted(rules, key=lambda each: each.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST"})
        ]
        handlers = app.error_handler_spec[None][None]
        for kind in (Exception, DBAPIError):
            handlers[kind] = self._noting(handlers[kind])

    def admitted(self, view: str) -> Sequence[str]:
        """Give who is let in, several times: most of what is sent shall get that far."""
        audience: frozenset[Role] = getattr(self._app.view_functions[view], "audience", frozenset())
        return ([who for who, role in PEOPLE.items() if role in audience] or [""]) * 9

    def send(self, sent: Sent) -> None:
        """Send a request, and note what comes."""
        self._why = ""
        login = (COORDINATOR, self._key) if sent.path.startswith(PROGRAMS) and sent.who else None
        form = (
            {**sent.form, "csrf_token": self._tokens[sent.who]} if sent.method == "POST" else None
        )
        with self._browsers[sent.who].open(
            sent.path, method=sent.method, data=form, auth=login
        ) as answer:
            self.found.note(sent, answer.status_code, self._why)

    def _noting(self, handle: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Note which exception a page of an error is about."""

        def handled(error: Exception) -> Any:
            frames = traceback.extract_tb(error.__traceback__)
            own = [each for each in frames if "site-packages" not in each.filename]
            place = (own or frames)[-1]
            self._why = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
            return handle(error)

        return handled


texts = st.one_of(st.sampled_from(KNOWN), st.sampled_from(ODD), st.text(max_size=12))


def fields_of(app: Flask) -> Sequence[str]:
    """Give the field names that the pages use."""
    names: set[str] = set()
    for name in app.jinja_env.list_templates():
        source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, name)  # type: ignore[union-attr]
        names.update(re.findall(r'name="([a-z_]+)"', source))
    return sorted(names | {"response_id", "file", "page", "$top", "$skip", "$select", "$skiptoken"})


def requests(walker: Walker, names: Sequence[str]) -> st.SearchStrategy[Sent]:
    """Make requests to any address."""
    some = st.dictionaries(st.sampled_from(names), texts, max_size=4)
    gaps = defaultdict(
        lambda: texts,
        {name: st.one_of(st.just(each), st.just(each), texts) for name, each in GAPS.items()},
    )

    @st.composite
    def one(draw: st.DrawFn) -> Sent:
        view, method, rule = draw(st.sampled_from(walker.routes))
        path = re.sub(
            r"<(?:[^:<>]+:)?([^<>]+)>", lambda gap: quote(draw(gaps[gap[1]]), safe=""), rule
        )
        query = draw(st.one_of(st.just({}), some))
        form = draw(some) if method == "POST" else {}
        who = draw(st.sampled_from([*walker.admitted(view), *PEOPLE]))
        return Sent(who, method, view, f"{path}?{urlencode(query)}" if query else path, form)

    return one()


def walk(app: Flask, examples: int, number: int) -> Found:
    """Send so many requests."""
    walker = Walker(app)

    @seed(number)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests(walker, fields_of(app)))
    def everything(sent: Sent) -> None:
        walker.send(sent)

    everything()
    return walker.found


def fill_app(app: Flask) -> None:
    """Let there be something behind each kind of address."""
    fill()
    weaken_passwords(app)
    for email, role in PEOPLE.items():
        if role and email not in {TEAM, OFFICER, COORDINATOR}:
            accounts.create(email, [role], PASSWORD)
    for code in OURS[:6]:
        hand_in(rounds.find("manad-2026-10"), code)
    made = make_round(table=PICTURED, pictures=[CAT])
    for _ in range(6):
        make_response(made)
    with writing():  # two towns have one of that name
        db.session.execute(
            update(Account).where(Account.email == OTHER).values(email="o@demo.example")
        )
    make_coded()


def main() -> int:
    """Walk, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    given_ = parser.parse_args()
    os.environ.setdefault("SURVEY_APP_SECOND_FACTOR", "off")  # a password is enough here
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="addresses-") as folder:
        app = make_app(Path(folder) / "data")
        try:
            with app.app_context():
                fill_app(app)
            found = walk(app, given_.examples, given_.seed)
        finally:
            responses.close(app)
    errors = {why: [each.who, each.method, each.path, dict(each.form)]
              for why, each in sorted(found.errors.items())}  # fmt: skip
    sys.stdout.write(
        json.dumps({"statuses": dict(found.statuses), "errors": errors}, indent=2) + "\n"
    )
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())

"""The interpreter of expressions in the browser that it is for."""

from __future__ import annotations

import json

from playwright.sync_api import Route

from forms.expressions import parse
from tests.tools.programs import ROOT

HOST = "http://vectors.test"


def test_every_vector_holds_in_the_browser(open_desktop) -> None:
    """Chromium computes what Python and Node compute."""
    vectors = json.loads((ROOT / "tests/vectors/expressions.json").read_text(encoding="utf-8"))
    vectors["cases"] = [{**case, "ast": parse(case["text"]).ast} for case in vectors["cases"]]

    def from_disk(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == "/":
            route.fulfill(content_type="text/html", body="<!doctype html><title>Vectors</title>")
        else:
            route.fulfill(content_type="text/javascript", body=(ROOT / path[1:]).read_text())

    page = open_desktop()
    page.route(f"{HOST}/**", from_disk)
    page.goto(f"{HOST}/")
    outcome = page.evaluate(
        """async ([script, vectors]) => (await import(script)).runVectors(vectors)""",
        [f"{HOST}/tests/js/vectors.mjs", vectors],
    )
    assert outcome["failures"] == []
    assert outcome["passed"] == len(vectors["cases"]) > 100

"""Check a page in the browser with axe-core, against WCAG 2.2 AA and its best practices."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from playwright.sync_api import Page

from tests.tools.programs import find_npm_file

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Violation:
    """One rule that one element breaks."""

    rule: str
    impact: str
    element: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.element}: {self.why}"


@cache
def axe_source() -> str:
    """Read axe-core's script."""
    return find_npm_file("axe-core/axe.min.js").read_text(encoding="utf-8")


def axe_violations(page: Page, *, within: str | None = None) -> list[Violation]:
    """Give everything that axe-core finds wrong on the page as it stands, so that [] is good.

    Args:
        page: An open page; axe-core is put into it past its content security policy.
        within: A CSS selector, to look at one part only.
    """
    page.evaluate(axe_source())
    found = page.evaluate(
        """([within, tags]) => axe.run(within ?? document, {
            runOnly: { type: "tag", values: tags },
            rules: { "target-size": { enabled: true } },
            resultTypes: ["violations"],
        })""",
        [within, RULES],
    )
    return [
        Violation(rule["id"], rule["impact"] or "", node["html"][:200], rule["help"])
        for rule in found["violations"]
        for node in rule["nodes"]
    ]

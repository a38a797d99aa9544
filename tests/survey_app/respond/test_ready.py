"""Pages kept ready."""

from __future__ import annotations

from survey_app.respond.ready import ReadyPages


def test_ready_pages_are_made_once_and_forgotten_in_time() -> None:
    """Memory stays bounded on a server with many rounds and languages."""
    made: list[str] = []

    def make(name: str):
        def making() -> str:
            made.append(name)
            return name

        return making

    pages = ReadyPages(most=2)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert pages.get(name, make(name)).content == name.encode()
    assert made == ["a", "b", "c", "b"]

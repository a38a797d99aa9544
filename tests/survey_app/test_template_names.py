"""Names that all templates share mean one thing."""

from __future__ import annotations

from collections import Counter

from flask import Flask

FLASK_WTFS = {"csrf_token", "csrf_meta_tag"}  # given both ways, and the same


def names_of(given: object) -> list[str]:
    """Give the names that a part gives templates."""
    assert isinstance(given, dict)
    return list(given)


def test_no_two_parts_give_templates_the_same_name(app: Flask) -> None:
    """The later one would win, on the other part's pages too."""
    flask_own, *processors = app.template_context_processors[None]
    with app.test_request_context():
        given = [name for each in processors for name in names_of(each())]
        own = set(app.jinja_env.globals) - set(names_of(flask_own())) - FLASK_WTFS
    assert given
    assert [name for name, times in Counter(given).items() if times > 1] == []
    assert own.intersection(given) == set()

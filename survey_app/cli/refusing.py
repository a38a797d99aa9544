"""What is refused before the app sees it is refused in the app's own words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask
from waitress.task import ErrorTask

from survey_app.audience import is_for_respondents
from survey_app.errors import page_of

TELLING = ("COOKIE", "USER_AGENT")  # who it is, and so which language
NOWHERE = "/too-large"  # where there are no forms


class Refusal(ErrorTask):  # type: ignore[misc]  # waitress says nothing of its types
    """An error that waitress found: too large a body gets our page, the rest its own words."""

    app: Flask

    def execute(self) -> None:
        """Answer, and close the connection."""
        if self.request.error.code != HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            super().execute()
            return
        body, headers = _page(self.app, self.request)
        self.status = f"{HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value} Payload Too Large"
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def by(app: Flask) -> type[Refusal]:
    """Give the refusals of an app."""
    return type("RefusalOfApp", (Refusal,), {"app": app})


def _page(app: Flask, request: Any) -> tuple[bytes, list[tuple[str, str]]]:
    """Make the page as the reader would get it from the app; it sets no cookie."""
    told = {f"HTTP_{name}": text for name, text in request.headers.items() if name in TELLING}
    path = request.path if is_for_respondents(request.path) else NOWHERE
    with app.test_request_context(path, environ_overrides=told):
        response = app.process_response(page_of(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
        headers = [(name, value) for name, value in response.headers if name != "Set-Cookie"]
        return response.get_data(), headers

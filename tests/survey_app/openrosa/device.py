"""A tiny OpenRosa client: what ODK Collect does, over Flask's test client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

EMAIL, PASSWORD = "interviewer@demo.example", "four-words-on-paper"
LIST = "{http://openrosa.org/xforms/xformsList}"
ANSWER = "{http://openrosa.org/http/response}"


@dataclass
class Device:
    """A device with a server's address and an account."""

    client: FlaskClient
    base: str = "/openrosa"
    auth: tuple[str, str] | None = (EMAIL, PASSWORD)

    def get(self, path: str, **options: Any) -> TestResponse:
        """Fetch an address below the server's."""
        options.setdefault("headers", {"Accept-Language": "en"})
        return self.client.get(self.base + path, auth=self.auth, **options)

    def forms(self) -> list[dict[str, str]]:
        """Fetch the list of forms."""
        listed = self.get("/formList")
        assert listed.status_code == 200
        return [
            {each.tag.removeprefix(LIST): each.text or "" for each in form}
            for form in fromstring(listed.data)
        ]

    def send(
        self, xml: bytes, files: Mapping[str, bytes] | None = None, **fields: str
    ) -> TestResponse:
        """Send a filled-in form as ODK Collect does."""
        content_type, body = multipart(xml, files or {}, fields)
        return self.client.post(
            f"{self.base}/submission",
            data=body,
            content_type=content_type,
            auth=self.auth,
            headers={"X-OpenRosa-Version": "1.0", "Accept-Language": "en"},
        )


def multipart(
    xml: bytes, files: Mapping[str, bytes], fields: Mapping[str, str]
) -> tuple[str, bytes]:
    """Write a submission's content type and body."""
    parts: dict[str, Any] = {
        "xml_submission_file": FileStorage(BytesIO(xml), "visits.xml", content_type="text/xml")
    }
    for name, content in files.items():
        parts[name] = FileStorage(BytesIO(content), name)
    boundary, body = encode_multipart({**parts, **fields})
    return f"multipart/form-data; boundary={boundary}", body


def said(response: TestResponse) -> str:
    """Give the words that a device shows."""
    is_well = response.status_code in (201, 202)
    return said_in(response.data, "submit_success" if is_well else "submit_error")


def said_in(body: bytes, nature: str = "submit_error") -> str:
    """Give the words of an answer's body."""
    message = fromstring(body).find(f"{ANSWER}message")
    assert message is not None
    assert message.get("nature") == nature
    return message.text or ""

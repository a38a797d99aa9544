"""A field worker's day with a running server: fetch, fill in, send, send again, export."""

from __future__ import annotations

import base64
import csv
import re
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest
from defusedxml.ElementTree import fromstring

from forms.writing import write_workbook
from tests.factories import INTERVIEW
from tests.forms.tables import workbook_of
from tests.forms.xform.questionnaires import ID
from tests.survey_app.openrosa.device import LIST, multipart, said_in
from tests.tools.commands import run_command
from tests.tools.server import LiveServer, serving

EMAIL = "field@demo.example"
XFORMS = "{http://www.w3.org/2002/xforms}"


def command(data: Path, *words: str | Path) -> str:
    """Run a command on the server's data."""
    done = run_command(*words, "--data", data)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Collect:
    """What ODK Collect does, over real HTTP."""

    def __init__(self, address: str, login: str = "") -> None:
        """Remember the server's address and, perhaps, `email:password`."""
        self.address = address
        self._headers = {"X-OpenRosa-Version": "1.0"}
        if login:
            encoded = base64.b64encode(login.encode()).decode()
            self._headers["Authorization"] = f"Basic {encoded}"

    def ask(
        self, url: str, method: str = "GET", body: bytes | None = None, content_type: str = ""
    ) -> tuple[int, Message, bytes]:
        """Give status, headers and body."""
        headers = {**self._headers, **({"Content-Type": content_type} if content_type else {})}
        request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 - ours
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - ours
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    def fetch_form(self) -> bytes:
        """Go from the list to the only form, and to the list of its files."""
        _, _, listed = self.ask(f"{self.address}/formList")
        (form,) = fromstring(listed)
        urls = {each.tag.removeprefix(LIST): each.text or "" for each in form}
        assert self.ask(urls["manifestUrl"])[0] == 200
        status, _, xml = self.ask(urls["downloadUrl"])
        assert status == 200
        return xml

    def send(self, xml: bytes) -> tuple[int, bytes]:
        """Ask where to send, then send there."""
        status, headers, _ = self.ask(f"{self.address}/submission", "HEAD")
        assert status == 204
        content_type, body = multipart(xml, {}, {})
        status, _, answer = self.ask(headers["Location"], "POST", body, content_type)
        return status, answer


def filled_in(form: bytes, **answers: str) -> bytes:
    """Fill in the instance that a form carries."""
    found = fromstring(form).find(f".//{XFORMS}instance/*")
    assert found is not None
    for element in found.iter():
        element.tag = element.tag.removeprefix(XFORMS)
        if element.tag == "instanceID":
            element.text = ID
        elif element.tag in answers:
            element.text = answers[element.tag]
    return tostring(found)


@pytest.fixture(scope="module")
def field_server(tmp_path_factory: pytest.TempPathFactory):
    """Run a server with an open round of interviews; give it with a login and a token."""
    folder = tmp_path_factory.mktemp("field")
    data, workbook = folder / "data", folder / "visits.xlsx"
    write_workbook(workbook_of(INTERVIEW), workbook)
    command(data, "instrument", "publish", workbook)
    command(data, "round", "open", "visits", "--instrument", "visits")
    made = command(data, "account", "create", EMAIL, "--role", "interviewer")
    password = re.search(r"Password: (\S+)", made)
    token = re.search(r"Token: (\S+)", command(data, "token", "create", EMAIL, "--name", "t"))
    assert password is not None
    assert token is not None
    with serving(data) as server:
        yield server, f"{EMAIL}:{password[1]}", token[1]


def test_a_days_work_with_a_password(field_server, tmp_path) -> None:
    """Fetched once, sent when there is a network, acknowledged however often, and exported."""
    server, login, _ = field_server
    collect = Collect(server.url("/openrosa"), login)
    form = collect.fetch_form()
    refused, words = collect.send(filled_in(form, pets="9"))
    assert refused == 400
    assert "Har du husdjur?" in said_in(words)
    sent = filled_in(form, pets="1", many="3")
    assert [collect.send(sent)[0] for _ in range(2)] == [201, 201]
    with ThreadPoolExecutor(8) as pool:
        assert {status for status, _ in pool.map(collect.send, [sent] * 8)} == {201}
    assert exported(server, tmp_path) == [("1", "3", ID)]


def exported(server: LiveServer, folder: Path) -> list[tuple[str, str, str]]:
    """Export the round, and give its answers with their ids."""
    command(server.data, "export", "visits", "--format", "csv", "--output", folder / "v.csv")
    with (folder / "v.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["pets"], row["many"], row["_instance_id"]) for row in csv.DictReader(file)]


def test_a_token_in_the_address_does_as_well(field_server) -> None:
    """For apps that cannot log in."""
    server, _, token = field_server
    assert b"/data/pets" in Collect(server.url(f"/openrosa/token/{token}")).fetch_form()


def test_a_wrong_password_is_told_so(field_server) -> None:
    """With the challenge that makes the app ask for another."""
    server, _, _ = field_server
    collect = Collect(server.url("/openrosa"), f"{EMAIL}:wrong")
    status, headers, _ = collect.ask(f"{collect.address}/formList")
    assert status == 401
    assert headers["WWW-Authenticate"].startswith("Basic")
    assert headers["X-OpenRosa-Version"] == "1.0"
    assert "Date" in headers
    assert "Set-Cookie" not in headers

"""The proxies' settings in docs/deployment.md, run as they stand there: they write nothing of pupils.

Only names, ports and files are exchanged for those of this machine; each proxy also logs what it
may, so that a log that stays empty proves something.
"""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.tools.commands import run_command
from tests.tools.programs import ROOT, find_program
from tests.tools.server import find_free_port, serving

pytestmark = pytest.mark.slow

MARKER = "hemlig-ripa"
DOCUMENTED = ROOT / "docs" / "deployment.md"
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {settings}
}}
"""
CADDY = """{{
    admin off
    auto_https disable_redirects
    skip_install_trust
    storage file_system {folder}/storage
"""
LOGGING = "log {{\n        output file {folder}/access.log\n    }}\n    skip_log"


@dataclass(frozen=True)
class Proxy:
    """A proxy before a server of ours."""

    address: str
    folder: Path
    round_name: str

    def said(self) -> str:
        """Give all that it has written."""
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))

    def ask(self, path: str, *, body: dict[str, str] | None = None, method: str = "") -> int:
        """Ask as a pupil's tablet does; give the status."""
        data = urlencode(body).encode() if body else None
        who = {"User-Agent": MARKER, "Referer": f"{self.address}/{MARKER}", "Cookie": f"a={MARKER}"}
        request = urllib.request.Request(  # noqa: S310 - ours
            self.address + path,
            data,
            who if path.startswith(("/e/", "/static/")) else {},
            method=method or ("POST" if body else "GET"),
        )
        context = ssl._create_unverified_context()  # noqa: S323 - its own certificate
        try:
            with urllib.request.urlopen(request, context=context, timeout=30) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


def documented(language: str) -> str:
    """Give the settings of a proxy as they are documented."""
    found = re.search(rf"```{language}\n(.*?)```", DOCUMENTED.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def certificate(folder: Path) -> None:
    """Make a certificate that nobody else trusts."""
    openssl = find_program("openssl", package="openssl")
    names: list[str | Path] = [
        *("-keyout", folder / "survey.key"),
        *("-out", folder / "survey.pem"),
    ]
    kind = ["-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    subprocess.run([openssl, "req", "-x509", *kind, *names], check=True, capture_output=True)


def nginx(folder: Path, port: int, target: int) -> list[str | Path]:
    """Write nginx's settings, and give the command that runs it."""
    settings = (
        documented("nginx")
        .replace("443", f"127.0.0.1:{port}")
        .replace("listen 80", f"listen 127.0.0.1:{find_free_port()}")
        .replace("/etc/ssl", str(folder))
        .replace("127.0.0.1:8000", f"127.0.0.1:{target}")
    )
    file = folder / "nginx.conf"
    file.write_text(NGINX.format(folder=folder, settings=settings), "utf-8")
    found = find_program("nginx", "/usr/sbin/nginx", package="nginx-light")
    return [found, "-p", folder, "-e", folder / "error.log", "-c", file]


def caddy(folder: Path, port: int, target: int) -> list[str | Path]:
    """Write Caddy's settings, with a log that `skip_log` can keep something out of."""
    settings = (
        documented("caddy")
        .replace("{\n", CADDY.format(folder=folder), 1)
        .replace("exclude", f"output file {folder}/error.log\n        exclude")
        .replace("survey.example {", f"https://localhost:{port} {{\n    tls internal")
        .replace("127.0.0.1:8000", f"127.0.0.1:{target}")
        .replace("skip_log", LOGGING.format(folder=folder), 1)
    )
    file = folder / "Caddyfile"
    file.write_text(settings, "utf-8")
    return [find_program("caddy", package="caddy"), "run", "--config", file]


def is_ready(port: int) -> bool:
    """Tell whether a proxy listens and has its certificate, which Caddy makes a little later."""
    context = ssl._create_unverified_context()  # noqa: S323 - its own certificate
    try:
        with (
            socket.create_connection(("127.0.0.1", port)) as plain,
            context.wrap_socket(plain, server_hostname="localhost"),
        ):
            return True
    except OSError:  # a handshake that fails is one too
        return False


@contextmanager
def running(command: list[str | Path], port: int, folder: Path) -> Iterator[None]:
    """Run a proxy for the length of the block."""
    with (folder / "printed").open("wb") as printed:
        process = subprocess.Popen(
            command, stdout=printed, stderr=printed, env=os.environ | {"HOME": str(folder)}
        )
    try:
        for _ in range(300):
            if is_ready(port):
                break
            assert process.poll() is None, (folder / "printed").read_text("utf-8")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(params=[nginx, caddy])
def proxy(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Proxy, Callable[[], None]]]:
    """Give a proxy before a server, and what stops the server."""
    folder, data = tmp_path / "proxy", tmp_path / "data"
    folder.mkdir()
    certificate(folder)
    port = find_free_port()
    with ExitStack() as stack:
        server_stack = stack.enter_context(ExitStack())
        server = server_stack.enter_context(
            serving(data, environment=os.environ | {"SURVEY_APP_PROXIES": "1"})
        )
        name = "through"
        done = run_command("round", "open", name, "--instrument", "elevenkat", "--data", data)
        assert done.returncode == 0, done.stderr
        target = int(server.address.rpartition(":")[2])
        stack.enter_context(running(request.param(folder, port, target), port, folder))
        yield Proxy(f"https://localhost:{port}", folder, name), server_stack.close


def test_nothing_of_a_pupil_is_written(proxy) -> None:
    """Neither what is asked for nor by whom: fine, not found, refused, or with the server gone."""
    through, stop_the_server = proxy
    page = f"/e/{through.round_name}"
    assert through.ask(page) == 200
    assert through.ask(page, body={"response_id": MARKER}) in {200, 303, 400, 422}
    assert through.ask(f"/e/{MARKER}") == 404
    assert through.ask(page, method="DELETE") == 405
    assert through.ask("/static/of-a-questionnaire.js") == 404  # what its page loads
    assert through.ask("/invitations/a-secret") in {404, 410}
    assert through.ask("/login?this-is-logged") == 200
    stop_the_server()
    assert through.ask(page) == 502
    assert through.ask("/login?this-is-logged") == 502
    said = through.said()
    assert "this-is-logged" in said
    assert page not in said
    assert "/e/" not in said
    assert "/static/" not in said
    assert "a-secret" not in said
    assert MARKER not in said

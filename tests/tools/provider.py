"""A real OpenID provider on a free port of this machine, for the length of a block."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.tools.programs import find_node, find_npm_file
from tests.tools.server import find_free_port, stop

CLIENT, SECRET = "survey-app", "only-for-tests-only-for-tests-only"
LASTS = 600  # seconds that what it signs is good for
SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True)
class LiveProvider:
    """A provider that runs.

    Attributes:
        people: The file of who can log in there.
    """

    issuer: str
    people: Path

    def knows(self, **people: dict[str, Any]) -> None:
        """Say anew who can log in, and what is told of them: `claims`, `amr`, `acr`."""
        self.people.write_text(json.dumps(people), encoding="utf-8")


@contextmanager
def serving_logins(folder: Path, *clients: str) -> Iterator[LiveProvider]:
    """Run a provider.

    Args:
        folder: Where it may write.
        clients: Addresses of the servers that it serves, without a slash at the end.
    """
    issuer = f"http://127.0.0.1:{find_free_port()}"
    provider = LiveProvider(issuer, folder / "people.json")
    provider.knows()
    config = {
        "library": str(find_npm_file("oidc-provider/lib/index.js")),
        "issuer": issuer,
        "people": str(provider.people),
        "lasts": LASTS,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [f"{client}/single-sign-on/answer" for client in clients],
        "post_logout_redirect_uris": [f"{client}/login" for client in clients],
    }
    file = folder / "provider.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    process = subprocess.Popen(
        [find_node(), SCRIPT, file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        assert process.stdout is not None
        said = b""
        while b"ready" not in said:
            line = process.stdout.readline()
            said += line
            if not line:
                pytest.fail(f"The provider did not start: {said.decode()}")
        yield provider
    finally:
        stop(process)
        assert process.stdout is not None
        process.stdout.close()

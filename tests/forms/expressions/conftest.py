"""The shared vectors, and both interpreters to run them."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[2]
Vectors = dict[str, Any]


@pytest.fixture(scope="session")
def vectors() -> Vectors:
    """Return the content of the file of vectors."""
    content = (TESTS / "vectors" / "expressions.json").read_text(encoding="utf-8")
    return dict(json.loads(content))


@pytest.fixture(scope="session")
def run_node(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Return a function that hands vectors to the interpreter of the browser, under Node."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("Node 20 or later is needed: apt install nodejs, or see https://nodejs.org")

    def run(vectors: Vectors, *options: str) -> Any:
        file = tmp_path_factory.mktemp("vectors") / "vectors.json"
        file.write_text(json.dumps(vectors, allow_nan=False), encoding="utf-8")
        command = [node, str(TESTS / "js" / "run_vectors.mjs"), str(file), *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run

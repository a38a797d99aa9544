"""What scanners find in the code, its packages and the running server, and why each is none.

    python -m tests.robustness.scan [code] [packages] [visitor] [coordinator]

Needs `bandit`, `pip-audit` and `wapiti` on the PATH (PyPI: bandit, pip-audit, wapiti3), which are
too heavy for the tests' own environment. Prints JSON; the exit status is 1 when a finding has no
reason. `./check` has the rules of bandit too, as ruff's S, and there each exception has its reason in
its line.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

from survey_app.audience import RESPONDENTS
from tests.tools.programs import ROOT
from tests.tools.server import LiveServer, serving

PACKAGES = ("survey_app", "forms", "exports", "scripts")
# bandit's rules whose every finding here has one reason; others need it in their line.
KNOWN_RULES = {
    "B404": "subprocess runs our own interpreter and PostgreSQL's programs, never a shell",
    "B405": "elements are made or walked with it; what came from outside is read by defusedxml",
    "B406": "it escapes text, and reads nothing",
}
IN_ITS_LINE = re.compile(r"# noqa: (S\d+(?:, [A-Z]+\d+)*)")
NOT_SECRETS = {"argon2", "/second-factor", "/login", "code", "SURVEY_APP_OIDC_SECRET_FILE"}
# What Wapiti says of the server -> why it is so.
KNOWN_KINDS = {
    "Unencrypted Channels": "the scan is on loopback; with an https address browsers are told so",
    "Secure Flag cookie": "set as soon as SURVEY_APP_ADDRESS is https; the scan is on loopback",
    "LDAP Injection": "there is no LDAP: each page has another challenge, which looks like one",
}
FORGERY, REFUSED = "Cross Site Request Forgery", 400
SECONDS_TO_CRAWL, SECONDS_TO_ATTACK = 120, 40
AGENT = "scan"


def main() -> None:
    """Scan and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    wanted = parser.parse_args().parts or list(PARTS)
    found = {part: list(PARTS[part]()) for part in wanted}
    print(json.dumps(found, indent=2, ensure_ascii=False))
    if any(not each["reason"] for part in found.values() for each in part):
        sys.exit(1)


def code() -> Iterator[dict[str, str]]:
    """Yield what bandit says of our code."""
    told = _output("bandit", "-q", "-r", *PACKAGES, "-f", "json")
    for each in json.loads(told)["results"]:
        yield {
            "what": f"{each['test_id']} {each['issue_text']}",
            "where": f"{each['filename']}:{each['line_number']}",
            "reason": _reason_in_code(each),
        }


def _reason_in_code(found: dict[str, Any]) -> str:
    rule = str(found["test_id"])
    if rule in KNOWN_RULES:
        return KNOWN_RULES[rule]
    if rule == "B105" and re.findall(r"'([^']*)'", found["issue_text"])[-1] in NOT_SECRETS:
        return "a name, not a secret"
    lines = (ROOT / found["filename"]).read_text("utf-8").splitlines()
    first, last = found["line_range"][0] - 1, found["line_range"][-1]
    said = " ".join(lines[first : last + 1])  # the reason may stand at the closing bracket
    silenced = {name for names in IN_ITS_LINE.findall(said) for name in names.split(", ")}
    return "said in its line" if f"S{rule[1:]}" in silenced else ""


def packages() -> Iterator[dict[str, str]]:
    """Yield what is known to be wrong with the packages that are installed."""
    told = json.loads(_output("pip-audit", "-f", "json", "--path", _site_packages()))
    for each in told["dependencies"]:
        for weakness in each.get("vulns", ()):
            yield {
                "what": weakness["id"],
                "where": f"{each['name']} {each['version']}",
                "reason": "",
            }
        if "skip_reason" in each:
            yield {"what": "could not be looked up", "where": each["name"], "reason": ""}


def _site_packages() -> str:
    return str(
        Path(sys.executable).parents[1] / "lib" / f"python3.{sys.version_info[1]}" / "site-packages"
    )


def visitor() -> Iterator[dict[str, str]]:
    """Yield what Wapiti finds on a server with the demo's data when it may see what anyone sees."""
    yield from _server("visitor", lambda _: [])


def coordinator() -> Iterator[dict[str, str]]:
    """Yield what it finds with a coordinator's login."""
    yield from _server(
        "coordinator", lambda running: ["-A", AGENT, "-C", _cookie_of_coordinator(running)]
    )


def _server(who: str, options: Callable[[LiveServer], list[str]]) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        data = Path(folder) / "data"
        with serving(data, "--demo") as running:
            found = Path(folder) / "found.json"
            yield from _attacked(running.address, who, options(running), found)
            said = running.log.read_text("utf-8")
    if "Traceback" in said:
        yield {
            "what": "an error of ours",
            "where": said.partition("Traceback")[2][:2000],
            "reason": "",
        }


def _cookie_of_coordinator(running: LiveServer) -> str:
    """Log in as the demo's coordinator; a login is good for the browser that made it."""
    accounts = json.loads((running.data / "demo-accounts.json").read_text("utf-8"))["accounts"]
    account = next(each for each in accounts if each["role"] == "coordinator")
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.addheaders = [("User-Agent", AGENT)]
    page = browser.open(running.url("/login")).read().decode()
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
    form = {"email": account["email"], "password": account["password"], "csrf_token": token}
    browser.open(running.url("/login"), urlencode(form).encode()).read()
    return "; ".join(f"{each.name}={each.value}" for each in jar)


def _attacked(address: str, who: str, options: list[str], file: Path) -> Iterator[dict[str, str]]:
    _output(
        "wapiti", "-u", f"{address}/", "--scope", "domain", "--flush-session", "-x", f"{address}/logout",
        *("-d", "5", "--max-links-per-page", "60", "--max-files-per-dir", "15"),
        "--max-scan-time", str(SECONDS_TO_CRAWL), "--max-attack-time", str(SECONDS_TO_ATTACK),
        "-m", "all,-nikto,-wapp,-takeover,-cms,-brute_login_form,-network_device,-wp_enum",
        "-v", "0", "-f", "json", "-o", str(file), "--no-bugreport", *options,
    )  # fmt: skip
    told = json.loads(file.read_text("utf-8"))
    for kind, those in {**told["vulnerabilities"], **told["anomalies"]}.items():
        for each in those:
            where = f"{who}: {each['method']} {each['path']} {each['parameter']}"
            reason = KNOWN_KINDS.get(kind, "")
            if kind == FORGERY:
                reason = _no_forgery(address, each["path"])
            yield {"what": f"{kind}: {each['info']}", "where": where, "reason": reason}


def _no_forgery(address: str, path: str) -> str:
    """Say why nobody's login can be used from elsewhere; "" when it can."""
    if path.startswith(RESPONDENTS):
        is_without = _gives_no_cookie(address + path)
        return "tried: the enkät sets no cookie, and no login counts there" if is_without else ""
    return "tried: without its token it answers 400" if _refuses_forgery(address + path) else ""


def _gives_no_cookie(address: str) -> bool:
    """Tell whether a page sets none; a scanner that is a coordinator may have closed its round."""
    try:
        with urlopen(address) as answer:  # noqa: S310 - ours
            return "Set-Cookie" not in answer.headers
    except HTTPError as error:
        return "Set-Cookie" not in error.headers


def _refuses_forgery(address: str) -> bool:
    """Tell whether an address refuses a form with another token; Wapiti only compares pages."""
    try:
        urlopen(Request(address, b"csrf_token=another"))  # noqa: S310 - ours
    except HTTPError as error:
        return error.code == REFUSED
    return False


def _output(program: str, *arguments: str) -> str:
    """Run a scanner; they exit with another status than 0 when they find something."""
    if not shutil.which(program):
        sys.exit(f"{program} is missing: pip install bandit pip-audit wapiti3, on the PATH")
    done = subprocess.run(
        [program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    return done.stdout


PARTS: dict[str, Callable[[], Iterator[dict[str, str]]]] = {
    "code": code,
    "packages": packages,
    "visitor": visitor,
    "coordinator": coordinator,
}

if __name__ == "__main__":
    main()

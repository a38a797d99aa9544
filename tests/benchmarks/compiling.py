"""Time the compiling of questionnaires beside the standard compiler, in one run.

    python -m tests.benchmarks.compiling [--runs N]

Prints JSON: milliseconds at the median for our compiler, our advice and pyxform, each warm and in
this process. The milliseconds are this machine's; the ratio travels.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable

from forms.compile import compile_workbook
from forms.instrument import Instrument
from forms.lint import lint
from forms.reading.compiler import pyxform_problems
from forms.workbook import Workbook, sheet_of

LANGUAGES = (
    *("Svenska (sv)", "English (en)", "العربية (ar)", "Soomaali (so)"),
    *("Español (es)", "Suomi (fi)", "Polski (pl)"),
)
SIZES = ((40, 7), (500, 2))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    print(json.dumps([measured(*size, runs) for size in SIZES], indent=2))


def measured(questions: int, languages: int, runs: int) -> dict[str, float]:
    """Time one questionnaire."""
    workbook = questionnaire(questions, languages)
    draft = good(workbook)
    ours = _median(lambda: compile_workbook(workbook), runs)
    advice = _median(lambda: lint(draft, workbook), runs)
    standard = _median(lambda: pyxform_problems(workbook), runs)
    return {
        "questions": questions,
        "languages": languages,
        "compile_ms": ours,
        "lint_ms": advice,
        "pyxform_ms": standard,
        "compile_to_pyxform": round(ours / standard, 2),
    }


def good(workbook: Workbook) -> Instrument:
    """Compile a workbook that has to be good, or the figures mean nothing."""
    compiled = compile_workbook(workbook)
    assert compiled.instrument, [problem.message() for problem in compiled.problems]
    assert not pyxform_problems(workbook).has_errors
    return compiled.instrument


def questionnaire(questions: int, languages: int) -> Workbook:
    """Write a questionnaire of groups of ten questions with conditions, as authors write them."""
    spoken = LANGUAGES[:languages]
    rows: list[dict[str, str]] = []
    for number in range(1, questions + 1):
        if number % 10 == 1:
            rows.append({"type": "begin_group", "name": f"g{number}", **_texts("Del", spoken)})
        rows.append(_question(number, spoken))
        if number % 10 == 0:
            rows.append({"type": "end_group"})
    codes = [
        {"list_name": "scale", "name": str(code), **_texts(f"Svar {code}", spoken)}
        for code in range(1, 6)
    ]
    settings = {"form_id": "benchmark", "default_language": spoken[0], "sa_mode": "interview"}
    return Workbook(
        (
            sheet_of("survey", rows),
            sheet_of("choices", codes),
            sheet_of("settings", [settings]),
        )
    )


def _question(number: int, languages: tuple[str, ...]) -> dict[str, str]:
    kind = ("select_one scale", "integer", "select_one scale", "text")[number % 4]
    row = {"type": kind, "name": f"q{number}", **_texts(f"Fråga {number}", languages)}
    if number > 4:
        row["relevant"] = f"${{q{number - number % 4 - 2}}} = '1' or ${{q{number - 4}}} != ''"
    if kind == "integer":
        row |= {"constraint": ". >= 0 and . <= 120", "constraint_message": "0 till 120"}
    return row


def _texts(text: str, languages: tuple[str, ...]) -> dict[str, str]:
    return {f"label::{language}": f"{text} på {language}?" for language in languages}


def _median(work: Callable[[], object], runs: int) -> float:
    work()
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return round(statistics.median(times) * 1000, 1)


if __name__ == "__main__":
    main()

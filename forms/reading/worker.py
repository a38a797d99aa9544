"""The process that opens what strangers upload: it reads one file or sheet set, answers, ends."""

from __future__ import annotations

import json
import sys
from typing import Any

from forms.marking import N_
from forms.problems import BadInstrument, ProblemCode, Problems, Sentence
from forms.reading.compiler import pyxform_problems, pyxform_xform
from forms.reading.container import broken, check_container
from forms.reading.limits import Limits
from forms.reading.refusal import problems_to_json, refusal
from forms.reading.sheets import read_sheets
from forms.workbook import Workbook

READ = "read"
COMPILE = "compile"
CONVERT = "convert"


def main(command: str, limits_json: str) -> None:
    """Confine this process, then answer standard input on standard output, as JSON."""
    limits = Limits(**json.loads(limits_json))
    limits.confine_this_process()
    commands = {READ: read, COMPILE: compile_sheets, CONVERT: convert_sheets}
    answer = commands[command](sys.stdin.buffer.read(), limits)
    sys.stdout.buffer.write(json.dumps(answer).encode())


def read(data: bytes, limits: Limits) -> dict[str, Any]:
    """Turn the bytes of a file into `{"workbook": …}` or `{"problems": […]}`."""
    try:
        check_container(data, limits)
        return {"workbook": read_sheets(data, limits).to_json()}
    except BadInstrument as error:
        return {"problems": problems_to_json(error.problems)}
    except MemoryError:
        return {"problems": problems_to_json(refusal(ProblemCode.TOOK_TOO_LONG).problems)}
    except Exception:  # noqa: BLE001 - whatever a parser makes of hostile bytes, the file is bad
        reason = broken(N_("its contents are not arranged as in a workbook"))
        return {"problems": problems_to_json(reason.problems)}


def compile_sheets(data: bytes, _limits: Limits) -> dict[str, Any]:
    """Turn a workbook as JSON into `{"problems": […]}`, the standard compiler's opinion."""
    try:
        problems = pyxform_problems(Workbook.from_json(json.loads(data)))
    except MemoryError:
        problems = refusal(ProblemCode.TOOK_TOO_LONG).problems
    except Exception:  # noqa: BLE001 - the compiler's own slips must not stop the server
        problems = Problems()
        problems.add(ProblemCode.PYXFORM, detail=Sentence(N_("it stopped without a reason")))
    return {"problems": problems_to_json(problems)}


def convert_sheets(data: bytes, limits: Limits) -> dict[str, Any]:
    """Turn a workbook as JSON into `{"xform": …}` or `{"problems": […]}`."""
    try:
        return {"xform": pyxform_xform(Workbook.from_json(json.loads(data)))}
    except Exception:  # noqa: BLE001 - asked again, the compiler says what it minds
        answer = compile_sheets(data, limits)
        if not answer["problems"]:
            answer["problems"] = problems_to_json(refusal(ProblemCode.TOOK_TOO_LONG).problems)
        return answer


if __name__ == "__main__":
    main(*sys.argv[1:])

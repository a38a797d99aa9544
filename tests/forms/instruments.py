"""Made-up questionnaires: nested groups and repeats with logic from a grammar of expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from forms.instrument import Group, Instrument, Question, QuestionType
from forms.workbook import Row, Sheet, Workbook

LISTS = {"few": ["a", "b", "c"], "num": ["1", "2", "3", "4"]}
COLUMNS = ["kind", "size"]
TYPES = [
    "text", "integer", "integer", "decimal", "date", "time", "dateTime", "range", "geopoint",
    "select_one few", "select_one num", "select_multiple few", "rank few", "acknowledge", "note",
    "calculate", "calculate", "hidden", "today",
]  # fmt: skip
SURVEY = [
    "type", "name", "label::Svenska (sv)", "relevant", "required", "constraint", "calculation",
    "choice_filter", "repeat_count", "parameters", "read_only", "default",
]  # fmt: skip

Draw = Callable[[st.SearchStrategy], object]


@dataclass
class Known:
    """What an expression may name at some point of the questionnaire: all that stands before."""

    questions: list[str] = field(default_factory=list)
    selects: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)
    calculated: set[str] = field(default_factory=set)


def literals() -> st.SearchStrategy[str]:
    """Give numbers and short texts as they are written in expressions."""
    texts = st.sampled_from(["''", "'a'", "'b'", "'1'", "'2026-02-03'", "'x y'", "'Å'"])
    return st.sampled_from(["0", "1", "2", "3", "2.5", "10"]) | texts


def expressions(known: Known, *, own: bool = False) -> st.SearchStrategy[str]:
    """Give expressions over what is known; `own` when the question's value may be named too."""
    base = literals() | st.just("today()") | st.just("position(..)")
    if own:
        base |= st.just(".")
    if known.questions:
        named = st.sampled_from(known.questions)
        base |= named.map("${{{}}}".format)
    return st.recursive(base, lambda inner: _larger(inner, known), max_leaves=6)


def _larger(inner: st.SearchStrategy[str], known: Known) -> st.SearchStrategy[str]:
    operators = st.sampled_from(
        ["+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or"]
    )
    larger = st.tuples(inner, operators, inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})")
    one = ["not", "string-length", "number", "string", "int", "round", "boolean", "count-selected",
           "normalize-space"]  # fmt: skip
    larger |= st.tuples(st.sampled_from(one), inner).map(lambda it: f"{it[0]}({it[1]})")
    two = ["selected", "contains", "starts-with", "concat", "coalesce", "selected-at", "round"]
    larger |= st.tuples(st.sampled_from(two), inner, inner).map(
        lambda it: f"{it[0]}({it[1]}, {it[2]})"
    )
    larger |= st.tuples(inner, inner, inner).map(lambda it: f"if({it[0]}, {it[1]}, {it[2]})")
    larger |= st.tuples(st.sampled_from(["[0-9]+", "[a-zå]*", "a|b"]), inner).map(
        lambda it: f"regex({it[1]}, '{it[0]}')"
    )
    larger |= inner.map(lambda it: f"instance('few')/root/item[name = {it}]/kind")
    if known.questions:
        lists = st.sampled_from(["sum", "count", "min", "max", "count-non-empty"])
        larger |= st.tuples(lists, st.sampled_from(known.questions)).map(
            lambda it: f"{it[0]}(${{{it[1]}}})"
        )
    if known.selects:
        larger |= st.sampled_from(known.selects).map(
            lambda it: f"jr:choice-name(${{{it}}}, '${{{it}}}')"
        )
    if known.repeats:
        larger |= st.sampled_from(known.repeats).map(lambda it: f"count(${{{it}}})")
    if known.repeats and known.questions:
        larger |= st.tuples(
            st.sampled_from(known.questions), st.sampled_from(known.repeats), inner
        ).map(lambda it: f"indexed-repeat(${{{it[0]}}}, ${{{it[1]}}}, {it[2]})")
    return larger


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    """Draw a workbook; most of them compile."""
    rows: list[dict[str, str]] = []
    _items(draw, rows, Known(), depth=0)
    survey = tuple(Row(number, row) for number, row in enumerate(rows, start=2))
    choices = [
        {"list_name": name, "name": code, "label::Svenska (sv)": f"L {code}",
         "kind": draw(st.sampled_from(["a", "b", "1", "2"])), "size": str(n)}
        for name, codes in LISTS.items() for n, code in enumerate(codes)
    ]  # fmt: skip
    below = tuple(Row(number, row) for number, row in enumerate(choices, start=2))
    return Workbook(
        (
            Sheet("survey", tuple(SURVEY), survey),
            Sheet("choices", ("list_name", "name", "label::Svenska (sv)", *COLUMNS), below),
            Sheet(
                "settings",
                ("form_id", "default_language", "sa_mode"),
                (
                    Row(
                        2, {"form_id": "t", "default_language": "Svenska (sv)", "sa_mode": "return"}
                    ),
                ),
            ),
        )
    )


def _items(draw: st.DrawFn, rows: list[dict[str, str]], known: Known, depth: int) -> None:
    for _ in range(draw(st.integers(1, 4 if depth else 6))):
        is_group = depth < 3 and draw(st.integers(0, 3)) == 0
        (_group if is_group else _question)(draw, rows, known, depth)


def _group(draw: st.DrawFn, rows: list[dict[str, str]], known: Known, depth: int) -> None:
    name = f"g{len(rows)}"
    kind = draw(st.sampled_from(["group", "repeat", "repeat"]))
    row = {"type": f"begin_{kind}", "name": name, "label::Svenska (sv)": name}
    if draw(st.booleans()):
        row["relevant"] = draw(expressions(known))
    if kind == "repeat" and draw(st.booleans()):
        row["repeat_count"] = draw(st.sampled_from(["2", "3"]) | expressions(known))
    rows.append(row)
    _items(draw, rows, known, depth + 1)
    rows.append({"type": f"end_{kind}"})
    if kind == "repeat":
        known.repeats.append(name)


def _question(draw: st.DrawFn, rows: list[dict[str, str]], known: Known, depth: int) -> None:
    name, kind = f"q{len(rows)}", draw(st.sampled_from(TYPES))
    row = {"type": kind, "name": name, "label::Svenska (sv)": name}
    if draw(st.integers(0, 2)) == 0:
        row["relevant"] = draw(expressions(known))
    if kind == "calculate" or (kind != "note" and draw(st.integers(0, 5)) == 0):
        row["calculation"] = draw(expressions(known))
    if kind == "range":
        row["parameters"] = draw(st.sampled_from(["", "start=0 end=1 step=0.1", "start=-2 end=8"]))
    if kind not in ("note", "calculate", "hidden", "today"):
        _checks(draw, row, known, name)
    if kind == "hidden":
        row["default"] = draw(st.sampled_from(["7", "a"]))
    rows.append(row)
    if kind != "note":
        known.questions.append(name)
    if kind.startswith(("select", "rank")):
        known.selects.append(name)


def _checks(draw: st.DrawFn, row: dict[str, str], known: Known, name: str) -> None:
    if draw(st.integers(0, 3)) == 0:
        row["required"] = draw(st.just("yes") | expressions(known))
    if draw(st.integers(0, 2)) == 0:
        row["constraint"] = draw(expressions(known, own=True))
    if draw(st.integers(0, 9)) == 0:
        row["read_only"] = "yes"
    if row["type"].split()[0] in ("select_one", "select_multiple", "rank") and draw(st.booleans()):
        inner = draw(expressions(known).filter(lambda text: ".." not in text))
        row["choice_filter"] = draw(
            st.sampled_from([f"kind = {inner}", f"size < {inner}", "kind != 'a'", inner])
        )


ANSWERS = {
    QuestionType.TEXT: ["a", "b", "1", "å", "x y", "2026-02-03", "007", "0"],
    QuestionType.INTEGER: ["0", "1", "2", "3", "-4", "10"],
    QuestionType.DECIMAL: ["0.5", "2", "2.5", "-1.25"],
    QuestionType.RANGE: ["0", "1", "0.3", "5", "-2"],
    QuestionType.DATE: ["2026-02-03", "2025-12-31"],
    QuestionType.TIME: ["09:30", "23:59:59"],
    QuestionType.DATETIME: ["2026-02-03T10:00", "2025-12-31T23:59:01"],
    QuestionType.GEOPOINT: ["59.3 18.0"],
    QuestionType.ACKNOWLEDGE: ["OK"],
    QuestionType.HIDDEN: ["zzz"],
    QuestionType.CALCULATE: ["99"],
}


def fillings(instrument: Instrument) -> st.SearchStrategy[dict[str, str]]:
    """Give values by address, and numbers of instances, that the instrument's types can read."""
    return st.composite(lambda draw: _fill(draw, instrument.root, ""))()


def _fill(draw: st.DrawFn, group: Group, prefix: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for item in group.items:
        if isinstance(item, Question):
            values |= _answer(draw, item, prefix + item.name)
        elif not item.is_repeat:
            values |= _fill(draw, item, prefix)
        else:
            count = draw(st.integers(0, 3))
            values[f"{prefix}{item.name}[#]"] = str(count)
            for number in range(1, count + 1):
                values |= _fill(draw, item, f"{prefix}{item.name}[{number}]/")
    return values


def _answer(draw: st.DrawFn, question: Question, address: str) -> dict[str, str]:
    codes = [choice.name for choice in question.choices]
    if question.type is QuestionType.SELECT_ONE:
        text = draw(st.sampled_from(["", *codes]))
    elif question.type is QuestionType.SELECT_MULTIPLE:
        chosen = draw(st.sets(st.sampled_from(codes)))
        text = " ".join(code for code in codes if code in chosen)
    elif question.type is QuestionType.RANK:
        text = " ".join(draw(st.permutations(codes))[: draw(st.sampled_from([0, 2, 3, 3]))])
    else:
        text = draw(st.sampled_from(["", *ANSWERS.get(question.type, [])]))
    return {address: text} if text else {}

"""`read.R`: reads the package into R without any other package, lists as labelled factors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exports.writers.package.contents import DataFile, FieldOf
from exports.writers.statistical.numbers import Kind

HEAD = """\
# Reads the files beside it into R. Needs nothing but R:
#     source("read.R", encoding = "UTF-8")
# Then `tables` has the data, `tables$data` first: lists are factors with labels, numbers are
# numbers, days are dates, and missing answers are NA. `codes` has the same rows as they stand in
# the files, where each kind of missing answer keeps its code. attr(x, "label") is the question.

if (!exists("folder")) folder <- "."

read_codes <- function(path) {
  found <- read.csv(file.path(folder, path), colClasses = "character", na.strings = character(0),
                    encoding = "UTF-8", check.names = FALSE, strip.white = FALSE)
  found[] <- lapply(found, function(x) sub("^'", "", x))
  found
}
number <- function(x, missing) {
  x[x %in% missing] <- NA
  as.numeric(x)
}
text <- function(x, missing) {
  x[x %in% missing] <- NA
  x
}
day <- function(x, missing) as.Date(text(x, missing))
clock <- function(x, missing) text(x, missing)
moment <- function(x, missing) {
  as.POSIXct(text(x, missing), format = "%Y-%m-%dT%H:%M:%OS", tz = "UTC")
}
listed <- function(x, codes, labels, ordered) {
  factor(x, levels = codes, labels = labels, ordered = ordered)
}

codes <- list()
tables <- list()
"""
_READERS = {
    Kind.WHOLE: "number",
    Kind.NUMBER: "number",
    Kind.DAY: "day",
    Kind.MOMENT: "moment",
    Kind.CLOCK: "clock",
    Kind.TEXT: "text",
}


def r_script(files: Sequence[DataFile]) -> str:
    """Write the script; it has no letter beyond ASCII, so that any computer reads it."""
    return HEAD + "".join(f"{line}\n" for file in files for line in _lines(file))


def _lines(file: DataFile) -> Iterator[str]:
    name = _quoted(file.name)
    yield ""
    yield f"codes[[{name}]] <- read_codes({_quoted(file.path)})"
    yield f"x <- codes[[{name}]]"
    yield "labels <- list()"
    for field in file.fields:
        column = f"x[[{_quoted(field.name)}]]"
        yield f"{column} <- {_reading(column, field)}"
        yield f"labels[[{_quoted(field.name)}]] <- {_quoted(field.label)}"
    yield 'for (name in names(labels)) attr(x[[name]], "label") <- labels[[name]]'
    yield f"tables[[{name}]] <- x"


def _reading(column: str, field: FieldOf) -> str:
    if field.kind is not Kind.LIST:
        missing = _vector(code for code, _ in field.missing)
        return f"{_READERS[field.kind]}({column}, {missing})"
    values = list(field.values)
    if field.is_ordered and field.has_numbers:
        values.sort(key=lambda value: int(value[0]))
    codes = _vector(code.removeprefix("'") for code, _ in values)
    labels = _vector(_different(values))
    return f"listed({column}, {codes}, {labels}, {'TRUE' if field.is_ordered else 'FALSE'})"


def _different(values: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Give labels of which no two are alike, for R makes one level of those."""
    labels = [label or code for code, label in values]
    for (code, _), label in zip(values, labels, strict=True):
        yield f"{label} ({code})" if labels.count(label) > 1 else label


def _vector(texts: Iterable[str]) -> str:
    return f"c({', '.join(map(_quoted, texts))})"


def _quoted(text: str) -> str:
    return '"' + "".join(map(_sign, text)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if " " <= sign <= "~":
        return sign
    return f"\\U{{{ord(sign):x}}}"

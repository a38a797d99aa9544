"""Files of coded interviews by the names that exports are asked for: REFI-QDA, and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exports.qda import codebook, project
from exports.writers import FORMATS, FileKind

PROJECT, CODEBOOK, QUOTES = "qdpx", "qdc", "quotes"
QDA_FORMATS: Mapping[str, FileKind] = MappingProxyType(
    {
        PROJECT: FileKind(project.SUFFIX, project.MEDIA_TYPE),
        CODEBOOK: FileKind(codebook.SUFFIX, codebook.MEDIA_TYPE),
        QUOTES: FileKind("-quotes.xlsx", FORMATS["xlsx"].media_type),
    }
)

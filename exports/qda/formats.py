"""The REFI-QDA formats by the names that exports are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exports.qda import codebook, project
from exports.writers import FileKind

PROJECT, CODEBOOK = "qdpx", "qdc"
QDA_FORMATS: Mapping[str, FileKind] = MappingProxyType(
    {
        PROJECT: FileKind(project.SUFFIX, project.MEDIA_TYPE),
        CODEBOOK: FileKind(codebook.SUFFIX, codebook.MEDIA_TYPE),
    }
)

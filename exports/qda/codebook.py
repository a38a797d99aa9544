"""The codebook as a REFI-QDA codebook (.qdc), for other tools for coding."""

from __future__ import annotations

from collections.abc import Sequence

from exports.qda.model import Code, CodingMisfit, check_codes
from exports.qda.xml import ORIGIN, Document, add_codes
from exports.wording import Gettext, untranslated

NAMESPACE = "urn:QDA-XML:codebook:1.0"
SUFFIX, MEDIA_TYPE = ".qdc", "application/xml"


def write_codebook(codes: Sequence[Code], *, gettext: Gettext = untranslated) -> bytes:
    """Give the file's bytes.

    Raises:
        CodingMisfit: There is no code, which the format cannot say, or their tree is broken.
    """
    check_codes(codes)
    if not codes:
        raise CodingMisfit("A codebook without codes cannot be written.")
    document = Document(NAMESPACE, "CodeBook", {"origin": ORIGIN})
    add_codes(document, document.root, codes, gettext)
    return document.to_bytes()

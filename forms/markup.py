"""The little markup that XLSForm allows in texts, turned into HTML that cannot do harm."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_REFERENCE = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_PLACEHOLDER = re.compile("\ue000([^\ue000\ue001]*)\ue001")
_GAP = re.compile('<span data-ref="([^"<>]*)"></span>')
_TAGS = {"em", "strong", "b", "i", "u", "sub", "sup", "br", "p", "ul", "ol", "li"}
_INLINE_TAGS = _TAGS - {"p", "ul", "ol", "li"}
# Authors are not trusted: raw HTML passes only through the list above, links keep only their words.
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": True}).disable(
    ["autolink", "code", "fence", "backticks", "reference", "blockquote", "hr"]
)


def references(text: str) -> frozenset[str]:
    """Give the names that a text asks for with ${name}."""
    return frozenset(_REFERENCE.findall(text))


@lru_cache(maxsize=4096)
def inline_html(text: str) -> Markup:
    """Render a label or hint: emphasis and line breaks only, fit to stand in a `<legend>`."""
    return _clean(_MARKDOWN.renderInline(_hide_references(text)), frozenset(_INLINE_TAGS))


@lru_cache(maxsize=1024)
def block_html(text: str) -> Markup:
    """Render a note: paragraphs and lists too. Headings become strong paragraphs."""
    html = _MARKDOWN.render(_hide_references(text))
    html = re.sub(r"<(/?)h[1-6]>", lambda m: "</strong></p>" if m[1] else "<p><strong>", html)
    return _clean(html, frozenset(_TAGS))


def with_gaps_filled(html: Markup, answer_to: Callable[[str], str]) -> Markup:
    """Fill the gaps that `${name}` left in rendered text, each with the answer to that name."""

    def filled(gap: re.Match[str]) -> str:
        return f'<span data-ref="{gap[1]}">{escape(answer_to(unescape(gap[1])))}</span>'

    return Markup(_GAP.sub(filled, html))  # noqa: S704 - it was clean, and answers are escaped


def _hide_references(text: str) -> str:
    plain = text.replace("\ue000", "").replace("\ue001", "")
    return _REFERENCE.sub("\ue000\\1\ue001", plain)


def _clean(html: str, tags: frozenset[str]) -> Markup:
    safe = nh3.clean(html, tags=set(tags), attributes={}, link_rel=None)
    shown = _PLACEHOLDER.sub(lambda m: f'<span data-ref="{escape(m[1], quote=True)}"></span>', safe)
    return Markup(shown.strip())  # noqa: S704 - nh3 has cleaned it

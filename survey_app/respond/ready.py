"""Pages made once and served many times: they hold nothing of the reader."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from flask import Response, request

MOST_PAGES = 256


@dataclass(frozen=True, slots=True)
class ReadyPage:
    """A page's bytes, plain and compressed."""

    content: bytes
    gzipped: bytes

    @classmethod
    def of(cls, html: str) -> ReadyPage:
        """Encode and compress a page."""
        content = html.encode()
        return cls(content, gzip.compress(content, compresslevel=9, mtime=0))

    def response(self, status: int = 200) -> Response:
        """Answer with the page, compressed for those who take it; nobody may keep it."""
        is_packed = request.accept_encodings.quality("gzip") > 0
        response = Response(self.gzipped if is_packed else self.content, status)
        response.content_type = "text/html; charset=utf-8"
        if is_packed:
            response.content_encoding = "gzip"
        response.vary.add("Accept-Encoding")
        response.headers["Cache-Control"] = "no-store"
        return response


class ReadyPages:
    """The latest used pages; making one takes longer than a visit, so each is made once."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._pages: OrderedDict[Hashable, ReadyPage] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], str]) -> ReadyPage:
        """Give the page of a key, made by `make` when it is not there."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
                return self._pages[key]
        page = ReadyPage.of(make())
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page

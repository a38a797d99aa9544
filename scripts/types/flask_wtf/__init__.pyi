# Types for the part of Flask-WTF that we use; it has none of its own.
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.csrf import CSRFProtect as CSRFProtect
from wtforms import Form
from wtforms.meta import _MultiDictLike

class FlaskForm(Form):
    def __init__(
        self,
        formdata: _MultiDictLike | None = ...,
        obj: object | None = ...,
        prefix: str = ...,
        data: Mapping[str, Any] | None = ...,
        meta: Mapping[str, Any] | None = ...,
        **kwargs: object,
    ) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(
        self, extra_validators: Mapping[str, Sequence[Any]] | None = ...
    ) -> bool: ...
    def hidden_tag(self, *fields: str) -> str: ...

"""A questionnaire as XForm XML for ODK Collect and Enketo, and the instances that they send."""

from __future__ import annotations

from forms.xform.envelope import BadInstance, Envelope, read_envelope
from forms.xform.instance import Filled, read_instance
from forms.xform.writing import xform_of

__all__ = ["BadInstance", "Envelope", "Filled", "read_envelope", "read_instance", "xform_of"]

"""How far two agree on how a code is spoken of: the numbers of the books, on the scale of valences."""

from __future__ import annotations

import pytest

from exports.agreement.alpha import Level, krippendorff_alpha
from exports.agreement.measure import Undefined
from exports.agreement.valences import SCALE, valences_of
from tests.exports.agreement.test_oracles import COHEN_1968, pairs

CODED = [(SCALE[one], SCALE[other]) for one, other in pairs(*COHEN_1968)]


def test_valences_are_weighted_by_how_far_they_differ() -> None:
    """Cohen (1968): linear .473684, quadratic .454545; a step of two weighs more than one."""
    (found,) = valences_of({"rel": CODED}, resamples=200)
    assert (found.code, found.units) == ("rel", 200)
    assert found.linear.value == pytest.approx(0.473684, abs=5e-7)
    assert found.quadratic.value == pytest.approx(0.454545, abs=5e-7)
    assert found.ordinal == krippendorff_alpha(CODED, Level.ORDINAL)
    assert found.interval == krippendorff_alpha(CODED, Level.INTERVAL)
    assert found.ordinal.value != found.interval.value
    assert found.sure.low is not None
    assert found.sure.high is not None
    assert found.ordinal.value is not None
    assert found.sure.low < found.ordinal.value < found.sure.high


def test_one_valence_alone_is_no_agreement() -> None:
    """Null with its reason, never 1; in the order given."""
    one, none = valences_of({"b": [(1, 1)] * 9, "a": []})
    assert (one.code, none.code) == ("b", "a")
    measures = (one.linear, one.quadratic, one.ordinal, one.interval)
    assert {(each.value, each.reason) for each in measures} == {(None, Undefined.ONE_VALUE)}
    assert {none.linear.reason, none.ordinal.reason, none.sure.reason} == {Undefined.NO_UNITS}

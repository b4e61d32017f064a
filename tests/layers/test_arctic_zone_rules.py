"""The rules on a made-up sea: two coasts, one line, and what becomes of what lies beyond it."""

import numpy as np
import pytest
import shapely
from shapely import Polygon, box
from shapely.geometry.base import BaseGeometry

from layers.arctic_zones.lines import Line, Side
from layers.arctic_zones.rules import HIGH_SEAS, Overlap, Pair, astray, owners

LINE = Line("treaty", "line", np.array([[0.0, -1e5], [0.0, 1e5]]))
WEST = Side((LINE,), box(-1e6, -1e6, 0, 1e6))
EAST = Side((LINE,), box(0, -1e6, 1e6, 1e6))
NOWHERE = Overlap("overlap", box(9e6, 9e6, 9.1e6, 9.1e6), {})
# A has the sea from -10 to 4 km, B that from 2 to 10 km: nobody has what lies further out.
REACH: dict[str, BaseGeometry] = {
    "A": box(-10_000, -10_000, 4_000, 10_000),
    "B": box(2_000, -10_000, 10_000, 10_000),
}
PLACES = {
    "a": -5_000.0,
    "a_alone_beyond": 1_000.0,
    "both_beyond": 3_000.0,
    "b": 8_000.0,
    "out": 2e4,
}


def _owners(pair: Pair, overlap: Overlap = NOWHERE) -> dict[str, str]:
    points = np.array([shapely.Point(x, 0.0) for x in PLACES.values()], dtype=object)
    found = owners(points, REACH, [pair], [], overlap)
    return dict(zip(PLACES, found.tolist(), strict=True))


def test_an_agreed_line_divides_what_both_have_and_nothing_else() -> None:
    found = _owners(Pair("A", "B", WEST))
    assert found == {
        "a": "A",
        "a_alone_beyond": "A",
        "both_beyond": "B",
        "b": "B",
        "out": HIGH_SEAS,
    }


@pytest.mark.parametrize(
    ("beyond", "owner"), [("second", "A>B"), ("both", "A>B"), ("nobody", HIGH_SEAS)]
)
def test_what_only_one_has_beyond_the_line_goes_where_the_treaty_says(
    beyond: str, owner: str
) -> None:
    assert _owners(Pair("A", "B", WEST, beyond))["a_alone_beyond"] == owner


def test_where_nothing_is_agreed_both_names_stand() -> None:
    far = Polygon([(9e6, 0), (9e6, 1), (9.1e6, 0)])
    assert _owners(Pair("A", "B", WEST, None, far))["both_beyond"] == "A+B"


def test_what_both_claim_is_nobodys_and_the_rest_stays_with_each() -> None:
    claims = {"A": Side((LINE,), box(-1e6, -1e6, 5_000, 1e6)), "B": EAST}
    overlap = Overlap("overlap", box(-1e5, -1e5, 1e5, 1e5), claims)
    far = Polygon([(9e6, 0), (9e6, 1), (9.1e6, 0)])
    found = _owners(Pair("A", "B", WEST, None, far), overlap)
    assert found["both_beyond"] == "overlap"
    assert (found["a"], found["b"]) == ("A", "B")


def test_one_zone_that_yields_ends_where_the_other_begins() -> None:
    points = np.array([shapely.Point(x, 0.0) for x in PLACES.values()], dtype=object)
    found = owners(points, REACH, [], [{"state": "A", "to": "B"}], NOWHERE)
    assert found.tolist() == ["A", "A", "B", "B", HIGH_SEAS]


def test_astray_is_what_an_owner_has_beyond_the_line_only_because_the_other_falls_short() -> None:
    points = np.array([shapely.Point(x, 0.0) for x in PLACES.values()], dtype=object)
    pairs = [Pair("A", "B", WEST)]
    labels = owners(points, REACH, pairs, [], NOWHERE)
    assert astray(points, REACH, pairs, labels).tolist() == [False, True, False, False, False]

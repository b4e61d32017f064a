"""How features look: by rule, date and party; what is not exact is drawn so."""

from collections.abc import Callable

import shapely

from geo.feature import Feature
from geo.moment import Interval
from layers.collection import Collection
from server.draw.looks import HIDDEN, looks_of

LINE = shapely.LineString([(0, 60), (10, 60)])


def test_what_was_not_valid_then_is_hidden(
    make_feature: Callable[..., Feature], make_collection: Callable[..., Collection]
) -> None:
    held = make_collection(
        "held",
        make_feature("old", LINE, valid_from="1990", valid_to="1999"),
        make_feature("new", LINE, valid_from="2005"),
        make_feature("ever", LINE),
    )
    numbers = looks_of(held, Interval.parse("2001/2010"), None).number
    assert [number == HIDDEN for number in numbers.tolist()] == [True, False, False]
    assert (looks_of(held, None, None).number != HIDDEN).all()


def test_a_claim_that_the_party_of_the_view_does_not_accept_is_paler_and_never_gone(
    make_feature: Callable[..., Feature], make_collection: Callable[..., Collection]
) -> None:
    line = make_feature(
        "line", LINE, status="claimed", parties=["CA"], tags={"claimant": "CA", "opposite": "US"}
    )
    held = make_collection("held", line)
    strengths = {}
    for view in (None, "CA", "US", "NO"):
        look = looks_of(held, None, view).of(0)
        assert look is not None
        strengths[view] = look.strength
    assert strengths["US"] < 1
    assert strengths[None] == strengths["CA"] == strengths["NO"] == 1


def test_planned_and_indicative_geometry_is_loose_and_a_treaty_is_not(
    make_feature: Callable[..., Feature], make_collection: Callable[..., Collection]
) -> None:
    held = make_collection(
        "held",
        make_feature("planned", LINE, status="planned"),
        make_feature("indicative", LINE, evidence="indicative"),
        make_feature("treaty", LINE, status="agreed", evidence="official"),
    )
    looks = looks_of(held, None, None)
    loose = [look.loose for n in range(3) if (look := looks.of(n)) is not None]
    assert loose == [True, True, False]

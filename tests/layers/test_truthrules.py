"""What truth rules find on a small made-up planet, and what they say when it is not there."""

from collections.abc import Callable

import pytest
from shapely import LineString, MultiLineString, Point, box
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.finding import Severity
from geo.geodesic import destination, length_m
from layers import truthrules
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.world import World

Make = Callable[[str, BaseGeometry | None], Feature]


@pytest.fixture(scope="module")
def made(made_feature: Make) -> Make:
    return made_feature


@pytest.fixture(scope="module")
def world(made_collection: Callable[..., Collection]) -> World:
    countries = {"kg": box(70, 40, 75, 43), "uz": box(60, 38, 70, 43)}
    land = {"west": box(60, 38, 75, 43), "east": box(100, 60, 110, 70)}
    return World(
        Catalogue(
            {
                "countries": made_collection("countries", countries),
                "land": made_collection("land", land),
            }
        )
    )


def test_a_base_in_another_country_is_named_with_the_distance(world: World, made: Make) -> None:
    assert not list(truthrules.inside(made("a", Point(72, 42)), world, "kg"))
    (found,) = truthrules.inside(made("a", Point(72, 42)), world, "uz")
    assert found.rule == "truth-inside" and found.feature == "a"
    assert found.place.lon == pytest.approx(72) and found.place.lat == pytest.approx(42)
    metres = int(found.message.split()[1].replace(",", ""))
    assert metres == pytest.approx(165_200, rel=0.01)


def test_a_line_a_little_outside_is_tolerated_as_far_as_said(world: World, made: Make) -> None:
    edge = destination((70.5, 40.0), 180, 900)
    line = made("l", LineString([(71, 41), edge]))
    assert not list(truthrules.inside(line, world, "kg", tolerance_m=1_000))
    assert [f.rule for f in truthrules.inside(line, world, "kg", tolerance_m=800)] == [
        "truth-inside"
    ]


def test_a_route_over_land_is_found_with_its_length_and_a_place(world: World, made: Make) -> None:
    (found,) = truthrules.touches_no_land(
        made("r", LineString([(95, 65), (105, 65), (115, 65)])), world
    )
    assert found.rule == "truth-land"
    assert 100 <= (found.place.lon or 0) <= 110
    assert not list(truthrules.touches_no_land(made("r", LineString([(95, 50), (115, 50)])), world))


def test_a_line_that_reaches_its_end_is_left_alone_and_a_short_one_is_not(
    world: World, made: Make
) -> None:
    line = made("c", LineString([(71, 41), (74.99, 41)]))
    assert not list(truthrules.reaches(line, Point(75, 41), "the border", within_m=1_000))
    (found,) = truthrules.reaches(line, Point(75, 41), "the border", within_m=500)
    assert "the border" in found.message and "841 m" in found.message


def test_a_length_that_differs_is_an_error_until_it_is_explained(made: Make) -> None:
    line = made("l", MultiLineString([[(179, 66), (180, 66)], [(-180, 66), (-179, 66)]]))
    assert line.geometry is not None
    metres = length_m(line.geometry)
    assert not list(truthrules.size_agrees(line, metres * 1.009, tolerance=0.01))
    (wrong,) = truthrules.size_agrees(line, metres * 1.1, tolerance=0.01)
    assert wrong.severity is Severity.ERROR
    (explained,) = truthrules.size_agrees(
        line, metres * 1.1, tolerance=0.01, explained="the cited figure includes a branch"
    )
    assert explained.severity is Severity.NOTE and "branch" in explained.advice


def test_an_area_is_compared_on_the_ellipsoid(made: Make) -> None:
    square = made("s", box(0, 0, 1, 1))
    assert not list(truthrules.size_agrees(square, 12_308.8e6, tolerance=0.001))
    (found,) = truthrules.size_agrees(square, 13_000e6, tolerance=0.01)
    assert found.rule == "truth-area" and "km²" in found.message


def test_a_vertex_off_its_200_mile_arc_is_found(made: Make) -> None:
    centre, radius = (-150.0, 70.0), 370_400.0
    good = [destination(centre, bearing, radius) for bearing in (0, 45, 90)]
    bad = destination(centre, 20, radius + 75)
    arc = made("a", LineString(good))
    (found,) = truthrules.on_circle(arc, [*good, bad], centre, radius, tolerance_m=50)
    assert "+75.0 m" in found.message


def test_a_shared_tripoint_must_be_the_same_in_every_file(made: Make) -> None:
    tripoint = (-13.2666667, 69.5833333)
    line = made("l", LineString([tripoint, (-12, 70)]))
    assert not list(truthrules.has_vertex(line, tripoint, "the tripoint"))
    (found,) = truthrules.has_vertex(line, (-13.2666667, 69.5833433), "the tripoint")
    assert found.rule == "truth-shared-point" and "1.12 m" in found.message
    files = {"a": tripoint, "b": tripoint, "c": (-13.2666667, 69.5833433)}
    assert [f.feature for f in truthrules.same_point(files, "the tripoint")] == ["c"]


def test_a_shared_point_at_180_has_two_longitudes(made: Make) -> None:
    line = made("l", LineString([(-180, 70), (-179, 70)]))
    assert not list(truthrules.has_vertex(line, (180, 70), "the end"))


@pytest.mark.parametrize("rule", ["inside", "touches_no_land"])
def test_a_rule_without_its_data_says_that_it_did_not_check(
    rule: str, nothing: World, made: Make
) -> None:
    point = made("p", Point(72, 42))
    asked = {
        "inside": lambda: truthrules.inside(point, nothing, "kg"),
        "touches_no_land": lambda: truthrules.touches_no_land(point, nothing),
    }
    (found,) = asked[rule]()
    assert found.rule == "truth-unchecked" and found.severity is Severity.NOTE
    assert found.message.startswith("not checked")


def test_a_feature_without_geometry_passes_every_geometric_rule(world: World, made: Make) -> None:
    none = made("n", None)
    assert not list(truthrules.inside(none, world, "kg"))
    assert not list(truthrules.touches_no_land(none, world))
    assert not list(truthrules.reaches(none, Point(0, 0), "it", within_m=1))
    assert not list(truthrules.size_agrees(none, 1.0, tolerance=0.1))
    assert not list(truthrules.size_agrees(none, 1.0, tolerance=0.1))
    (found,) = truthrules.has_vertex(none, (0, 0), "it")
    assert "inf" not in found.message

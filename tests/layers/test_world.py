"""The world that truth rules compare with, on a small made-up planet and on none at all."""

from collections.abc import Callable

import pytest
from shapely import Point, box

from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import NoSuchFeature, NotBuilt
from layers.world import World


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


def test_a_country_is_found_by_its_code_in_any_case(world: World) -> None:
    assert world.country("KG").equals(box(70, 40, 75, 43))
    assert world.country("kg") is world.country("KG")


def test_an_unknown_country_is_refused_with_the_known_ones(world: World) -> None:
    with pytest.raises(NoSuchFeature, match=r"zz.*kg, uz"):
        world.country("zz")


def test_without_the_base_layers_the_world_says_what_to_build(nothing: World) -> None:
    with pytest.raises(NotBuilt, match="marchland build countries"):
        nothing.country("kg")
    with pytest.raises(NotBuilt, match="marchland build land"):
        _ = nothing.land
    assert nothing.collection("airbases") is None


def test_land_is_one_multipolygon_made_once(world: World) -> None:
    assert world.land is world.land
    assert world.land.covers(Point(65, 40)) and world.land.covers(Point(105, 65))
    assert [part.bounds for part in world.land_near(Point(105, 65))] == [(100, 60, 110, 70)]

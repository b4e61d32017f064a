"""The named maps, and the map that each overlay gets by itself."""

import pytest
import shapely
from pydantic import ValidationError
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.model import Properties, Source
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.maps import MERCATOR_LIMIT, MapSpec, load_maps, maps_of
from layers.spec import LayerSpec, Rule, Style

TOLD = Properties(
    name="A thing",
    kind="thing",
    status="context",
    evidence="dataset",
    licence="CC0-1.0",
    sources=[Source(id="s", title="A source", publisher="Somebody")],
)
SPEC = LayerSpec(
    title="Things",
    description="Some things.",
    licence="CC0-1.0",
    attribution="Nobody",
    style=Style(rules=[Rule(label="Thing")]),
)


def overlay(*shapes: BaseGeometry | None, role: str = "overlay") -> Catalogue:
    features = tuple(Feature(f"f{n}", shape, TOLD) for n, shape in enumerate(shapes))
    spec = SPEC.model_copy(update={"role": role})
    return Catalogue({"things": Collection("things", spec, features, "0" * 64)})


def test_the_four_maps_of_the_article_and_that_of_the_arctic_claims_are_named() -> None:
    assert list(load_maps()) == ["central_asia", "caucasus", "arctic", "bering", "arctic_claims"]


def test_every_collection_that_a_named_map_asks_for_is_served(catalogue: Catalogue) -> None:
    asked = {one for spec in load_maps().values() for one in spec.collections}
    assert asked <= set(catalogue.collections)


def test_the_bering_map_opens_across_180_with_its_middle_near_185_east() -> None:
    west, _, east, _ = load_maps()["bering"].view
    assert west < 180 < east
    assert (west + east) / 2 == pytest.approx(185, abs=3)


@pytest.mark.parametrize("spec", load_maps().values(), ids=str)
def test_the_first_view_lies_within_the_unrolled_world(spec: MapSpec) -> None:
    west, south, east, north = spec.view
    assert spec.lon0 - 180 <= west < east <= spec.lon0 + 180
    assert -MERCATOR_LIMIT <= south < north <= MERCATOR_LIMIT


@pytest.mark.parametrize("name", ["arctic", "arctic_claims"])
def test_the_arctic_maps_say_that_they_cannot_show_the_pole(name: str) -> None:
    assert any("pole" in limit for limit in load_maps()[name].flat_limits)


def test_what_a_map_switches_off_or_draws_plain_or_names_is_on_it() -> None:
    for spec in load_maps().values():
        assert {*spec.off, *spec.unstroked, *spec.named} <= set(spec.collections)


def test_the_seam_of_the_claims_map_crosses_no_limit_but_one_arc(catalogue: Catalogue) -> None:
    seam = load_maps()["arctic_claims"].lon0 + 180
    meridian = shapely.LineString([(seam, 0), (seam, 90)])
    edges = (f for f in catalogue["arctic_limits"].features if f.geometry is not None)
    limits = [f for f in edges if f.properties.kind != "coast"]
    met = [f.properties.tags["limit"] for f in limits if meridian.intersects(f.geometry)]
    assert met == ["arc"]


def test_a_map_around_the_world_is_not_cut_at_180_where_everything_is_cut_already(
    catalogue: Catalogue,
) -> None:
    spec = maps_of(catalogue)["arctic_limits"]
    assert spec.view[2] - spec.view[0] > 359
    assert abs(spec.lon0) > 20


def test_a_map_beyond_mercator_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"85\.05"):
        MapSpec(id="x", title="X", description="X", collections=(), bbox=(0, 80, 9, 89), lon0=0)


def test_an_overlay_gets_a_map_of_its_own_with_the_extent_of_its_data() -> None:
    catalogue = overlay(shapely.Point(10, 50), shapely.Point(14, 52))
    spec = maps_of(catalogue, {})["things"]
    assert spec.bbox == (10, 50, 14, 52)
    assert spec.lon0 == 12
    assert spec.collections == ("things",)


def test_an_overlay_across_180_gets_a_narrow_map_and_not_the_whole_world() -> None:
    spec = maps_of(overlay(shapely.Point(178, 60), shapely.Point(-170, 62)), {})["things"]
    west, _, east, _ = spec.view
    assert east - west == pytest.approx(12)
    assert spec.lon0 == pytest.approx(-176)


@pytest.mark.parametrize("longitude", [0.0, 180.0, -180.0, 179.95])
def test_a_single_point_gets_a_neighbourhood_wherever_it_lies(longitude: float) -> None:
    spec = maps_of(overlay(shapely.Point(longitude, 10)), {})["things"]
    west, south, east, north = spec.view
    assert east - west == pytest.approx(0.2)
    assert north - south == pytest.approx(0.2)


def test_a_point_at_the_pole_gets_a_map_that_ends_where_mercator_ends() -> None:
    assert maps_of(overlay(shapely.Point(0, 90)), {})["things"].bbox[3] == MERCATOR_LIMIT


def test_what_has_nothing_to_draw_gets_no_map() -> None:
    assert maps_of(overlay(None), {}) == {}
    assert maps_of(overlay(shapely.Point(1, 1), role="base"), {}) == {}


def test_a_named_map_keeps_its_name_against_a_collection_of_the_same_id() -> None:
    named = load_maps()["bering"]
    maps = maps_of(overlay(shapely.Point(1, 1)), {"things": named})
    assert maps == {"things": named}

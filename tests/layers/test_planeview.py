"""What polar maps and globes fetch: whole around the pole, without a seam, light at first."""

from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.geodesic import area_m2
from geo.plane import EQUAL_AREA
from layers.catalogue import Catalogue
from layers.look import Kind, Look, polar_meridian
from layers.maps import load_maps
from layers.planes import Planes
from layers.planeview import plane_view
from layers.views import view

MAPS = load_maps()
KINDS: tuple[Kind, ...] = ("polar", "globe")


@pytest.fixture(scope="module")
def planes(catalogue: Catalogue, cache: Path) -> Planes:
    return Planes(catalogue, cache)


def _features(body: bytes) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in orjson.loads(body)["features"]}


def _drawn(body: bytes) -> dict[str, BaseGeometry]:
    found = _features(body).items()
    return {key: shape(one["geometry"]) for key, one in found if one["geometry"]}


@pytest.mark.parametrize("id", MAPS)
def test_each_overlay_has_the_same_features_flat_polar_and_on_the_globe(
    id: str, catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    for collection in MAPS[id].shown(catalogue):
        if collection.spec.role != "overlay":
            continue
        flat = _features(view(MAPS[id], collection, cache))
        for kind in KINDS:
            body = plane_view(Look(MAPS[id], kind), collection, planes, cache)
            assert list(_features(body)) == list(flat), (collection.id, kind)
            placed = {one.id for one in collection.features if one.geometry is not None}
            assert set(_drawn(body)) == placed & set(flat), (collection.id, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_central_arctic_ocean_of_the_high_seas_holds_the_pole(
    kind: Kind, catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    look = Look(MAPS["arctic_claims"], kind)
    drawn = _drawn(plane_view(look, catalogue["arctic_high_seas"], planes, cache))
    plane = drawn if kind == "polar" else {key: _flat(one) for key, one in drawn.items()}
    holding = [key for key, one in plane.items() if one.contains(shapely.Point(0, 0))]
    assert holding == ["central_arctic_ocean"]


def test_no_edge_of_a_globe_runs_along_180_degrees(
    catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    look = Look(MAPS["arctic_claims"], "globe")
    body = plane_view(look, catalogue["arctic_zones"], planes, cache)
    for key, one in _drawn(body).items():
        for part in shapely.get_parts(one):
            x = shapely.get_coordinates(part)[:, 0]
            on = np.abs(np.abs(x) - 180) < 1e-9
            assert not (on[1:] & on[:-1]).any(), key


@pytest.mark.parametrize(
    ("map", "layer"),
    [
        ("arctic_claims", "arctic_zones"),
        ("arctic_claims", "land"),
        ("arctic_claims", "lakes"),
        ("arctic_claims", "arctic_shelf"),
        ("central_asia", "countries"),  # areas and borders together
    ],
)
def test_every_shell_of_a_globe_runs_clockwise_or_it_would_be_the_rest_of_the_world(
    map: str, layer: str, catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    for fine in (False, True):
        look = Look(MAPS[map], "globe", fine)
        for key, one in _drawn(plane_view(look, catalogue[layer], planes, cache)).items():
            for part in shapely.get_parts(shapely.get_parts(_flat(one))):
                if part.geom_type != "Polygon":
                    continue
                assert not part.exterior.is_ccw, key
                assert all(hole.is_ccw for hole in part.interiors), key


@pytest.mark.parametrize("kind", KINDS)
def test_a_zone_keeps_its_area_to_two_percent_at_first(
    kind: Kind, catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    zones = catalogue["arctic_zones"]
    drawn = _drawn(plane_view(Look(MAPS["arctic_claims"], kind), zones, planes, cache))
    for key in ("jm_fishery_zone", "sj_fishery_protection_zone"):
        whole = zones.by_id[key].geometry
        assert whole is not None
        flat = drawn[key] if kind == "polar" else _flat(drawn[key])
        assert flat.area / 1e6 == pytest.approx(area_m2(whole) / 1e6, rel=0.02)


def test_a_closer_look_has_more_vertices_and_the_same_features(
    catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    zones = catalogue["arctic_zones"]
    first, closer = (
        _drawn(plane_view(Look(MAPS["arctic_claims"], "polar", fine), zones, planes, cache))
        for fine in (False, True)
    )
    assert list(first) == list(closer)
    counts = [sum(shapely.get_num_coordinates(one) for one in each.values())
              for each in (first, closer)]  # fmt: skip
    assert counts[1] > 2 * counts[0]


def test_the_meridian_of_a_map_points_down_in_its_polar_view(
    catalogue: Catalogue, planes: Planes, cache: Path
) -> None:
    bering = MAPS["bering"]
    assert polar_meridian(bering) == -175
    body = plane_view(Look(bering, "polar"), catalogue["bering_transits"], planes, cache)
    x, y = shapely.get_coordinates(list(_drawn(body).values())).mean(axis=0)
    assert y < 0
    assert abs(x) < -y  # within 45° of the meridian


def _flat(one: BaseGeometry) -> BaseGeometry:
    return shapely.transform(one, EQUAL_AREA.forward)

"""Features whose shapes stay in a file say the same as those that are in memory."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.bbox import BBox
from geo.feature import Feature
from geo.query import Query
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.quick import keep, recall
from layers.store import MemoryStore
from layers.unread import Lying, Unread

DIGEST = "d" * 64
CIRCLE = shapely.Point(30, 70).buffer(5, quad_segs=64)
MIXED = shapely.GeometryCollection([shapely.LineString(CIRCLE.exterior.coords), CIRCLE])
SLANT = shapely.LineString(np.linspace((0, 0), (40, 40), 200))
UPRIGHT = shapely.LineString(np.linspace((-20, 0), (-20, 40), 200))


def copied(features: list[Feature], folder: Path) -> tuple[Feature, ...]:
    keep(folder / "made.quick", DIGEST, features)
    copy = recall(folder / "made.quick", DIGEST)
    assert copy is not None
    return copy.features


@pytest.fixture
def plain(made_feature: object) -> list[Feature]:
    assert callable(made_feature)
    shapes = [CIRCLE, MIXED, SLANT, UPRIGHT, shapely.Point(1, 2), None]
    return [made_feature(f"f{n}", shape) for n, shape in enumerate(shapes)]


def test_long_shapes_stay_in_the_file_and_are_there_once_while_somebody_holds_them(
    plain: list[Feature], tmp_path: Path
) -> None:
    features = copied(plain, tmp_path)
    unread = [one for one in features if isinstance(one, Unread)]
    assert [one.id for one in unread] == ["f0", "f1", "f2", "f3"]
    assert all(isinstance(one._held, Lying) and one._seen is None for one in unread)
    held = unread[0].geometry
    assert held is unread[0].geometry and held == CIRCLE
    del held
    assert unread[0]._seen is not None and unread[0]._seen() is None


def test_what_is_said_of_a_shape_is_what_the_shape_says(
    plain: list[Feature], catalogue: Catalogue, tmp_path: Path
) -> None:
    some = ("airbases", "arctic_shelf", "arctic_zones", "rivers")
    ours = [one for each in some for one in catalogue[each].features]
    for one, other in zip([*plain, *ours], copied([*plain, *ours], tmp_path), strict=True):
        assert (one.id, one.geometry, one.properties) == (
            other.id, other.geometry, other.properties,
        )  # fmt: skip
        known = Feature(one.id, one.geometry, one.properties)
        for name in ("form", "dimensions", "vertices", "box"):
            assert getattr(other, name) == getattr(known, name), (one.id, name)


def test_a_box_finds_the_same_whether_shapes_are_in_memory_or_not(
    plain: list[Feature], made_collection: object, tmp_path: Path
) -> None:
    assert callable(made_collection)
    made: Collection = made_collection("made", {})
    stores = [
        MemoryStore(Catalogue({"made": replace(made, features=tuple(held))}))
        for held in (plain, copied(plain, tmp_path))
    ]
    found: set[bytes] = set()
    for west, south in np.random.default_rng(7).uniform((-30, -5), (45, 75), (300, 2)).tolist():
        query = Query(bbox=BBox(west, south, west + 3, south + 3))
        first, second = (store.find("made", query).bodies for store in stores)
        assert first == second
        found.update(first)
    assert len(found) == 4  # no box is on the point


def test_the_boxes_of_a_collection_are_those_of_its_shapes(
    plain: list[Feature], made_collection: object, tmp_path: Path
) -> None:
    assert callable(made_collection)
    made: Collection = made_collection("made", {})
    one, other = (replace(made, features=held) for held in (plain, copied(plain, tmp_path)))
    assert np.array_equal(one.boxes, other.boxes, equal_nan=True)
    assert np.isnan(one.boxes[-1]).all() and one.extent == other.extent


def test_it_goes_to_another_process_whole_and_takes_another_shape(
    plain: list[Feature], tmp_path: Path
) -> None:
    feature = copied(plain, tmp_path)[2]
    sent = pickle.loads(pickle.dumps(feature))  # noqa: S301  # our own
    assert sent == plain[2]
    moved = replace(feature, geometry=shapely.Point(3, 4))
    assert (moved.geometry, moved.form, moved.box) == (shapely.Point(3, 4), "point", (3, 4, 3, 4))
    assert (moved.vertices, moved.dimensions, moved.id) == (1, 0, "f2")

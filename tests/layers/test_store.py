"""What every store must do; a new one is added to `STORES` and has to pass all of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geo.bbox import BBox
from geo.feature import Feature
from geo.formats import collection_bytes, feature_bytes
from geo.model import Properties
from geo.moment import Interval
from geo.query import Query
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import NoSuchFeature, NoSuchLayer
from layers.spec import LayerSpec
from layers.store import MemoryStore, Store

STORES: list[Callable[[Catalogue], Store]] = [MemoryStore]
SAID = {
    "name": "A thing",
    "kind": "thing",
    "status": "context",
    "evidence": "dataset",
    "licence": "CC0-1.0",
    "sources": [{"id": "s", "title": "A test", "publisher": "us"}],
}
SPEC = LayerSpec.model_validate(
    {
        "title": "t",
        "description": "d",
        "licence": "CC0-1.0",
        "attribution": "a",
        "style": {"rules": [{"label": "all"}]},
    }
)
RING = Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (8, 2), (8, 8), (2, 8)]])


def feature(id: str, geometry: BaseGeometry | None, **said: object) -> Feature:
    return Feature(id, geometry, Properties.model_validate({**SAID, **said}))


def collection(id: str, *features: Feature) -> Collection:
    return Collection(id, SPEC, features, "0" * 64)


WORLD = collection(
    "world",
    feature("chukotka", box(170, 60, 180, 70), parties=["RU"], valid_from="1990", valid_to="2000"),
    feature("alaska", box(-170, 60, -150, 70), parties=["US"], valid_from="2000-06-01"),
    feature("wrangel", MultiPolygon([box(178, 70.8, 180, 71.5), box(-180, 70.8, -177, 71.5)])),
    feature("on_180", Point(180, 65)),
    feature("on_minus_180", Point(-180, 64)),
    feature("pole", Point(0, 90)),
    feature("diagonal", LineString([(0, -40), (40, 0)]), status="disputed", parties=["RU", "US"]),
    feature("frame", RING, tags={"lit": True, "height": 3, "depth": 1.5, "mark": "x"}),
    feature("text", None, instrument="A treaty"),
)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> Store:
    made: Store = request.param(Catalogue({"world": WORLD, "empty": collection("empty")}))
    return made


def found(store: Store, **query: object) -> set[str]:
    page = store.find("world", Query(**query))  # type: ignore[arg-type]
    assert page.matched == len(page.bodies)
    return {orjson.loads(body)["id"] for body in page.bodies}


def inside(store: Store, west: float, south: float, east: float, north: float) -> set[str]:
    return found(store, bbox=BBox(west, south, east, north))


def test_without_a_filter_everything_is_found_in_file_order(store: Store) -> None:
    page = store.find("world", Query())
    assert page.bodies == tuple(feature_bytes(one) for one in WORLD.features)


def test_a_bbox_across_180_finds_both_sides_and_not_the_complement(store: Store) -> None:
    assert inside(store, 175, 60, -160, 66) == {"chukotka", "alaska", "on_180", "on_minus_180"}
    assert inside(store, -140, 60, 160, 89) == set()


@pytest.mark.parametrize("west_east", [(170, 180), (-180, -170), (179, -179), (180, 180)])
def test_a_point_on_180_is_found_from_both_sides(
    store: Store, west_east: tuple[float, float]
) -> None:
    west, east = west_east
    assert {"on_180", "on_minus_180"} <= inside(store, west, 63, east, 66)


def test_a_pole_is_one_point_whatever_the_longitude(store: Store) -> None:
    assert "pole" in inside(store, 100, 80, 110, 90)
    assert "pole" not in inside(store, 100, 80, 110, 89.9)


def test_a_box_beside_a_diagonal_does_not_find_it(store: Store) -> None:
    assert inside(store, 0, -5, 5, -1) == set()
    assert inside(store, 18, -22, 22, -18) == {"diagonal"}


def test_a_box_in_the_hole_of_a_ring_finds_nothing(store: Store) -> None:
    assert inside(store, 3, 3, 7, 7) == set()
    assert inside(store, 3, 3, 9, 7) == {"frame"}


def test_a_box_that_only_touches_finds(store: Store) -> None:
    assert "frame" in inside(store, 10, 10, 12, 12)


@pytest.mark.parametrize(
    ("box", "hits"),
    [
        ((1, 1, 1, 1), {"frame"}),
        ((5, 5, 5, 5), set()),
        ((-5, 1, 20, 1), {"frame"}),
        ((1, -5, 1, 20), {"frame"}),
    ],
)
def test_a_box_that_shrank_to_a_line_or_a_point_still_finds(
    store: Store, box: tuple[float, float, float, float], hits: set[str]
) -> None:
    assert inside(store, *box) == hits


def test_what_has_no_geometry_is_found_only_without_a_bbox(store: Store) -> None:
    assert "text" in found(store)
    assert "text" not in inside(store, -180, -90, 180, 90)
    assert inside(store, -180, -90, 180, 90) == found(store) - {"text"}


def test_time_finds_what_may_have_been_valid_on_some_day_of_it(store: Store) -> None:
    def at(start: date | None, end: date | None) -> set[str]:
        return found(store, interval=Interval(start, end)) & {"chukotka", "alaska"}

    assert at(date(1990, 12, 31), date(1990, 12, 31)) == {"chukotka"}
    assert at(None, date(1989, 12, 31)) == set()
    assert at(date(2000, 12, 31), None) == {"chukotka", "alaska"}
    assert at(date(2001, 1, 1), None) == {"alaska"}
    assert at(date(2000, 5, 31), date(2000, 5, 31)) == {"chukotka"}
    assert at(None, None) == {"chukotka", "alaska"}


def test_what_has_no_dates_is_always_found(store: Store) -> None:
    assert "frame" in found(store, interval=Interval(date(1066, 10, 14), date(1066, 10, 14)))


@pytest.mark.parametrize(
    ("name", "value", "hits"),
    [
        ("status", "disputed", {"diagonal"}),
        ("parties", "US", {"alaska", "diagonal"}),
        ("id", "pole", {"pole"}),
        ("instrument", "A treaty", {"text"}),
        ("valid_from", "1990", {"chukotka"}),
        ("tags.lit", "true", {"frame"}),
        ("tags.height", "3", {"frame"}),
        ("tags.depth", "1.5", {"frame"}),
        ("tags.mark", "X", set()),
        ("nothing", "x", set()),
    ],
)
def test_a_property_equals_a_value_written_as_text(
    store: Store, name: str, value: str, hits: set[str]
) -> None:
    assert found(store, equals=((name, value),)) == hits


def test_all_filters_must_hold(store: Store) -> None:
    assert found(store, equals=(("parties", "RU"), ("parties", "US"))) == {"diagonal"}
    here = BBox(160, 0, 180, 90)
    assert found(store, bbox=here, equals=(("parties", "RU"),)) == {"chukotka"}


@given(limit=st.integers(1, 12), offset=st.integers(0, 12))
def test_a_page_is_a_slice_of_the_whole(limit: int, offset: int) -> None:
    for make in STORES:
        store = make(Catalogue({"world": WORLD}))
        whole = store.find("world", Query()).bodies
        page = store.find("world", Query(limit=limit, offset=offset))
        assert page.matched == len(whole)
        assert page.bodies == whole[offset : offset + limit]


@given(
    st.tuples(st.floats(-180, 180), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-90, 90)),
)
def test_a_bbox_finds_exactly_what_shapely_says(
    west_east: tuple[float, float], lats: tuple[float, float]
) -> None:
    wanted = BBox(west_east[0], min(lats), west_east[1], max(lats))
    if 180 in map(abs, west_east) or 90 in map(abs, lats) or wanted.area.area == 0:
        return  # the edges of the map have tests of their own
    hits = {f.id for f in WORLD.features if f.geometry and f.geometry.intersects(wanted.area)}
    for make in STORES:
        assert found(make(Catalogue({"world": WORLD})), bbox=wanted) == hits


def test_one_feature_is_the_same_bytes_as_in_the_list(store: Store) -> None:
    for one in WORLD.features:
        assert store.get("world", one.id) == feature_bytes(one)


def test_the_features_of_our_own_files_are_answered_as_they_are_written(
    catalogue: Catalogue,
) -> None:
    store = MemoryStore(catalogue)
    for one in catalogue.collections.values():
        assert one.written is not None
        bodies = store.find(one.id, Query(limit=10_000)).bodies
        assert len(bodies) == len(one.features)
        assert one.written[:].endswith(b'"features":[\n' + b",\n".join(bodies) + b"\n]}\n")
        made = feature_bytes(one.features[-1])
        assert bodies[-1] == store.get(one.id, one.features[-1].id) == made


def test_a_file_that_was_laid_out_anew_is_answered_in_our_form() -> None:
    text = orjson.dumps(orjson.loads(collection_bytes(WORLD.features)), option=orjson.OPT_INDENT_2)
    world = replace(WORLD, written=text)
    bodies = MemoryStore(Catalogue({"world": world})).find("world", Query()).bodies
    assert bodies == tuple(map(feature_bytes, WORLD.features))


def test_an_empty_collection_gives_an_empty_page(store: Store) -> None:
    for query in (Query(), Query(bbox=BBox(0, 0, 1, 1)), Query(interval=Interval())):
        page = store.find("empty", query)
        assert (page.matched, page.bodies) == (0, ())


def test_what_is_not_there_is_said_so(store: Store) -> None:
    with pytest.raises(NoSuchLayer):
        store.find("nowhere", Query())
    with pytest.raises(NoSuchLayer):
        store.get("nowhere", "x")
    with pytest.raises(NoSuchFeature, match="collection world has no feature 'x'"):
        store.get("world", "x")

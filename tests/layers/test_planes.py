"""Our collections in the planes that tiles and pictures are drawn from."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from geo.antimeridian import cut
from geo.flat import flat
from geo.geodesic import area_m2
from geo.grid import Grid
from geo.plane import EQUAL_AREA, MERCATOR, PLANES, STEREOGRAPHIC, WORLD, Plane
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.errors import LayersError, NoSuchLayer, NoSuchPlane
from layers.grids import load_grids
from layers.planes import Planes, PlaneStore, prepare
from layers.prepare import Step

EVERYTHING = (-WORLD / 2, -6e7, WORLD / 2, 6e7)
GRIDS = load_grids()
COVERAGES = ("countries", "arctic_zones", "arctic_high_seas", "contested_areas")
STRAIGHT = [one for one in GRIDS.values() if min(abs(one.k.real), abs(one.k.imag)) < 1e-9]
each_plane = pytest.mark.parametrize("plane", PLANES.values(), ids=PLANES)
MakeCollection = Callable[..., Collection]


@pytest.fixture(scope="session")
def planes(catalogue: Catalogue, cache: Path) -> Planes:
    """All of our collections, prepared once and kept between runs."""
    prepare(catalogue, cache)
    return Planes(catalogue, cache)


def store(
    made: MakeCollection, cache: Path, plane: Plane, **shapes: shapely.Geometry | None
) -> PlaneStore:
    return Planes(Catalogue({"made": made("made", shapes)}), cache).store("made", plane.id)


@pytest.mark.slow
@each_plane
def test_every_feature_of_every_collection_is_there_at_every_level(
    planes: Planes, catalogue: Catalogue, plane: Plane
) -> None:
    for name, collection in catalogue.collections.items():
        laid = flat([one.geometry for one in collection.features], plane)
        expected = {*laid.points[1], *laid.lines[1], *laid.areas[1]}
        for level in planes.store(name, plane.id).levels:
            held = {*level.areas(EVERYTHING)[1], *level.points(EVERYTHING)[1]}
            held |= {*level.own_lines(EVERYTHING)[1]}
            assert held == expected, (name, level.resolution)


@pytest.mark.slow
@each_plane
@pytest.mark.parametrize("id", COVERAGES)
def test_edges_that_are_shared_stay_shared_at_every_level(
    planes: Planes, id: str, plane: Plane
) -> None:
    for level in planes.store(id, plane.id).levels[:5]:
        shapes, _ = level.areas((-WORLD / 2, -6e7, WORLD / 2, 6e7))
        assert shapely.is_valid(shapes).all()
        assert shapely.coverage_is_valid(shapes), level.resolution


@pytest.mark.slow
@each_plane
def test_whole_features_are_valid_at_every_level(
    planes: Planes, catalogue: Catalogue, plane: Plane
) -> None:
    for name in catalogue.collections:
        for level in planes.store(name, plane.id).levels[:5]:
            shapes, numbers = level.whole(EVERYTHING)
            assert shapely.is_valid(shapes).all()
            kinds = shapely.get_dimensions(shapes)
            assert len({*zip(numbers, kinds, strict=True)}) == len(shapes)


@pytest.mark.parametrize("plane", [STEREOGRAPHIC, EQUAL_AREA], ids=lambda plane: plane.id)
def test_the_pole_is_in_exactly_the_features_that_hold_it(
    planes: Planes, catalogue: Catalogue, plane: Plane
) -> None:
    found = 0
    for name, collection in catalogue.collections.items():
        known = {
            n
            for n, one in enumerate(collection.features)
            if one.geometry is not None and _holds_the_pole(one.geometry)
        }
        for level in planes.store(name, plane.id).levels:
            shapes, numbers = level.areas((-10.0, -10.0, 10.0, 10.0))
            held = {int(n) for s, n in zip(shapes, numbers, strict=True) if s.area > 399.99}
            assert held == known, (name, level.resolution)
        found += len(known)
    assert found >= 2


def _holds_the_pole(shape: shapely.Geometry) -> bool:
    """An area around the pole is closed along 90° over every meridian."""
    if shapely.bounds(shape)[3] < 90:
        return False
    areas = [one for one in shapely.get_parts(shape) if one.geom_type == "Polygon"]
    top = shapely.intersection(shapely.union_all(areas), LineString([(-180, 90), (180, 90)]))
    return bool(top.length == 360)


@each_plane
@pytest.mark.parametrize("id", ["countries", "arctic_zones", "arctic_high_seas", "arctic_shelf"])
def test_no_outline_runs_along_180_but_where_the_data_does(
    planes: Planes, catalogue: Catalogue, id: str, plane: Plane
) -> None:
    features = catalogue[id].features
    full = planes.store(id, plane.id).levels[-1]
    lines, numbers, _ = full.lines(EVERYTHING)
    for n, feature in enumerate(features):
        if feature.geometry is None:
            continue
        known = _only_on_one_side(feature.geometry, plane)
        assert _along_180(lines[numbers == n], plane) == pytest.approx(known, abs=0.5), feature.id


def _along_180(lines: np.ndarray, plane: Plane) -> float:
    """Metres of the plane."""
    if plane.polar:
        seam = [LineString([(0, 1), (0, 5e7)])]
    else:
        seam = [LineString([(x * WORLD / 2, -3e7), (x * WORLD / 2, 3e7)]) for x in (-1, 1)]
    near = lines[shapely.dwithin(lines, shapely.union_all(seam), 1)]
    return float(sum(shapely.length(shapely.intersection(near, one)).sum() for one in seam))


def _only_on_one_side(shape: shapely.Geometry, plane: Plane) -> float:
    areas = shapely.get_parts(shape)
    rims = shapely.boundary(areas[shapely.get_type_id(areas) == 3])
    sides = []
    for lon in (-180.0, 180.0):
        edge = shapely.intersection(rims, LineString([(lon, plane.south), (lon, plane.north)]))
        sides.append(shapely.transform(shapely.union_all(edge), lambda at: at * [0, 1]))
    one = sides[0].symmetric_difference(sides[1])
    lines = [part for part in shapely.get_parts(one) if part.length > 1e-6]
    ends = [np.array(part.coords)[[0, -1], 1] for part in lines]
    metres = [plane.forward(np.column_stack([[180.0, 180.0], end]))[:, 1] for end in ends]
    times = 2 if not plane.polar else 1  # Mercator shows it at both sides of the world
    return times * float(sum(abs(b - a) for a, b in metres))


def test_areas_in_the_equal_area_plane_are_those_of_the_ellipsoid(
    planes: Planes, catalogue: Catalogue
) -> None:
    for name in ("arctic_zones", "arctic_high_seas", "countries"):
        shapes, numbers = planes.store(name, "equal_area").levels[-1].areas(EVERYTHING)
        made = np.bincount(numbers, shapely.area(shapes))
        for n, feature in enumerate(catalogue[name].features):
            assert feature.geometry is not None
            if feature.geometry.bounds[1] > -60 and shapely.area(feature.geometry) > 0.5:
                true = area_m2(shapely.segmentize(feature.geometry, 0.25))
                assert made[n] == pytest.approx(true, rel=1e-3), feature.id


@pytest.mark.parametrize("grid", STRAIGHT, ids=lambda grid: grid.id)
def test_tiles_side_by_side_hold_what_the_whole_holds(planes: Planes, grid: Grid) -> None:
    z = 2
    level = planes.store("countries", grid.plane.id).level(grid.resolution(z))
    total, whole = np.zeros(300), np.zeros(300)
    for row in range(4):
        for col in range(4):
            shapes, numbers = level.areas(grid.window(z, col, row))
            np.add.at(total, numbers, shapely.area(shapes))
    shapes, numbers = level.areas(grid.window(0, 0, 0))
    np.add.at(whole, numbers, shapely.area(shapes))
    assert total == pytest.approx(whole, rel=1e-6, abs=1e6)


def test_a_window_across_180_in_mercator_sees_the_other_side(
    planes: Planes, catalogue: Catalogue
) -> None:
    level = planes.store("countries", "mercator").level(5000)
    ids = [one.id for one in catalogue["countries"].features]
    ru, us = ids.index("ru"), ids.index("us")
    low, chukotka, high = MERCATOR.forward(np.array([[0, 60], [0, 66.5], [0, 72]]))[:, 1]
    for turn in (-1, 0, 1):
        half = WORLD / 2 + (turn - 1) * WORLD
        window = (half - 2e6, low, half + 3e6, high)
        shapes, numbers = level.areas(window)
        russia = shapely.union_all(shapes[numbers == ru])
        assert russia.covers(LineString([(half - 2e5, chukotka), (half + 2e5, chukotka)]))
        assert {ru, us} <= set(numbers.tolist())
        assert shapely.total_bounds(shapes)[2] <= window[2] + 1e-3
        lines, owner, _ = level.lines(window)
        near = shapely.intersects(lines[owner == ru], LineString([(half, low), (half, high)]))
        crossing = lines[owner == ru][near]
        assert all(one.bounds[0] < half - 1 and one.bounds[2] > half + 1 for one in crossing)


def test_borders_are_what_two_countries_share_and_coasts_are_not(
    planes: Planes, catalogue: Catalogue
) -> None:
    level = planes.store("countries", "mercator").level(20_000)
    found = level.borders(EVERYTHING)
    lines, numbers = found.shapes, found.numbers
    ids = [one.id for one in catalogue["countries"].features]
    pairs = {tuple(sorted((ids[a], ids[b]))) for a, b in numbers}
    assert {("am", "ir"), ("fi", "ru"), ("ca", "us"), ("es", "pt")} <= pairs
    assert not any({"is", "jp"} & set(pair) for pair in pairs)
    both, owner, _ = level.lines(EVERYTHING)
    shared = {(ids[n], one.wkb) for one, n in zip(both, owner, strict=True)}
    for line, (a, b) in zip(lines, numbers, strict=True):
        assert {(ids[a], line.wkb), (ids[b], line.wkb)} <= shared


def test_dashes_run_on_from_tile_to_tile(planes: Planes) -> None:
    grid, z = GRIDS["Arctic3995Quad"], 3
    level = planes.store("arctic_boundaries", grid.plane.id).level(grid.resolution(z))
    lines, numbers, start = level.lines(EVERYTHING)
    pieces = 0
    for row in range(8):
        for col in range(8):
            for one, n, at in zip(*level.lines(grid.window(z, col, row)), strict=True):
                begin = shapely.Point(one.coords[0])
                wholes = lines[numbers == n]
                off = start[numbers == n] + shapely.line_locate_point(wholes, begin)
                near = shapely.distance(wholes, begin) < 0.5
                assert np.abs(off[near] - at).min() < 1.0
                pieces += 1
    assert pieces > len(lines) > 20


@pytest.mark.parametrize("plane", [STEREOGRAPHIC, EQUAL_AREA], ids=lambda plane: plane.id)
def test_a_line_across_180_is_one_in_a_polar_plane(
    made_collection: MakeCollection, tmp_path: Path, plane: Plane
) -> None:
    line = cut(LineString([(170, 70), (180, 72), (190, 70)]))
    found = store(made_collection, tmp_path, plane, line=line).levels[-1].lines(EVERYTHING)
    assert len(found[0]) == 1
    assert found[2].tolist() == [0]


def test_points_come_with_their_numbers_and_those_on_180_on_both_sides(
    made_collection: MakeCollection, tmp_path: Path
) -> None:
    held = store(made_collection, tmp_path, MERCATOR, a=Point(10, 70), b=Point(180, 60))
    places, numbers = held.levels[-1].points((-1.1 * WORLD / 2, -3e7, 1.1 * WORLD / 2, 3e7))
    assert sorted(numbers.tolist()) == [0, 1, 1]
    assert sorted(places[numbers == 1][:, 0]) == pytest.approx([-WORLD / 2, WORLD / 2], abs=0.1)


def test_the_next_finer_level_is_given_and_beyond_the_finest_the_whole(planes: Planes) -> None:
    held = planes.store("countries", "mercator")
    steps = [one.resolution for one in held.levels]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] == 0
    for z in range(12):
        asked = WORLD / 256 / 2**z
        given = held.level(asked).resolution
        assert given <= asked * 1.000001
        assert given == max(one for one in steps if one <= asked * 1.000001)
    assert held.level(1.0).resolution == 0
    assert held.level(1e9).resolution == steps[0]


def test_a_level_is_lighter_the_coarser_it_is(planes: Planes) -> None:
    counts = [
        shapely.get_num_coordinates(level.areas(EVERYTHING)[0]).sum()
        for level in planes.store("countries", "stereographic").levels
    ]
    assert counts == sorted(counts)
    assert counts[0] < 25_000
    assert counts[-1] > 500_000


def test_what_is_not_there_is_refused(planes: Planes) -> None:
    with pytest.raises(NoSuchLayer):
        planes.store("nowhere", "mercator")
    with pytest.raises(NoSuchPlane, match="there are: mercator, stereographic, equal_area"):
        planes.store("land", "flat")


def test_it_is_made_once_and_made_anew_when_the_data_changes(
    made_collection: MakeCollection, tmp_path: Path
) -> None:
    one = made_collection("made", {"a": box(0, 0, 1, 1)})
    first = Catalogue({"made": one})
    steps: list[Step] = []
    assert prepare(first, tmp_path, steps.append) == ["made"]
    assert prepare(first, tmp_path, steps.append) == []
    assert [step.done for step in steps] == [False] * 4 + [True]
    assert {step.total for step in steps} == {3}
    files = sorted(tmp_path.glob("planes/*.shelf"))
    assert len(files) == 3
    other = Collection(one.id, one.spec, one.features, "1" * 64)
    assert prepare(Catalogue({"made": other}), tmp_path) == ["made"]
    again = sorted(tmp_path.glob("planes/*.shelf"))
    assert len(again) == 3
    assert not set(files) & set(again)


def test_a_store_that_nobody_prepared_is_made_when_it_is_asked_for(
    made_collection: MakeCollection, tmp_path: Path
) -> None:
    held = store(made_collection, tmp_path, EQUAL_AREA, a=box(0, 70, 10, 80))
    assert held.levels[-1].areas(EVERYTHING)[1].tolist() == [0]
    assert len(list(tmp_path.glob("planes/*.shelf"))) == 1


def test_a_damaged_file_is_made_anew(made_collection: MakeCollection, tmp_path: Path) -> None:
    store(made_collection, tmp_path, EQUAL_AREA, a=box(0, 70, 10, 80))
    (path,) = tmp_path.glob("planes/*.shelf")
    whole = path.read_bytes()
    path.write_bytes(whole[:999])
    held = store(made_collection, tmp_path, EQUAL_AREA, a=box(0, 70, 10, 80))
    assert held.levels[-1].areas(EVERYTHING)[1].tolist() == [0]
    assert path.read_bytes() == whole


@each_plane
def test_a_collection_without_geometry_is_empty_in_every_plane(
    made_collection: MakeCollection, tmp_path: Path, plane: Plane
) -> None:
    made = made_collection("made", {"a": None})
    held = Planes(Catalogue({"made": made}), tmp_path).store("made", plane.id)
    for level in held.levels:
        assert not len(level.whole(EVERYTHING)[0])


def test_a_cache_that_cannot_be_written_is_named(
    made_collection: MakeCollection, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file")
    catalogue = Catalogue({"made": made_collection("made", {"a": Point(0, 0)})})
    planes = Planes(catalogue, tmp_path / "cache")
    with pytest.raises(LayersError, match="MARCHLAND_CACHE"):
        planes.store("made", EQUAL_AREA.id)
    (told,) = planes.faults
    assert told.file.startswith("planes/made-")
    assert str(tmp_path) not in str(told)
    with pytest.raises(LayersError, match="MARCHLAND_CACHE"):
        prepare(catalogue, tmp_path / "cache")


SEVERAL = """
import sys
from pathlib import Path
from shapely import box
from geo.feature import Feature
from geo.model import Properties
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.planes import Planes, prepare
from layers.spec import LayerSpec
said = {"name": "a", "kind": "thing", "status": "context", "evidence": "dataset",
        "licence": "CC0-1.0", "sources": [{"id": "t", "title": "t", "publisher": "t"}]}
spec = {"title": "t", "description": "t", "licence": "CC0-1.0", "attribution": "t",
        "style": {"rules": [{"label": "all"}]}}
features = tuple(Feature(f"f{n}", box(n / 9, 50, n / 9 + 0.1, 60), Properties.model_validate(said))
                 for n in range(900))
made = Collection("made", LayerSpec.model_validate(spec), features, "0" * 64)
catalogue = Catalogue({"made": made})
prepare(catalogue, Path(sys.argv[1]))
print(len(Planes(catalogue, Path(sys.argv[1])).store("made", "mercator").levels[-1]
          .areas((-2e7, -6e7, 2e7, 6e7))[0]))
"""


def test_several_processes_may_prepare_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SEVERAL, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [one.communicate(timeout=120)[0].strip() for one in running] == ["900"] * 3
    assert not list(tmp_path.glob("planes/*.part"))


def test_the_files_hold_the_same_bytes_however_often_they_are_made(
    made_collection: MakeCollection, tmp_path: Path
) -> None:
    shapes = {f"f{n}": Polygon(np.array(Point(n, 70).buffer(1).exterior.coords)) for n in range(9)}
    catalogue = Catalogue({"made": made_collection("made", shapes)})
    held = []
    for name in ("one", "two"):
        prepare(catalogue, tmp_path / name)
        paths = sorted((tmp_path / name).glob("planes/*.shelf"))
        held.append([(path.name, path.read_bytes()) for path in paths])
    assert held[0] == held[1]

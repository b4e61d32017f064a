"""A tile shows of the lines of its sheet what lies in its window, and all of it."""

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from geo.creases import SIDE, Creases
from geo.mvt import EXTENT, encoded
from geo.mvtgeometry import Part
from geo.mvttags import Tags, numeric_ids
from geo.tilelines import Lines
from geo.tilestrewn import Spots

SPAN, COUNT = 2, 60
NUMBERS = np.arange(COUNT) // 2  # each feature has two lines
TAGS = Tags.of([f"f{n}" for n in range(COUNT)], [{"n": n} for n in range(COUNT)])
IDS = numeric_ids([f"f{n}" for n in range(COUNT)])
PLACES = [(row, col) for row in range(SPAN) for col in range(SPAN)]


def walks() -> list[shapely.LineString]:
    """Lines that wander over the square of the tiles, in and out of them."""
    rng = np.random.default_rng(3)
    begin = rng.uniform(-500, 9000, (COUNT, 1, 2))
    return list(shapely.linestrings(begin + rng.normal(0, 700, (COUNT, 12, 2)).cumsum(axis=1)))


def lines_of(shapes: list[shapely.LineString]) -> Lines:
    points, which = shapely.get_coordinates(np.array(shapes, dtype=object), return_index=True)
    return Lines.of(points, which, NUMBERS[: len(shapes)], SPAN)


def shown(*parts: Part) -> dict[int, list[shapely.Geometry]]:
    """What a client reads, by the id of the feature, y down."""
    tile = encoded("things", TAGS, parts)
    read = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True}) if tile else {}
    found: dict[int, list[shapely.Geometry]] = {}
    for one in read["things"]["features"] if read else ():
        found.setdefault(one["id"], []).append(shape(one["geometry"]))
    return found


@pytest.mark.parametrize(("row", "col"), PLACES)
def test_a_tile_shows_of_each_feature_what_lies_in_its_window(row: int, col: int) -> None:
    shapes = walks()
    found = shown(lines_of(shapes).cut(row, col))
    left, top = Creases(SPAN).corner(row, col)
    corner = np.array([col, row]) * EXTENT
    window = shapely.box(left, top, left + SIDE, top + SIDE)
    wanted = {}
    for number in set(NUMBERS.tolist()):
        own = shapely.union_all([shapes[2 * number], shapes[2 * number + 1]]).intersection(window)
        if own.length > 4:
            wanted[int(IDS[number])] = own
    assert len(wanted) > 9
    assert wanted.keys() <= found.keys()
    for mine, whole in wanted.items():
        here = shapely.transform(found[mine][0], lambda at: at + corner)
        assert shapely.hausdorff_distance(here, whole) < 1.5  # a place is rounded to whole units


def test_what_a_tile_shows_of_a_line_is_one_piece_as_long_as_it_goes_on() -> None:
    there_and_back = shapely.LineString([(10, 10), (4000, 4000), (9000, 4100), (4000, 5000)])
    (found,) = shown(lines_of([there_and_back]).cut(0, 0)).values()
    assert [shapely.get_num_geometries(one) for one in found] == [1]
    away_and_back = shapely.LineString([(10, 10), (9000, 20), (9000, 4000), (10, 4000)])
    (found,) = shown(lines_of([away_and_back]).cut(0, 0)).values()
    assert [shapely.get_num_geometries(one) for one in found] == [2]


def test_lines_beside_many_points_are_all_in_the_tile() -> None:
    lines = lines_of(walks()).cut(0, 0)
    at = np.random.default_rng(4).uniform(0, EXTENT, (COUNT * 9, 2))
    spots = Spots.of(at, np.arange(COUNT * 9) // 9, SPAN).cut(0, 0, np.zeros(2, dtype=np.int32))
    found, alone = shown(lines, spots), shown(lines)
    assert set(found) == set(IDS.tolist())
    assert {own: shapes[0] for own, shapes in found.items() if own in alone} == {
        own: shapes[0] for own, shapes in alone.items()
    }
    assert all(shapely.get_num_geometries(shapes[-1]) == 9 for shapes in found.values())


def test_no_lines_make_empty_tiles() -> None:
    none = np.zeros((0, 2)), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    lines = Lines.of(*none, SPAN)
    assert all(shown(lines.cut(*place)) == {} and not lines.count(*place) for place in PLACES)

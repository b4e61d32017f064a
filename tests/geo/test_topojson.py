"""TopoJSON read."""

from typing import Any

import orjson
import pytest
import shapely
from shapely import LineString, MultiPoint, Point, Polygon, box

from geo.errors import BadTopology
from geo.topojson import decode

# Two squares side by side that share the edge at x = 1 (arc 0), the eastern with a hole (arc 3).
SQUARES: dict[str, Any] = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
    "arcs": [
        [[2, 0], [0, 2]],
        [[2, 2], [-2, 0], [0, -2], [2, 0]],
        [[2, 0], [2, 0], [0, 2], [-2, 0]],
        [[3, 1], [0, 0], [0, 0], [0, 0]],
        [[10, 10], [2, 0], [0, 2], [-2, 0], [0, -2]],
        [[11, 11], [0, 0.5], [0.5, 0], [-0.5, -0.5]],
    ],
    "objects": {
        "squares": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "w", "arcs": [[0, 1]], "properties": {"name": "west"}},
                {"type": "Polygon", "id": 7, "arcs": [[2, -1]]},
                {"type": "MultiPolygon", "arcs": [[[4], [5]], [[3]]]},
                {"type": "Polygon", "arcs": [[3]]},
                {"type": None},
            ],
        },
        "edge": {"type": "LineString", "arcs": [-1]},
        "edges": {"type": "MultiLineString", "arcs": [[0, 1], [2]]},
        "place": {"type": "Point", "coordinates": [3, 4]},
        "places": {"type": "MultiPoint", "coordinates": [[3, 4], [0, 0]]},
    },
}


def broken(**changes: Any) -> dict[str, Any]:
    return {**SQUARES, **changes}


def test_arcs_become_rings_with_ids_and_properties() -> None:
    west, east, *_ = decode(SQUARES).members("squares")
    assert west.geometry is not None and west.geometry.equals(box(0, 0, 1, 1))
    assert (west.id, west.properties) == ("w", {"name": "west"})
    assert (east.id, east.properties) == ("7", {})


def test_a_negative_index_runs_its_arc_backwards() -> None:
    east = decode(SQUARES).members("squares")[1].geometry
    assert east is not None and east.is_valid and east.equals(box(1, 0, 2, 1))
    (edge,) = decode(SQUARES).members("edge")
    assert edge.geometry == LineString([(1, 1), (1, 0)])


def test_neighbours_share_every_vertex_of_their_border() -> None:
    west, east, *_ = (member.geometry for member in decode(SQUARES).members("squares"))
    assert isinstance(west, Polygon) and isinstance(east, Polygon)
    assert set(west.exterior.coords) & set(east.exterior.coords) == {(1.0, 0.0), (1.0, 1.0)}


def test_a_hole_is_a_hole() -> None:
    ringed = decode(SQUARES).members("squares")[2].geometry
    assert ringed is not None and ringed.area == pytest.approx(1 - 0.25 * 0.25 / 2)


def test_a_part_that_the_grid_left_without_area_is_dropped() -> None:
    members = decode(SQUARES).members("squares")
    parted, vanished, nothing = (member.geometry for member in members[2:])
    assert parted is not None and shapely.get_num_geometries(parted) == 1
    assert vanished is None and nothing is None


def test_lines_and_points_are_read_too() -> None:
    topology = decode(SQUARES)
    (edges,), (place,), (places,) = map(topology.members, ("edges", "place", "places"))
    assert edges.geometry is not None and edges.geometry.length == 1 + 3 + 3
    assert place.geometry == Point(1.5, 2)
    assert places.geometry == MultiPoint([(1.5, 2), (0, 0)])


def test_without_a_transform_the_arcs_are_plain_degrees() -> None:
    plain = {
        "type": "Topology",
        "arcs": [[[10.25, 50], [11, 51]]],
        "objects": {"a": {"type": "LineString", "arcs": [0]}},
    }
    (member,) = decode(orjson.dumps(plain)).members("a")
    assert member.geometry == LineString([(10.25, 50), (11, 51)])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "not JSON"),
        (b"[]", "not a TopoJSON Topology"),
        (b'{"type": "FeatureCollection"}', "not a TopoJSON Topology"),
        (b'{"type": "Topology"}', "not well formed"),
        (b'{"type": "Topology", "arcs": [[1]], "objects": {}}', "not well formed"),
    ],
)
def test_what_is_no_topology_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(BadTopology, match=message):
        decode(data)


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        ({"type": "LineString", "arcs": [6]}, "arc 6 is not there"),
        ({"type": "LineString", "arcs": [-7]}, "arc -7 is not there"),
        ({"type": "LineString", "arcs": [0, 4]}, "do not meet at lon 5.0"),
        ({"type": "Circle", "arcs": [0]}, "'Circle' is not a type"),
        ({"type": "Polygon"}, "no 'arcs'"),
        ({"type": "Polygon", "arcs": [[]]}, "not well formed"),
        ({"type": "Polygon", "arcs": 0}, "not well formed"),
    ],
)
def test_a_geometry_that_cannot_be_put_together_is_refused(
    geometry: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadTopology, match=message):
        decode(broken(objects={"a": geometry})).members("a")


def test_an_unknown_object_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(BadTopology, match="squares, edge"):
        decode(SQUARES).members("lakes")

"""The one arrangement from which zones, high seas and limits are all read."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.arrangement import Arrangement, Edges, arrange
from geo.feature import Feature
from geo.geodesic import METRES_PER_M
from geo.polar import to_degrees
from geo.reach import discs
from layers.arctic_zones.lines import Line, Side, as_line, flat, seam, side, study
from layers.arctic_zones.rules import NOBODY, Overlap, astray, owners, pair
from layers.arctic_zones.slivers import without_slivers
from layers.atlas import land
from layers.facts import Facts
from layers.folder import HOME, open_folder

Numbers = npt.NDArray[np.float64]
Labels = npt.NDArray[np.str_]

ATLAS = "world-atlas/countries-10m.json"
RADIUS_M = 200 * METRES_PER_M
NORTH = 45.0  # land that ends south of this cannot matter
DEEP_M = 5_000.0  # limits this far inland bound nothing
STRAIGHT_M = 0.002  # a vertex that is closer than this to the line past it is no turn
DECIMALS = 7


@dataclass(frozen=True)
class Construction:
    """Faces with their owners, edges with their sources, and the way back to degrees."""

    arrangement: Arrangement
    owners: Labels
    lines: tuple[Line, ...]
    known: dict[tuple[float, float], tuple[float, float]]
    base_points: dict[str, Numbers]
    coast: tuple[BaseGeometry, ...]

    def members(self, label: str) -> list[int]:
        """The faces of an owner."""
        return [int(n) for n in np.flatnonzero(self.owners == label)]

    def degrees(self, points: Numbers) -> Numbers:
        """Vertices of the plane as lon, lat: given ones as they were given, others rounded."""
        found = [self.known.get((x, y)) for x, y in points]
        made = np.round(to_degrees(points), DECIMALS)
        made[:, 0] = np.where(_on_seam(points), 180.0, made[:, 0])
        for n, own in enumerate(found):
            if own is not None:
                made[n] = own
        return made

    @property
    def edges(self) -> Edges:
        """Every stretch between two vertices, with the faces on both sides."""
        return self.arrangement.edges


@lru_cache(maxsize=1)
def construction() -> Construction:
    """The construction of our own facts; made once in a process."""
    return _construct(Facts(open_folder(HOME / "arctic_zones", trusted=True)))


def _construct(facts: Facts) -> Construction:
    plan = facts.tree("plan.toml")
    known = {one.id: one for layer in _LAYERS for one in facts.layer(layer)}
    area, shores = study(plan["study"]), _shores(facts.asset(ATLAS))
    aside = {entry["label"]: Polygon(flat(entry["ring"])) for entry in plan["set_aside"]}
    dry = shapely.union_all([shape for shape, _ in shores])
    bases = _base_points(known)
    reaches = {state: _snapped(discs(points, RADIUS_M)) for state, points in bases.items()}
    sides = [(entry, side(entry, known)) for entry in plan["pair"]]
    overlap = _overlap(plan["overlap"], known)
    lines = _lines([*(one for _, one in sides), *overlap.claims.values()], reaches, dry, area)
    lines += [
        Line("study", "study", shapely.get_coordinates(one.exterior)) for one in aside.values()
    ]
    coast = [shape for shape, _ in shores if shape.intersects(area)]
    outlines = [shape.boundary for shape in coast]
    arrangement = arrange([*outlines, area.boundary, *(as_line(line) for line in lines)])
    points = np.asarray(shapely.points(arrangement.inside), dtype=object)
    pairs = [pair(entry, one) for entry, one in sides]
    labels = owners(points, reaches, pairs, plan["yield"], overlap)
    for label, ring in aside.items():
        shapely.prepare(ring)
        labels = np.where(shapely.contains(ring, points), label, labels)
    shapely.prepare(area)
    sea = shapely.contains(area, points) & ~_contained(points, shores)
    labels = np.where(sea, labels, NOBODY)
    labels = without_slivers(arrangement, labels, astray(points, reaches, pairs, labels), lines)
    arrangement, labels = _tidied(arrangement, labels, coast, area, lines)
    ground = _ground([degrees for _, degrees in shores], known)
    return Construction(arrangement, labels, tuple(lines), ground, bases, tuple(coast))


_LAYERS = ("arctic_boundaries", "arctic_base_points")

Shore = tuple[BaseGeometry, Numbers]


def _shores(atlas: bytes) -> list[Shore]:
    """The land of the north in the plane, part by part, and its vertices in degrees."""
    parts = [part for part in shapely.get_parts(land(atlas)) if part.bounds[3] > NORTH]
    made = [(shapely.transform(part, flat), shapely.get_coordinates(part)) for part in parts]
    shapes = shapely.get_parts(shapely.union_all([shapely.make_valid(shape) for shape, _ in made]))
    degrees = np.vstack([points for _, points in made])
    return [(shape, degrees if n == 0 else degrees[:0]) for n, shape in enumerate(shapes)]


def _base_points(known: dict[str, Feature]) -> dict[str, Numbers]:
    found: dict[str, list[Numbers]] = {}
    for one in known.values():
        if one.properties.kind == "base_points":
            state = str(one.properties.tags["state"])
            found.setdefault(state, []).append(shapely.get_coordinates(one.geometry))
    return {state: np.vstack(parts) for state, parts in found.items()}


def _snapped(shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda points: np.round(points, 3))


def _overlap(entry: dict[str, Any], known: dict[str, Feature]) -> Overlap:
    claims = {claim["state"]: side(claim, known) for claim in entry["claim"]}
    return Overlap(entry["id"], Polygon(flat(entry["where"])), claims)


def _lines(
    sides: list[Side], reaches: dict[str, BaseGeometry], dry: BaseGeometry, area: Polygon
) -> list[Line]:
    """Every line once; outlines of what lies within 200 M only where there is sea."""
    inland = shapely.buffer(dry, -DEEP_M)
    near = shapely.buffer(area, 100.0)  # past the edge: a line must cross it to be noded there
    made: dict[bytes, Line] = {}
    for one in (line for each in sides for line in each.lines):
        made.setdefault(one.points.tobytes(), one)
    found = list(made.values())
    for state, shape in reaches.items():
        outline = shape.boundary.intersection(near).difference(inland)
        merged = shapely.line_merge(outline)
        parts = [part for part in shapely.get_parts(merged) if part.length > 0]
        found += [Line("arc", state, shapely.get_coordinates(part)) for part in parts]
    return [*found, Line("study", "study", shapely.get_coordinates(area.exterior)), seam(area)]


def _contained(points: npt.NDArray[np.object_], shores: list[Shore]) -> npt.NDArray[np.bool_]:
    tree = shapely.STRtree([shape for shape, _ in shores])
    inside = np.zeros(len(points), dtype=bool)
    inside[tree.query(points, predicate="within")[0]] = True
    return inside


def _tidied(
    rough: Arrangement, labels: Labels, coast: list[BaseGeometry], area: Polygon, lines: list[Line]
) -> tuple[Arrangement, Labels]:
    """The arrangement of what bounds something alone, without the marks of lines that do not.

    Coast and limits then have no vertices but their own and those where they really meet.
    """
    edges = rough.edges
    left, right = _beside(labels, edges.left), _beside(labels, edges.right)
    bounding = edges.ends[(left != right) & (edges.left >= 0) & (edges.right >= 0)]
    merged = shapely.line_merge(shapely.MultiLineString(list(bounding)))
    given = {tuple(point) for line in lines for point in line.points.tolist()}
    given |= {tuple(p) for p in shapely.get_coordinates([one.boundary for one in coast]).tolist()}
    chains = [_own_vertices(chain, given) for chain in shapely.get_parts(merged)]
    outlines = [shape.boundary for shape in coast]
    tidy = arrange([*outlines, area.boundary, as_line(seam(area)), *chains])
    tree = shapely.STRtree(rough.faces)
    inside, face = tree.query(shapely.points(tidy.inside), predicate="within")
    made = np.full(len(tidy.faces), NOBODY, dtype=labels.dtype)
    made[inside] = labels[face]
    return tidy, made


def _beside(labels: Labels, faces: npt.NDArray[np.intp]) -> Labels:
    return np.where(faces >= 0, labels[faces], NOBODY)


def _own_vertices(chain: BaseGeometry, given: set[tuple[float, ...]]) -> BaseGeometry:
    """The chain without vertices that were not given and at which it does not turn."""
    points = shapely.get_coordinates(chain)
    keep = np.array([tuple(point) in given for point in points.tolist()])
    before, after = points[1:-1] - points[:-2], points[2:] - points[1:-1]
    turn = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    keep[1:-1] |= turn > STRAIGHT_M * np.hypot(*(points[2:] - points[:-2]).T)
    keep[[0, -1]] = True
    return shapely.LineString(points[keep])


def _ground(shores: list[Numbers], known: dict[str, Feature]) -> dict[tuple[float, float], Any]:
    """From each given vertex in the plane back to its degrees as they were given."""
    lines = [shapely.get_coordinates(one.geometry) for one in known.values() if one.geometry]
    points = np.vstack([*shores, *lines])
    return {
        (x, y): (180.0 if lon == -180 else lon, lat)
        for (x, y), (lon, lat) in zip(flat(points).tolist(), points.tolist(), strict=True)
    }


def _on_seam(points: Numbers) -> npt.NDArray[np.bool_]:
    return np.asarray((points[:, 0] == 0) & (points[:, 1] > 0))

"""Claims to the shelf beyond 200 M, their overlaps, and outlines, from pieces that are made to fit.

Everything is put together in the polar plane: pieces are cleaned to a coverage, a claim is the
union of all pieces that name its claimant, and only then follows the way back to degrees.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.coverage import coverage, enclosed, lifted, outline
from geo.feature import Feature
from geo.geodesic import Point, area_m2, densify, length_m, unwrapped
from geo.model import Vertex
from geo.polar import project, to_plane
from geo.vocabulary import Evidence
from layers.facts import Facts

GAP_M = 4_000.0  # the outlines were thinned ring by ring, which left gaps of up to a few km
CUT_M = 60.0  # how far a straight edge of the data may lie beside the meridian it follows
ACCURACY_M = 20_000.0  # of the outlines; nearer to a published line they say no more than it
POLE_DEVICE = 89.99  # vertices above it close a ring on a flat map; no outline comes so near
OUTSIDE = "sea_of_okhotsk"
MARINE_REGIONS = (
    "Flanders Marine Institute (2023), Marine Regions, Extended Continental Shelves v2, "
    "doi 10.14284/697, CC BY 4.0; generalised"
)
KARTVERKET = "© Kartverket, Norges maritime grenser (CC BY 4.0)"
OWN = ("claimants", "complete", "pieces", "polygons", "bight", "figure_note", "rivals")
OF_OUTLINE = ("id", "name", "parties", "instrument", "sources")

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """One polygon of the coverage, in the polar plane; number 0 is the bight that stays open."""

    number: int
    polygon: int
    claimants: tuple[str, ...]
    sea: str
    shape: BaseGeometry


def build(facts: Facts) -> Iterator[Feature]:
    """Claims first, overlaps over them, lines last: the order in which they are drawn."""
    claims, overlaps = facts.tree("claims.toml"), facts.tree("overlaps.toml")
    bight, cuts = overlaps.pop("bight"), overlaps.pop("cuts")
    pieces = list(_pieces(facts))
    face, chord = _bight(pieces, bight)
    pieces.append(Piece(0, 1, tuple(overlaps["ca_us"]["claimants"]), "arctic_ocean", face))
    devices = shapely.union_all([chord, *(LineString(_plane(ends)) for ends in cuts.values())])
    norway = list(_norway(facts))
    for code, said in claims.items():
        said["rivals"] = _rivals(code, said, overlaps.values())
    for code, said in claims.items():
        yield _claim(facts, code, said, [one for one in pieces if code in one.claimants])
    for said in overlaps.values():
        yield _overlap(facts, said, [one for one in pieces if _belongs(one, said)])
    for code, said in claims.items():
        line = outline(_joined([one for one in pieces if code in one.claimants]), devices, CUT_M)
        known = norway if code == "NO" else []
        yield _outline(facts, code, said, _beyond(line, known))
    yield from norway


def _pieces(facts: Facts) -> Iterator[Piece]:
    """The polygons of `outlines.csv` that this map shows, as a clean coverage."""
    rings: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for row in facts.table("outlines.csv"):
        if float(row["lat"]) < POLE_DEVICE:
            key = int(row["piece"]), int(row["polygon"])
            rings[key].append((float(row["lon"]), float(row["lat"])))
    said = facts.tree("pieces.toml")
    seas = {key: said[str(key[0])]["seas"][key[1] - 1] for key in rings}
    shown = [key for key in rings if seas[key] != OUTSIDE]
    shapes = coverage([Polygon(_plane(rings[key])) for key in shown], GAP_M)
    for key, shape in zip(shown, shapes, strict=True):
        yield Piece(*key, tuple(said[str(key[0])]["claimants"]), seas[key], shape)


def _bight(pieces: list[Piece], said: Said) -> tuple[Polygon, LineString]:
    inside = _plane([said["inside"]])[0]
    mouth = LineString(_plane(said["mouth"]))
    return enclosed([one.shape for one in pieces], mouth, (float(inside[0]), float(inside[1])))


def _plane(points: Iterable[Iterable[float]]) -> npt.NDArray[np.float64]:
    return to_plane(np.array([tuple(point) for point in points], dtype=float))


def _joined(pieces: list[Piece]) -> BaseGeometry:
    return shapely.coverage_union_all([one.shape for one in pieces])


def _belongs(piece: Piece, said: Said) -> bool:
    if piece.number == 0:
        return bool(said.get("bight", False))
    named = piece.number in said.get("pieces", [])
    return named and piece.polygon in said.get("polygons", [piece.polygon])


def _beyond(line: BaseGeometry, known: list[Feature]) -> BaseGeometry:
    """The line where no published one runs within its accuracy."""
    near = [project(one.geometry).buffer(ACCURACY_M) for one in known if one.geometry is not None]
    return shapely.line_merge(line.difference(shapely.union_all(near))) if near else line


def _claim(facts: Facts, code: str, said: Said, pieces: list[Piece]) -> Feature:
    shape, numbers = lifted(_joined(pieces)), _numbers(pieces)
    total = sum(_km2(facts, number) for number in numbers)
    figures = [
        _area("area of the claim, as drawn", shape),
        *_by_sea(facts, pieces),
        _published("sum of the areas that Marine Regions gives for its pieces", total, said),
        *said.get("figures", []),
    ]
    names = " ".join(map(str, numbers))
    tags = {**_claimants(code, said), "complete": said["complete"], "pieces": names}
    made = {**said, "kind": "shelf_claim", "status": "claimed", "figures": figures, "tags": tags}
    return _feature(facts, shape, made)


def _overlap(facts: Facts, said: Said, pieces: list[Piece]) -> Feature:
    shape, numbers = lifted(_joined(pieces)), _numbers(pieces)
    figures = [
        _area("area of the overlap, as drawn", shape),
        *(_published("area that Marine Regions gives", _km2(facts, n), said) for n in numbers),
        *said.get("figures", []),
    ]
    tags = {
        "claimants": " ".join(said["parties"]),
        "claims": len(said["claimants"]),
        "pieces": " ".join(map(str, numbers)),
    }
    made = {**said, "kind": "shelf_overlap", "figures": figures, "tags": tags}
    return _feature(facts, shape, made)


def _outline(facts: Facts, code: str, said: Said, line: BaseGeometry) -> Feature:
    shape = lifted(line)
    text = {key: said[key] for key in OF_OUTLINE} | facts.tree("limits.toml")["outline"]
    text |= {"id": f"outline_{said['id']}", "name": f"Outline of: {said['name']}"}
    figures = [_length("the outline, as drawn", shape)]
    tags = {**_claimants(code, said), "exact": False}
    made = {**text, "kind": "shelf_limit", "status": "claimed", "figures": figures, "tags": tags}
    return _feature(facts, shape, made)


def _norway(facts: Facts) -> Iterator[Feature]:
    """The outer limit as Kartverket publishes it, without the vertices that bound no shelf."""
    said = facts.tree("limits.toml")
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in facts.table("norway.csv"):
        if row["bounds"] == "yes":
            groups[row["group"]].append(row)
    for group, rows in groups.items():
        shape = _geodesics([(float(row["lon"]), float(row["lat"])) for row in rows])
        yield facts.feature(
            f"limit_norway_{group}",
            shape,
            **said["every"],
            **said[group],
            attribution=KARTVERKET,
            vertices=[_vertex(row) for row in rows if row["fixed"] == "yes"],
            figures=[_length("the limit, as drawn", shape)],
            tags={"claimant": "NO", "exact": True},
        )


def _geodesics(points: list[Point]) -> BaseGeometry:
    steps = [point for a, b in pairwise(points) for point in densify(a, b)[1:]]
    return cut(LineString(unwrapped([points[0], *steps])))


def _vertex(row: dict[str, str]) -> Vertex:
    """A published point; those between two of them only carry the line and are not listed."""
    given = {key: row[key] for key in ("n", "lon", "lat", "text")}
    return Vertex.model_validate({**given, "evidence": Evidence.OFFICIAL_DATASET})


def _feature(facts: Facts, shape: BaseGeometry, said: Said) -> Feature:
    entries = [*said.get("events", []), *said["figures"]]
    cited = [one for entry in entries for one in entry.get("sources", [])]
    text = {key: value for key, value in said.items() if key not in (*OWN, "id", "sources")}
    text = {"evidence": Evidence.SECONDARY, "accuracy_m": ACCURACY_M, **text}
    sources = [*said["sources"], *cited]
    return facts.feature(said["id"], shape, sources=sources, attribution=MARINE_REGIONS, **text)


def _by_sea(facts: Facts, pieces: list[Piece]) -> Iterator[Said]:
    words = facts.tree("seas.toml")
    seas = sorted({one.sea for one in pieces})
    for sea in seas if len(seas) > 1 else []:
        part = lifted(_joined([one for one in pieces if one.sea == sea]))
        yield _area(f"of this {words[sea]}", part)


def _claimants(code: str, said: Said) -> Said:
    """Whose claim it is; for Greenland and the Faroe Islands the Kingdom of Denmark's as well.

    ``overlapping`` are those who claim a part of the same shelf, where nothing is agreed.
    """
    rivals = {"overlapping": said["rivals"]} if said["rivals"] else {}
    return {"claimant": code, "claimants": " ".join(said["parties"]), **rivals}


def _rivals(code: str, said: Said, overlaps: Iterable[Said]) -> str:
    """The parties of all disputed overlaps of a claim, without its own."""
    shared = [one for one in overlaps if code in one["claimants"] and one["status"] == "disputed"]
    return " ".join(
        sorted({party for one in shared for party in one["parties"]} - {*said["parties"]})
    )


def _numbers(pieces: list[Piece]) -> list[int]:
    return sorted({one.number for one in pieces if one.number})


def _km2(facts: Facts, number: int) -> int:
    return int(facts.tree("pieces.toml")[str(number)]["km2"])


def _area(what: str, shape: BaseGeometry) -> Said:
    km2 = area_m2(shape) / 1e6
    return _computed(what, round(km2, -1 if km2 > 1000 else 0), "km2")


def _length(what: str, shape: BaseGeometry) -> Said:
    return _computed(what, round(length_m(shape) / 1e3), "km")


def _computed(what: str, value: float, unit: str) -> Said:
    return {"what": what, "value": value, "unit": unit, "origin": "computed"}


def _published(what: str, km2: int, said: Said) -> Said:
    figure = {"what": what, "value": km2, "unit": "km2", "origin": "published"}
    note = {"note": said["figure_note"]} if "figure_note" in said else {}
    return {**figure, "sources": ["mr_ecs"], **note}

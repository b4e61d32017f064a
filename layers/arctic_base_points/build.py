"""Which points of law and coast the 200 M limits hang on, and the equidistance lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPoint
from shapely.geometry.base import BaseGeometry

from geo.antimeridian import cut
from geo.equidistance import equidistance
from geo.feature import Feature
from geo.geodesic import METRES_PER_M, unwrapped
from geo.polar import project
from geo.reach import Reach, reach
from layers.arctic_base_points.coast import coasts
from layers.arctic_base_points.legal import listed
from layers.atlas import land
from layers.facts import Facts

Numbers = npt.NDArray[np.float64]

ATLAS = "world-atlas/countries-10m.json"
RADIUS_M = 200 * METRES_PER_M
NORTH = 45.0  # land whose outline begins south of this is not looked at
DECIMALS = 7
SAMPLE = "sample"


@dataclass(frozen=True)
class Measured:
    """The points of one state with the source of each, and what lies within 200 M of them."""

    points: Numbers
    sources: npt.NDArray[np.str_]
    reach: Reach


def build(facts: Facts) -> Iterator[Feature]:
    """A feature for each list that decides a limit, for each state's sample, for each line.

    Raises `LayersError` where the coast GSHHG is not installed.
    """
    plan = facts.tree("states.toml")
    atlas = facts.asset(ATLAS)
    coast, dry = coasts(atlas), _dry(atlas)
    lists = listed(facts.table("legal.csv"))
    states: dict[str, Measured] = {}
    for state, says in plan["state"].items():
        own = [(one.source, one.points) for one in lists if one.state == state]
        if says["coast"]:
            own.append(("gshhg", _boxed(coast[state], says.get("box"))))
        states[state] = _measured(own, dry)
        yield from _points(facts, says, plan["list"], states[state])
    for says in plan["equidistance"]:
        yield from _lines(facts, says, states)


def _measured(own: list[tuple[str, Numbers]], dry: BaseGeometry) -> Measured:
    points = np.vstack([np.round(points, DECIMALS) for _, points in own])
    sources = np.concatenate([np.full(len(points), source) for source, points in own])
    return Measured(points, sources, reach(points, RADIUS_M, aside=dry))


def _boxed(points: Numbers, box: list[float] | None) -> Numbers:
    if box is None:
        return points
    west, south, east, north = box
    lons, lats = points.T
    inside = (west <= lons) & (lons <= east) & (south <= lats) & (lats <= north)
    return np.asarray(points[inside])


def _dry(atlas: bytes) -> BaseGeometry:
    """The land of the base map in the polar plane, without a seam at 180°."""
    parts = [part for part in shapely.get_parts(land(atlas)) if part.bounds[3] > NORTH]
    whole = shapely.union_all([shapely.make_valid(project(part)) for part in parts])
    return shapely.buffer(whole, -1.0)


def _points(
    facts: Facts, says: dict[str, Any], lists: dict[str, Any], found: Measured
) -> Iterator[Feature]:
    deciding = found.reach.deciding
    for source in dict.fromkeys(found.sources[deciding]):
        some = found.points[deciding[found.sources[deciding] == source]]
        about = lists[source]
        name = f"{says['name']}: {about['name']}"
        about = {key: value for key, value in about.items() if key != "name"}
        yield _feature(facts, source, some, says, {**about, "name": name})
    rest = np.setdiff1d(found.reach.sample, deciding)
    about = {**lists[SAMPLE], "name": f"{says['name']}: {lists[SAMPLE]['name']}"}
    about["sources"] = sorted(set(found.sources[rest]))
    if len(rest):
        yield _feature(facts, SAMPLE, found.points[rest], says, about)


def _feature(
    facts: Facts, list: str, points: Numbers, says: dict[str, Any], about: dict[str, Any]
) -> Feature:
    ordered = np.unique(points, axis=0)
    role = SAMPLE if list == SAMPLE else "deciding"
    return facts.feature(
        f"{says['state']}_{list}".lower(),
        MultiPoint(ordered),
        kind="base_points",
        status="context",
        parties=says["parties"],
        tags={"state": says["state"], "role": role, "count": len(ordered)},
        **about,
    )


def _lines(facts: Facts, says: dict[str, Any], states: dict[str, Measured]) -> Iterator[Feature]:
    a, b = (states[state] for state in says["between"])
    within = shapely.intersection(a.reach.shape, b.reach.shape)
    south, north = says["lats"]
    ours, theirs = (one.points[one.points[:, 1] < north + 4] for one in (a, b))
    lines = [line for line in equidistance(ours, theirs, within) if len(line) > 2]
    kept = [line for line in lines if south < line[:, 1].mean() < north]
    for n, line in enumerate(sorted(kept, key=lambda one: -len(one)), start=1):
        about = {
            key: value for key, value in says.items() if key not in ("between", "lats", "name")
        }
        yield facts.feature(
            "_".join([*says["between"], "equidistance", str(n)]).lower(),
            cut(shapely.LineString(unwrapped([tuple(point) for point in line.round(DECIMALS)]))),
            name=says["name"],
            kind="equidistance_line",
            status="context",
            evidence="computed",
            tags={"between": " ".join(says["between"]), "role": "equidistance"},
            **about,
        )

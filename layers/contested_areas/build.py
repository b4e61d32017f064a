"""Contested areas: the outlines that the atlas draws apart, and the names of those it does not."""

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from layers.atlas import areas
from layers.facts import Facts
from layers.folder import HOME, open_folder

ATLAS = "world-atlas/countries-10m.json"
NOT_APART = "The data set has no outline for it."


def build(facts: Facts) -> Iterator[Feature]:
    """One feature for each dispute that the layer countries tells of and that is not settled."""
    # The same facts as in the notes of the countries, from the one place where they stand.
    told = Facts(open_folder(HOME / "countries", trusted=True))
    ids = {row["atlas_name"]: row["id"] for row in told.table("facts.csv")}
    drawn = {ids[area.name]: area.geometry for area in areas(facts.asset(ATLAS))}
    for id_, dispute in told.tree("contested.toml").items():
        if "settled" not in dispute:
            yield _feature(told, id_, dispute, _outline(dispute, drawn))


def _feature(
    told: Facts, id_: str, dispute: dict[str, Any], outline: BaseGeometry | None
) -> Feature:
    names = [{k: v for k, v in one.items() if k != "feature"} for one in dispute.get("names", [])]
    return told.feature(
        id_,
        outline,
        sources=["natural_earth", "world_atlas", *dispute["sources"]],
        name=dispute["name"],
        names=names,
        kind="contested_area",
        status="disputed",
        parties=dispute["parties"],
        evidence="dataset",
        note=dispute["text"],
        missing=dispute.get("no_outline", None if outline else NOT_APART),
        tags={"drawn_with": dispute["drawn"]},
    )


def _outline(dispute: dict[str, Any], drawn: dict[str, BaseGeometry]) -> BaseGeometry | None:
    parts = [part for id_ in dispute.get("whole", []) for part in shapely.get_parts(drawn[id_])]
    if picked := dispute.get("outline"):
        within = shapely.box(*picked["within"])
        parts += [one for one in shapely.get_parts(drawn[picked["of"]]) if within.contains(one)]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

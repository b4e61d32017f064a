"""Label points of states, towns and seas, with their names in the languages used there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from shapely import Point

from geo.feature import Feature
from layers.facts import Facts

_Row = dict[str, str]

_PLACED = "The position was chosen for the text; it is not a measured point."
_STATE = {
    "kind": "state_label",
    "evidence": "indicative",
    "note": _PLACED,
    "licence": "Unicode-3.0",
    "attribution": "Names of states: Unicode CLDR",
}
_TOWN = {
    "kind": "town_label",
    "evidence": "dataset",
    "accuracy_m": 3000,
    "attribution": "Towns: GeoNames (CC BY 4.0)",
}
_SEA = {
    "kind": "sea_label",
    "evidence": "indicative",
    "note": f"{_PLACED} It says nothing about the limits of the water.",
}


def build(facts: Facts) -> Iterator[Feature]:
    """States and territories, then towns, then seas and straits, each in table order."""
    by_code = _grouped(facts.table("state_names.csv"), "cldr")
    for row in facts.table("states.csv"):
        yield _label(facts, row, by_code[row["cldr"]], ["cldr"], _STATE)
    by_town = _grouped(facts.table("town_names.csv"), "id")
    for row in facts.table("towns.csv"):
        yield _town(facts, row, by_town[row["id"]])
    by_sea = _grouped(facts.table("sea_names.csv"), "id")
    for row in facts.table("seas.csv"):
        names = by_sea[row["id"]]
        yield _label(facts, row, names, [name["source"] for name in names], _SEA)


def _town(facts: Facts, row: _Row, names: list[_Row]) -> Feature:
    code = {"system": "GeoNames", "code": row["geonameid"], "sources": ["geonames"]}
    note = f"Point and names as in GeoNames; the smallest file that holds it is {row['dataset']}."
    return _label(facts, row, names, ["geonames"], {**_TOWN, "codes": [code], "note": note})


def _label(
    facts: Facts, row: _Row, names: list[_Row], sources: list[str], said: dict[str, Any]
) -> Feature:
    parties = [row["alpha2"]] if "alpha2" in row else []
    return facts.feature(
        row["id"],
        Point(float(row["lon"]), float(row["lat"])),
        sources=sources,
        name=names[0]["text"],
        names=[_name(name) for name in names],
        status="context",
        parties=parties,
        tags=_tags(row),
        **said,
    )


def _name(row: _Row) -> dict[str, str]:
    """The name without empty members; the first name of every label is the English one."""
    return {key: row[key] for key in ("text", "lang", "used_by") if row.get(key)}


def _tags(row: _Row) -> dict[str, str | int]:
    numbers: dict[str, str | int] = {key: int(row[key]) for key in ("rank", "min_zoom")}
    return {"label_class": row["label_class"], **numbers}


def _grouped(rows: Iterable[_Row], key: str) -> dict[str, list[_Row]]:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups

"""Countries: the areas of the atlas, named by CLDR, with what is contested said in words."""

from collections.abc import Iterator
from typing import Any

from geo.feature import Feature
from layers.atlas import Area, areas
from layers.errors import LayersError
from layers.facts import Facts

ATLAS = "world-atlas/countries-10m.json"
_DRAWN = ["natural_earth", "world_atlas"]

# What is particular to one feature and no dispute.
_NOTES = {
    "am": "Along the Aras its border with Iran lies up to 3 km off.",
    "ir": "Along the Aras its border with Armenia lies up to 3 km off; Agarak falls into Iran.",
    "it": "Vatican City is too small for the grid of the data set and lies in Italy here.",
    "aq": "Closed along the pole at 90° S.",
    "baikonur": "Natural Earth draws it apart from Kazakhstan.",
}


def build(facts: Facts) -> Iterator[Feature]:
    """The features by id. Raises `LayersError` when the facts and the atlas do not match."""
    drawn = {area.name: area for area in areas(facts.asset(ATLAS))}
    rows = facts.table("facts.csv")
    if odd := drawn.keys() ^ {row["atlas_name"] for row in rows}:
        raise LayersError(f"in the atlas or in facts.csv only: {', '.join(sorted(odd))}")
    names, contested = _names(facts), facts.tree("contested.toml")
    for row in rows:
        area = drawn[row["atlas_name"]]
        yield _feature(facts, row, area, names[row["id"]], _about(contested, row["id"]))


def _feature(
    facts: Facts, row: dict[str, str], area: Area, names: list[Any], disputes: dict[str, Any]
) -> Feature:
    open_ = {key: one for key, one in disputes.items() if "settled" not in one}
    whole = any(row["id"] in one.get("whole", []) for one in open_.values())
    cited = [source for one in disputes.values() for source in one["sources"]]
    return facts.feature(
        row["id"],
        area.geometry,
        sources=[*_DRAWN, *_named_by(row), *cited],
        name=row["name"],
        names=names + _other_names(disputes, row["id"]),
        kind=row["kind"],
        status="disputed" if whole else "context",
        parties=_parties(row, open_),
        evidence="dataset",
        note=_note(row["id"], disputes),
        codes=_codes(row, area),
        tags=_tags(open_, whole),
    )


def _names(facts: Facts) -> dict[str, list[Any]]:
    names: dict[str, list[Any]] = {}
    for row in facts.table("names.csv"):
        names.setdefault(row["id"], []).append({"text": row["text"], "lang": row["lang"]})
    return names


def _other_names(disputes: dict[str, Any], id: str) -> list[Any]:
    given = [name for one in disputes.values() for name in one.get("names", [])]
    return [
        {key: name[key] for key in ("text", "lang", "used_by")}
        for name in given
        if name["feature"] == id
    ]


def _about(contested: dict[str, Any], id: str) -> dict[str, Any]:
    return {key: one for key, one in contested.items() if id in one["features"]}


def _named_by(row: dict[str, str]) -> list[str]:
    return (["cldr"] if row["alpha2"] else []) + (
        ["un_members"] if row["kind"] == "country" else []
    )


def _parties(row: dict[str, str], disputes: dict[str, Any]) -> list[str]:
    own = [row["alpha2"]] if row["kind"] == "country" else []
    others = [party for one in disputes.values() for party in one["parties"]]
    return list(dict.fromkeys(own + others))


def _note(id: str, disputes: dict[str, Any]) -> str:
    general = (
        "As drawn by Natural Earth, which shows who controlled an area in 2018, not whose it is."
    )
    texts = [one["text"] for one in disputes.values()]
    return " ".join([general, *([_NOTES[id]] if id in _NOTES else []), *texts])


def _codes(row: dict[str, str], area: Area) -> list[Any]:
    codes = (
        [("ISO 3166-1 alpha-2", row["alpha2"], "cldr")] if row["alpha2"] not in ("", "XK") else []
    )
    if row["numeric"]:
        codes.append(("ISO 3166-1 numeric", area.code or "", "world_atlas"))
    return [{"system": system, "code": code, "sources": [by]} for system, code, by in codes]


def _tags(disputes: dict[str, Any], whole: bool) -> dict[str, str]:
    if not disputes:
        return {}
    return {"contested": "whole" if whole else "part", "contested_areas": ",".join(disputes)}

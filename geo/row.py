"""A feature as one flat row: what a spreadsheet or a table of a GIS can hold of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo.feature import Feature
from geo.model import Event, Figure, Properties, Source, Stance

Cell = str | float | None
COLUMNS = (
    "id", "name", "names", "kind", "status", "parties", "valid_from", "valid_to", "instrument",
    "evidence", "accuracy_m", "note", "missing", "events", "figures", "positions", "codes", "tags",
    "licence", "attribution", "sources",
)  # fmt: skip
_BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about the layer in it; ``day`` (YYYY-MM-DD) is the date of the data."""

    id: str
    title: str
    description: str
    attribution: str
    day: str


def row_of(feature: Feature, attribution: str) -> dict[str, Cell]:
    """The feature under `COLUMNS`; what is a list there is one text here, its parts between bars.

    ``attribution`` is the layer's, for a feature without one of its own. Vertex lists and the
    geometry are left out. None stands where the feature says nothing.
    """
    own = feature.properties
    return {
        "id": feature.id,
        "name": own.name,
        "names": _joined(f"{one.lang}: {one.text}" for one in own.names),
        "kind": own.kind,
        "status": str(own.status),
        "parties": _joined(own.parties, " "),
        "valid_from": own.valid_from,
        "valid_to": own.valid_to,
        "instrument": own.instrument,
        "evidence": str(own.evidence),
        "accuracy_m": own.accuracy_m,
        "note": own.note,
        "missing": own.missing,
        **_lists(own),
        "licence": own.licence,
        "attribution": own.attribution or attribution,
        "sources": _joined(source_text(one) for one in own.sources),
    }


def source_text(source: Source) -> str:
    """A citation on one line: publisher, title, date, address."""
    parts = (source.publisher, source.title, source.date, source.url)
    return ", ".join(part for part in parts if part)


def _lists(own: Properties) -> dict[str, Cell]:
    return {
        "events": _joined(map(_event, own.events)),
        "figures": _joined(map(_figure, own.figures)),
        "positions": _joined(map(_stance, own.positions)),
        "codes": _joined(f"{one.system} {one.code}" for one in own.codes),
        "tags": _joined(f"{key}={_plain(value)}" for key, value in sorted(own.tags.items())),
    }


def _event(one: Event) -> str:
    return f"{one.date}: {one.text}"


def _figure(one: Figure) -> str:
    return f"{_plain(one.value)} {one.unit}: {one.what} ({one.origin})"


def _stance(one: Stance) -> str:
    return f"{one.party}: {one.text}"


def _plain(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _joined(parts: Iterable[str], between: str = _BETWEEN) -> str | None:
    return between.join(parts) or None

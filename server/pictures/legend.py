"""The lines of a picture's legend: only what is in the picture, as it is drawn there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geo.vocabulary import Status
from layers.legend import Form, form_of, rule_of
from server.draw.drawing import Drawing
from server.draw.looks import Look
from server.draw.sheet import Sheet
from server.pictures.extent import Extent
from server.pictures.visible import Seen, Visible

CONTESTED = "Contested territory, as the base map has it"
BASE = "Base map"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend. A look that is None stands for something of the base map."""

    label: str
    form: Form
    look: Look | None = None
    hatched: bool = False
    outlined: bool = True
    at_sea: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """What belongs to one layer."""

    title: str
    entries: tuple[Entry, ...]


def chapters(visible: Visible) -> list[Chapter]:
    """The legend of a picture: the layers, then what the base map says."""
    made = [
        Chapter(one.collection.spec.title, entries)
        for one in visible.overlays
        if (entries := tuple(_entries(one, visible)))
    ]
    base = tuple(_base(visible))
    return made + ([Chapter(BASE, base)] if base else [])


def _entries(seen: Seen, visible: Visible) -> Iterator[Entry]:
    """One for each rule and form of the visible features, with the look that most of them have."""
    collection, looks, shown_on = seen.collection, seen.looks, visible.map
    at_sea = visible.under_land(collection.id)
    found: dict[tuple[int, Form], Counter[Look]] = {}
    for number in seen.numbers:
        feature, look = collection.features[number], looks.of(number)
        rule, form = rule_of(collection, feature), form_of(feature)
        if look is not None and rule is not None and form is not None:
            found.setdefault((rule, form), Counter())[look] += 1
    for rule, form in sorted(found, key=lambda one: one[0]):
        spec = collection.spec.style.rules[rule]
        if spec.legend:
            look = found[rule, form].most_common(1)[0][0]
            hatched = shown_on.hatched and look.disputed and form == "area"
            outlined = collection.id not in shown_on.unstroked
            yield Entry(spec.label, form, look, hatched, outlined, form == "area" and at_sea)


def _base(visible: Visible) -> Iterator[Entry]:
    """What is tinted or hatched of the countries that the picture shows."""
    held = visible.drawing.catalogue.collections
    if "countries" not in visible.map.collections or "countries" not in held:
        return
    shown = _shown(visible.drawing, visible.extent)
    features = held["countries"].features
    if any(features[one].id in visible.map.highlight for one in shown):
        yield Entry(visible.map.highlight_label, "area")
    if any(features[one].properties.status is Status.DISPUTED for one in shown):
        yield Entry(CONTESTED, "area", hatched=True)


def _shown(drawing: Drawing, extent: Extent) -> list[int]:
    """The numbers of the countries of which anything is in the room."""
    sheet = Sheet.of(drawing, drawing.catalogue["countries"], extent.frame)
    shapes, numbers = sheet.areas
    if not len(shapes):
        return []
    bounds = shapely.bounds(shapely.transform(shapes, extent.frame.pixels))
    room = extent.room
    there = (bounds[:, 0] < room.right) & (bounds[:, 2] > room.left)
    there &= (bounds[:, 1] < room.bottom) & (bounds[:, 3] > room.top)
    return sorted(np.unique(numbers[there]).tolist())

"""The lines of a picture's legend: only what is in the picture, as it is drawn there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geo.vocabulary import Status
from layers.legend import Form, form_of
from server.draw.looks import Look
from server.draw.sheet import Sheet
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
        rule, form = looks.rules[number], form_of(feature)
        if look is not None and rule is not None and form is not None:
            found.setdefault((rule, form), Counter())[look] += 1
    for rule, form in sorted(found, key=lambda one: one[0]):
        spec = collection.spec.style.rules[rule]
        if spec.legend:
            look = found[rule, form].most_common(1)[0][0]
            disputed = shown_on.hatched and look.disputed and look.paint.fill is not False
            hatched = form == "area" and (look.paint.hatch is not None or disputed)
            outlined = collection.id not in shown_on.unstroked
            yield Entry(spec.label, form, look, hatched, outlined, form == "area" and at_sea)


def _base(visible: Visible) -> Iterator[Entry]:
    """What is tinted or hatched of the countries that the picture shows."""
    held, shown_on = visible.drawing.catalogue.collections, visible.map
    if "countries" not in shown_on.collections or "countries" not in held:
        return
    features = held["countries"].features
    tinted = [n for n, one in enumerate(features) if one.id in shown_on.highlight]
    if _any_shown(visible, tinted):
        yield Entry(shown_on.highlight_label, "area")
    open_ = [n for n, one in enumerate(features) if one.properties.status is Status.DISPUTED]
    if _any_shown(visible, open_):
        yield Entry(CONTESTED, "area", hatched=True)


def _any_shown(visible: Visible, wanted: list[int]) -> bool:
    """Whether anything of the countries with these numbers is in the room."""
    drawing, frame, room = visible.drawing, visible.extent.frame, visible.extent.room
    shapes, numbers = Sheet.of(drawing, drawing.catalogue["countries"], frame).areas
    found = shapely.transform(shapes[np.isin(numbers, wanted)], frame.pixels)
    cut = shapely.clip_by_rect(found, room.left, room.top, room.right, room.bottom)
    return not shapely.is_empty(cut).all()

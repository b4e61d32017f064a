"""The lines of a picture's legend: only what is in the picture, as it is drawn there."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from geo.feature import Form
from geo.vocabulary import Status
from server.draw.looks import HIDDEN, Look
from server.draw.sheet import Sheet
from server.draw.wording import short
from server.pictures.visible import Seen, Visible
from server.pictures.words import word
from server.speech import speech


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
    """What belongs to one layer; without a title it needs none."""

    title: str
    entries: tuple[Entry, ...]


def chapters(visible: Visible) -> list[Chapter]:
    """The legend of a picture: the layers, then what the base map says.

    A layer of which the title of the map speaks already has no heading of its own.
    """
    lang = visible.choice.lang
    say = speech(lang).gettext
    made = [
        Chapter(_heading(say(one.collection.spec.title), visible.map.title), entries)
        for one in visible.overlays
        if (entries := tuple(_entries(one, visible)))
    ]
    base = tuple(_base(visible))
    return made + ([Chapter(word("base", lang), base)] if base else [])


def _heading(layer: str, map_: str) -> str:
    """What stands before a colon or a bracket: in a narrow column there is no room for more."""
    return "" if layer == map_ else short(layer)


def _entries(seen: Seen, visible: Visible) -> Iterator[Entry]:
    """One for each rule and form of the visible features, with the look that most of them have."""
    collection, looks, shown_on = seen.collection, seen.looks, visible.map
    at_sea = visible.under_land(collection.id)
    found: dict[tuple[int, Form], Counter[int]] = {}  # looks by their numbers: quick to compare
    for number in seen.numbers:
        kind, rule = int(looks.number[number]), looks.rules[number]
        form = collection.features[number].form
        if kind != HIDDEN and rule is not None and form is not None:
            found.setdefault((rule, form), Counter())[kind] += 1
    for rule, form in sorted(found, key=lambda one: one[0]):
        spec = collection.spec.style.rules[rule]
        if spec.legend:
            look = looks.looks[found[rule, form].most_common(1)[0][0]]
            disputed = shown_on.hatched and look.disputed and look.paint.fill is not False
            hatched = form == "area" and (look.paint.hatch is not None or disputed)
            outlined = collection.id not in shown_on.unstroked
            label = speech(visible.choice.lang).gettext(spec.label)
            yield Entry(label, form, look, hatched, outlined, form == "area" and at_sea)


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
        yield Entry(word("contested", visible.choice.lang), "area", hatched=True)


def _any_shown(visible: Visible, wanted: list[int]) -> bool:
    """Whether anything of the countries with these numbers is in the room."""
    if not wanted:
        return False
    drawing, frame, room = visible.drawing, visible.frame, visible.extent.room
    shapes = Sheet.of(drawing, drawing.catalogue["countries"], frame).areas_of(wanted)[0]
    found = shapely.transform(shapes, frame.pixels)
    cut = shapely.clip_by_rect(found, room.left, room.top, room.right, room.bottom)
    return not shapely.is_empty(cut).all()

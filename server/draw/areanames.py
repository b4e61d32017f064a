"""The names of the areas of overlays, in their middle once there is room."""

from collections.abc import Iterator
from dataclasses import replace

from geo.feature import Feature
from geo.labels import Candidate
from geo.vocabulary import Status
from layers.collection import Collection
from server.codes import plain
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.placenames import area_label, pixels, sized, state_name
from server.draw.wording import broken, name_on, shortest
from server.speech import speech

ROOM_PX = 15.0  # the radius of an area that bears its name
LEAST_PX = 4.0  # and of a disputed one that has it beside it
SMALL_PX, SMALL = 40.0, 0.92  # below this radius letters are smaller
FIRST, OPEN_FIRST = 0.8, 0.2  # priorities: before all names of the base


def area_names(
    drawing: Drawing, collection: Collection, frame: Frame, choice: Choice
) -> Iterator[Candidate]:
    """The short names of areas, of what kind a disputed one is, and that a claimed one is."""
    looks = drawing.looks(collection.id, choice.at, choice.view)
    theme = drawing.themes[choice.theme]
    rooms = drawing.rooms(collection.id, frame.plane)
    for room, at in zip(rooms, pixels(frame, rooms), strict=True):
        feature, radius = collection.features[room.feature], room.radius / frame.resolution
        status = feature.properties.status
        open_ = status is Status.DISPUTED
        if looks.of(room.feature) is None or radius < (LEAST_PX if open_ else ROOM_PX):
            continue
        letters = theme.letters_of("area_open" if open_ else "area")
        letters = sized(letters, SMALL if radius < SMALL_PX else 1.0)
        named = shortest(name_on(drawing.fonts, feature, choice.lang))
        text = broken(state_name(drawing, feature, named, choice.lang), 14)
        if open_:
            text += "\n" + broken(f"({_kind(feature, choice.lang)})", 20)
        elif status is Status.CLAIMED:
            text += f"\n({plain(Status.CLAIMED, choice.lang)})"
        priority = OPEN_FIRST if open_ else FIRST - min(0.3, radius / 1000)
        made = area_label(text, letters, at, priority)
        beside = open_ and radius < ROOM_PX
        yield replace(made, kind="point", dot=radius) if beside else made


def _kind(feature: Feature, lang: str) -> str:
    """Of what kind a disputed area is; one that is called contested is not called disputed too."""
    kind = plain(feature.properties.kind, lang)
    if "contested" in feature.properties.kind:
        return kind
    return speech(lang).gettext("{kind}, disputed").format(kind=kind)

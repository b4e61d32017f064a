"""The names of the base: states, towns and seas of the layer `labels`, other countries, lakes."""

from collections.abc import Iterator

import numpy as np
import shapely

from geo.feature import Feature
from geo.labels import Candidate
from geo.paths import Points
from geo.plane import PLANES
from geo.vocabulary import Status
from layers.themes import Letters
from server.draw.choice import Choice
from server.draw.drawing import Drawing
from server.draw.frame import Frame
from server.draw.room import Room
from server.draw.wording import broken, name_on, written

STATES, SEAS = ("state", "territory"), ("sea", "ocean", "strait", "lake")
DOTS = ("town", "capital")
EARLY = 0.35  # a zoom level: how much earlier than its own zoom a name may come
EARLIER = (
    1.0  # and in a plane around the pole, where names do not stand as far apart as in Mercator
)
SMALL_BELOW, SMALL = 3.5, 0.86  # zoom, and the size of letters on a map of the world
SIZES = {1: 1.0, 2: 0.94, 3: 0.88}  # of the letters, by rank
LETTER = 0.66  # of the size: how wide a letter is, about
FITS, LAKE_FITS = 0.42, 0.25  # of the width of a name: the room that it needs at least
LEAST_PX, LARGE_PX = 4.0, 34.0  # the radius of a country with a name, and with larger letters
COUNTRY, LAKE = 3.5, 4.5  # priorities, between the ranks of the layer `labels`
STATES_FIRST, SEAS_FIRST = 0.3, 0.2  # how much before towns of their rank
OPEN = {"upper": False, "style": "sans_italic", "spacing": 0.3}
UNNAMED = ("military_base", "treaty_area", "special_area", "buffer_zone")


def place_names(drawing: Drawing, frame: Frame, choice: Choice) -> Iterator[Candidate]:
    """The names of the layer `labels` for which the picture is large enough."""
    features = [one for one in drawing.catalogue["labels"].features if one.geometry is not None]
    at = np.array([shapely.get_coordinates(one.geometry)[0] for one in features])
    pixels = everywhere(frame, PLANES[frame.plane].forward(at)) if len(at) else at
    early = EARLIER if PLANES[frame.plane].polar else EARLY
    for feature, (_, lat), (x, y) in zip(features, at.tolist(), pixels.tolist(), strict=True):
        tags = feature.properties.tags
        zoom = frame.zoom_at(lat)
        if zoom + early >= float(tags.get("min_zoom", 0)):
            yield _placed(drawing, feature, (x, y), choice, zoom)


def country_names(drawing: Drawing, frame: Frame, choice: Choice) -> Iterator[Candidate]:
    """The names of countries that the layer `labels` does not place, where there is room."""
    features = drawing.catalogue["countries"].features
    known = _named_already(drawing)
    rooms = drawing.rooms("countries", frame.plane)
    for room, at in zip(rooms, pixels(frame, rooms), strict=True):
        feature = features[room.feature]
        told = feature.properties
        if room.main and told.kind not in UNNAMED and not {feature.id, told.name} & known:
            yield from _country(drawing, feature, at, room.radius / frame.resolution, choice)


def lake_names(drawing: Drawing, frame: Frame, choice: Choice) -> Iterator[Candidate]:
    """The names of lakes that have room for a good part of theirs."""
    letters = drawing.themes[choice.theme].letters_of("lake")
    features = drawing.catalogue["lakes"].features
    rooms = drawing.rooms("lakes", frame.plane)
    for room, at in zip(rooms, pixels(frame, rooms), strict=True):
        feature = features[room.feature]
        if not room.main or feature.properties.tags.get("label_class") != "lake":
            continue
        text = broken(name_on(drawing.fonts, feature, choice.lang))
        radius = room.radius / frame.resolution
        if radius >= LAKE_FITS * width_of(text, letters):
            yield area_label(text, letters, at, LAKE - min(1.0, radius / 200))


def area_label(text: str, letters: Letters, at: tuple[float, float], priority: float) -> Candidate:
    """A name in the middle of what it names."""
    return Candidate(priority, text, letters.type, letters.color, *at, letters.halo, "area")


def pixels(frame: Frame, rooms: list[Room]) -> list[tuple[float, float]]:
    """The middle of each room, in px of the whole plane."""
    at = everywhere(frame, np.array([(one.x, one.y) for one in rooms]).reshape(-1, 2))
    return [(x, y) for x, y in at.tolist()]


def everywhere(frame: Frame, points: Points) -> Points:
    """Points of the plane in px of the whole plane, whatever part of it the frame shows."""
    return np.asarray(frame.pixels(points) + np.array(frame.origin), dtype=np.float64)


def width_of(text: str, letters: Letters) -> float:
    """How wide the longest line of a text is, about, px."""
    longest = max(len(line) for line in text.split("\n"))
    return longest * (LETTER * letters.size + letters.spacing)


def sized(letters: Letters, factor: float) -> Letters:
    """The same letters, larger or smaller, with their spacing."""
    new = {"size": round(letters.size * factor, 1), "spacing": round(letters.spacing * factor, 2)}
    return letters.model_copy(update=new)


def _placed(
    drawing: Drawing, feature: Feature, at: tuple[float, float], choice: Choice, zoom: float
) -> Candidate:
    tags = feature.properties.tags
    kind, rank = str(tags.get("label_class", "other")), int(tags.get("rank", 5))
    theme = drawing.themes[choice.theme]
    factor = SIZES.get(rank, 0.85) * (SMALL if zoom < SMALL_BELOW else 1.0)
    name = _name(drawing, feature, choice.lang)
    if kind in DOTS:
        letters, dot = theme.letters_of(kind), theme.capital if kind == "capital" else theme.town
        letters = sized(letters, 1.0 if kind == "capital" else factor**0.5)
        return Candidate(
            rank, name, letters.type, letters.color, *at, letters.halo, "point",
            dot=dot.radius + dot.width / 2, id=f"{kind}:{feature.id}",
        )  # fmt: skip
    if kind == "sea" and rank == 1 and feature.id.endswith("_ocean"):
        kind = "ocean"
    letters = sized(theme.letters_of(kind), factor)
    text = written(name, letters, choice.lang)
    before = STATES_FIRST if kind in STATES else SEAS_FIRST
    return area_label(broken(text) if kind in SEAS else text, letters, at, rank - before)


def _name(drawing: Drawing, feature: Feature, lang: str) -> str:
    """The name; that of the country where the layer `labels` does not have it in a language."""
    name = name_on(drawing.fonts, feature, lang)
    return name if name != feature.properties.name else state_name(drawing, feature, name, lang)


def state_name(drawing: Drawing, feature: Feature, name: str, lang: str) -> str:
    """``name``; where that is what the state of the feature is called, in the language."""
    codes = feature.properties.parties
    if len(codes) != 1:
        return name
    countries = drawing.catalogue.collections.get("countries")
    country = countries.by_id.get(codes[0].lower()) if countries else None
    if country is None or country.properties.name != name:
        return name
    return name_on(drawing.fonts, country, lang)


def _country(
    drawing: Drawing, feature: Feature, at: tuple[float, float], radius: float, choice: Choice
) -> Iterator[Candidate]:
    if radius < LEAST_PX:
        return
    told, theme = feature.properties, drawing.themes[choice.theme]
    open_ = told.status is Status.DISPUTED
    letters = theme.letters_of("territory" if open_ or told.kind == "territory" else "state")
    if open_:  # as a name that is written, and not as one that is stated
        letters = letters.model_copy(
            update={"upper": False, "style": "sans_italic", "spacing": 0.3}
        )
    letters = sized(letters, 0.94 if radius > LARGE_PX else 0.8)
    name = name_on(drawing.fonts, feature, choice.lang)
    text = broken(written(name, letters, choice.lang), 16)
    if radius >= FITS * width_of(text, letters) / 2:
        yield area_label(text, letters, at, COUNTRY - min(1.5, radius / 60))


def _named_already(drawing: Drawing) -> set[str]:
    """Ids and names of the countries that the layer `labels` names."""
    states = [
        one.properties
        for one in drawing.catalogue["labels"].features
        if one.properties.tags.get("label_class") in STATES
    ]
    codes = {one.parties[0].lower() for one in states if one.parties}
    return codes | {one.name for one in states}

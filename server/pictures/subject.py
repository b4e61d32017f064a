"""A picture about one feature: its name as the title, its surroundings as the extent."""

import math

from geo.bbox import BBox
from geo.extent import extent_of
from geo.feature import Feature
from layers.catalogue import Catalogue
from layers.errors import NoSuchFeature
from layers.maps import MERCATOR_LIMIT, MapSpec, Picture
from server.codes import meaning, plain
from server.draw.wording import name_in
from server.errors import BadParameter
from server.pictures.crs import REGION_HEIGHT, REGION_WIDTH, middle_of
from server.speech import ENGLISH
from server.words import span_text

Mark = tuple[str, int]
AROUND = 0.35  # of the height and the width of the feature, on each side
LEAST = 1.6  # degrees of latitude that a picture shows at least
SHAPE = 1.6  # how much wider than high that least is, on the ground
SOUTHERN, NORTHERN = 15.0, 78.0  # between them a conic shows a region best
FROM_ABOVE = 55.0  # degrees: what reaches farther north, and is no region, is seen from the pole
WHOLE = 359.0


def subject(
    map: MapSpec, catalogue: Catalogue, asked: str, lang: str = ENGLISH
) -> tuple[MapSpec, Mark]:
    """``map`` made to be about one feature, and which one: its collection and its number there.

    ``asked`` is the collection, a slash and the id of the feature. Raises `BadParameter` for a
    collection that the map does not show and a feature without a place, `NoSuchFeature` for one
    that is not there.
    """
    layer, _, name = asked.partition("/")
    if layer not in map.collections or layer not in catalogue.collections:
        shown = ", ".join(map.collections)
        raise BadParameter(
            f"feature is {asked[:40]!r}; write feature=collection/id with one of: {shown}"
        )
    held = catalogue[layer]
    found = held.by_id.get(name)
    if found is None:
        raise NoSuchFeature(f"collection {layer} has no feature {name[:80]!r}")
    box = extent_of([found.geometry])
    if box is None:
        raise BadParameter(f"feature {name[:80]!r} has no place; take one that has geometry")
    return about(map, found, surroundings(box), layer, lang), (layer, list(held.by_id).index(name))


def about(
    map: MapSpec, feature: Feature, box: BBox, collection: str, lang: str = ENGLISH
) -> MapSpec:
    """The map with the feature's name and text, in ``box``, its layer switched on."""
    told = feature.properties
    kind = plain(told.kind, lang)
    said = f"{kind[:1].upper()}{kind[1:]}, {plain(told.status, lang)}: {meaning(told.status, lang)}"
    when = span_text(told.valid_from, told.valid_to, lang)
    text = f"{said}; {when}." if when else f"{said}."
    south = max(min(box.south, MERCATOR_LIMIT - 1), -MERCATOR_LIMIT)
    return map.model_copy(
        update={
            "title": name_in(feature, lang),
            "description": text,
            "summary": told.note or text,
            "bbox": (box.west, south, box.east, min(box.north, MERCATOR_LIMIT)),
            "lon0": middle_of(box),
            "picture": picture_of(box),
            "card": None,
            "off": tuple(one for one in map.off if one != collection),
        }
    )


def surroundings(box: BBox) -> BBox:
    """A box with room around a feature, over the pole where it comes near it."""
    grow = max(AROUND * (box.north - box.south), (LEAST - (box.north - box.south)) / 2)
    south, north = max(box.south - grow, -90.0), min(box.north + grow, 90.0)
    shrunk = math.cos(math.radians(min(max(abs(box.south), abs(box.north)), 86.0)))
    wide = max(AROUND * box.width, (LEAST * SHAPE / shrunk - box.width) / 2)
    if box.width + 2 * wide >= WHOLE:
        return BBox(-180.0, south, 180.0, north)
    return BBox(_turn(box.west - wide), south, _turn(box.east + wide), north)


def picture_of(box: BBox) -> Picture:
    """A conic for a region, from above the pole in the north, else Mercator."""
    lon0 = round(middle_of(box), 1)
    region = box.width <= REGION_WIDTH and box.north - box.south <= REGION_HEIGHT
    if region and box.south >= SOUTHERN and box.north <= NORTHERN:
        return Picture(crs="conic", lon0=lon0)
    if box.north > FROM_ABOVE and box.south > 0:
        corners = (box.west, box.south, box.east, box.north)
        return Picture(crs="equal_area", lon0=lon0, bbox=corners)
    return Picture(crs="mercator", lon0=lon0)


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180

"""Which projection a picture gets: the one asked for, the one of its map, or by its extent."""

from geo.bbox import BBox
from geo.conic import Conic, standard_parallels
from geo.orthographic import Orthographic
from geo.plane import EQUAL_AREA, STEREOGRAPHIC
from layers.maps import MERCATOR_LIMIT, Crs, MapSpec, Picture
from server.errors import BadParameter
from server.pictures.codes import CODES
from server.pictures.projection import Globe, Mercator, Polar, Projection, Regional

POLAR_NORTH, POLAR_SOUTH, POLAR_WIDTH = 72.0, 35.0, 100.0  # degrees: a map of the Arctic
REGION_WIDTH, REGION_HEIGHT = 60.0, 35.0  # a map of a region: narrower and lower than this
LOW, HIGH = 15.0, 80.0  # latitudes between which a conic serves
CONIC_WIDTH, CONIC_LIMIT = 180.0, 84.0  # degrees: how far a conic reaches
GLOBE_SOUTH, GLOBE_NORTH = 30.0, 72.0  # the middle of a globe lies here where none is asked for
POLAR_LIMIT = 0.0  # degrees north: how far south a polar picture reaches


def automatic(map: MapSpec) -> Picture:
    """How a map is drawn that says nothing itself: polar, conic or Mercator by its extent."""
    if map.picture:
        return map.picture
    box = BBox(*map.bbox)
    lon0 = 0.0 if box.width > 300 else float(round(middle_of(box)))
    if box.north >= POLAR_NORTH and box.south >= POLAR_SOUTH and box.width > POLAR_WIDTH:
        around = (-180.0, min(box.south, 66.0), 180.0, 90.0)
        return Picture(crs="equal_area", lon0=lon0, bbox=around if box.width > 180 else None)
    region = box.width <= REGION_WIDTH and box.north - box.south <= REGION_HEIGHT
    if region and box.south >= LOW and box.north <= HIGH:
        return Picture(crs="conic", lon0=round(middle_of(box), 1))
    return Picture(crs="mercator", lon0=lon0)


def box_of(map: MapSpec, crs: Crs, asked: BBox | None) -> BBox:
    """The box that a picture shows at least. Raises `BadParameter` for one that it cannot.

    Without one asked for it is that of the map's picture (Mercator: of the map), as far as the
    projection reaches.
    """
    default = map.bbox if crs == "mercator" else automatic(map).bbox or map.bbox
    box = asked or BBox(*default)
    south, north = _reach(crs)
    if asked and (box.south < south or box.north > north):
        raise BadParameter(
            f"bbox runs from {box.south:g} to {box.north:g} degrees north; crs={crs} shows "
            f"{south:g} to {north:g}: choose another crs or bbox"
        )
    if crs == "conic" and box.width > CONIC_WIDTH:
        raise BadParameter(
            f"crs is conic, which shows {CONIC_WIDTH:g} degrees of longitude at most, and the "
            f"picture has {box.width:.0f}: choose a smaller bbox or another crs"
        )
    if box.north <= south:
        raise BadParameter(f"crs is {crs}, which ends at {south:g} degrees, north of this map")
    return BBox(box.west, max(box.south, south), box.east, min(box.north, north))


def projection_of(
    map: MapSpec,
    crs: tuple[Crs, int | None],
    box: BBox,
    lon0: float | None,
    centre: tuple[float, float] | None,
) -> Projection:
    """The projection of a picture; ``lon0`` and ``centre`` (lon, lat) are what a reader asked.

    Raises `BadParameter` for a globe seen from too far south, and a conic across the equator.
    """
    word, code = crs
    default = automatic(map)
    middle = centre[0] if centre else round(middle_of(box), 1)
    if word == "mercator":
        return Mercator(middle)
    if word == "globe":
        return _globe(default, box, lon0, centre)
    if word == "conic":
        own = default if default.crs == "conic" and not centre else None
        return _conic(box, lon0 if lon0 is not None else own.lon0 if own else middle, own)
    plane = STEREOGRAPHIC if word == "stereographic" else EQUAL_AREA
    if code is not None:
        return Polar(plane, CODES[code][1], code)
    if lon0 is None:
        polar = default.crs in ("stereographic", "equal_area", "globe")
        lon0 = default.lon0 if polar and not centre else middle
    return Polar(plane, lon0)


def middle_of(box: BBox) -> float:
    """The longitude in the middle of a box, within ±180."""
    return (box.west + box.width / 2 + 180) % 360 - 180


def _reach(crs: Crs) -> tuple[float, float]:
    if crs == "mercator":
        return -MERCATOR_LIMIT, MERCATOR_LIMIT
    if crs == "conic":
        return -CONIC_LIMIT, CONIC_LIMIT
    return (-90.0 if crs == "globe" else POLAR_LIMIT), 90.0


def _globe(
    default: Picture, box: BBox, lon0: float | None, centre: tuple[float, float] | None
) -> Globe:
    if centre:
        if centre[1] < GLOBE_SOUTH:
            raise BadParameter(
                f"center has the latitude {centre[1]:g}; a globe is seen from above "
                f"{GLOBE_SOUTH:g} degrees north or more"
            )
        return Globe(Orthographic(*centre))
    own = default.crs in ("globe", "stereographic", "equal_area")
    lon = lon0 if lon0 is not None else default.lon0 if own else round(middle_of(box), 1)
    lat = default.lat0 if own else (box.south + box.north) / 2
    return Globe(Orthographic(lon, round(min(max(lat, GLOBE_SOUTH), GLOBE_NORTH), 1)))


def _conic(box: BBox, lon0: float, own: Picture | None) -> Regional:
    south, north = (own and own.parallels) or standard_parallels(box.south, box.north)
    if abs(south + north) < 1:
        raise BadParameter(
            "crs is conic, which cannot have the equator in its middle: choose mercator"
        )
    return Regional(Conic(lon0, (south, north)))

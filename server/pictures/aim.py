"""From what is asked to what is shown: the extent of a map in the room that it has."""

from geo.bbox import BBox
from layers.maps import MapSpec
from server.pictures.crs import automatic, box_of, projection_of
from server.pictures.extent import Extent, fitted, whole_globe, zoomed
from server.pictures.order import Order
from server.pictures.projection import Globe
from server.pictures.room import Room

MARGIN = 14.0  # px between what has to be seen and the edge of the map
_AROUND_GLOBE = 18.0
_POINT = 1e-3  # degrees


def aimed(map: MapSpec, order: Order, room: Room, margin: float = MARGIN) -> Extent:
    """The extent that the order asks for, else the best of its map. Raises `BadParameter`."""
    size = (order.width, order.height)
    crs = order.crs or (automatic(map).crs, None)
    box = BBox(0, 0, 0, 0) if order.center else box_of(map, crs[0], order.bbox)
    projection = projection_of(map, crs, _about(order, box), order.lon0, order.center)
    if order.center and order.zoom is not None:
        return zoomed(projection, order.center, order.zoom, room, size)
    if isinstance(projection, Globe) and not order.bbox:
        return whole_globe(projection, room, size, _AROUND_GLOBE)
    return fitted(projection, box, room, size, 0.0 if order.bbox else margin)


def _about(order: Order, box: BBox) -> BBox:
    """A box around the place in the middle, where one is asked for."""
    if not order.center:
        return box
    (lon, lat), reach = order.center, 360 / 2 ** (order.zoom or 0)
    high, wide = min(reach / 2, 20.0), min(reach, 60.0)
    west = (lon - wide + 180) % 360 - 180
    east = (lon + wide + 180) % 360 - 180
    return BBox(west, max(lat - high, -84.0), east, max(min(lat + high, 84.0), -84.0 + _POINT))

"""The named maps: which collections stand together in which extent, and what that cannot show."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from geo.bbox import BBox
from geo.model import Text
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.coverage import has_areas, quietest_meridian

HOME = Path(__file__).parent
MERCATOR_LIMIT = 85.05  # where Web Mercator is as high as wide, rounded down (EPSG:3857)
BASE = ("land", "rivers", "lakes", "countries")
LABELS = "labels"
WHOLE, HAIR = 359.0, 0.1  # degrees: what counts as all around, and what is left out then
LEAST_SPAN = 0.2  # degrees: a single point still gets a map with a neighbourhood
Crs = Literal["mercator", "stereographic", "equal_area", "globe", "conic"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ZoomRange(_Frozen):
    """Zoom levels of Web Mercator with tiles of 256 px; parts of a level are allowed."""

    min: Annotated[float, Field(ge=0, le=20)] = 0
    max: Annotated[float, Field(ge=0, le=20)] = 14


class Picture(_Frozen):
    """How a whole map is drawn as a picture, where Mercator is not the best way to show it.

    ``lon0`` is the meridian that runs down from the pole, that of a conic, or that of the middle
    of a globe, and ``lat0`` its latitude; ``parallels`` are those of a conic. ``bbox`` is what the
    picture shows at least: other than the map's own it may hold the pole. ``shown`` are collections
    that a reader of the map has to switch on and the picture has from the start; ``text`` is said
    in place of the map's description, which speaks of switches.
    """

    crs: Crs
    lon0: Annotated[float, Field(ge=-180, le=180)]
    lat0: Annotated[float, Field(ge=30, le=90)] = 72
    parallels: tuple[float, float] | None = None
    bbox: tuple[float, float, float, float] | None = None
    shown: tuple[str, ...] = ()
    text: Text | None = None

    @model_validator(mode="after")
    def _bbox_on_the_globe(self) -> Self:
        if self.bbox:
            BBox(*self.bbox).checked()
        return self


class MapSpec(_Frozen):
    """A map as a reader sees it. ``collections`` are in drawing order, the lowest first.

    ``bbox`` is the first view in CRS84 (west > east runs across 180°); ``lon0`` the longitude in
    the middle of the unrolled world; ``detail`` the zoom up to which the base is exact to a pixel.
    """

    id: str
    title: Text
    description: Text
    summary: Text | None = None  # the description in one sentence, for cards
    collections: tuple[str, ...]
    bbox: tuple[float, float, float, float]
    lon0: float
    detail: Annotated[float, Field(ge=0, le=14)] = 5
    zoom: ZoomRange = ZoomRange()
    limits: tuple[Text, ...] = ()  # what this map cannot show
    flat_limits: tuple[Text, ...] = ()  # and what it cannot in the Mercator projection
    context: tuple[str, ...] = ()  # collections of which only what lies here is listed
    off: tuple[str, ...] = ()  # collections that a reader has to switch on
    unstroked: tuple[str, ...] = ()  # whose areas have no outline, because another draws the lines
    named: tuple[str, ...] = ()  # whose areas bear their short names
    along: tuple[str, ...] = ()  # whose lines bear their short names along them
    hatched: bool = False  # whether the disputed areas of the overlays are hatched
    highlight: tuple[str, ...] = ()  # ids of countries that the map is about, tinted lightly
    highlight_label: str = ""
    picture: Picture | None = None  # the whole map as a picture; by its extent where not given
    card: Picture | None = None  # and as the picture that a link to it shows

    @model_validator(mode="after")
    def _bbox_on_the_globe(self) -> Self:
        box = BBox(*self.bbox).checked()
        if max(abs(box.south), abs(box.north)) > MERCATOR_LIMIT:
            raise ValueError(f"map {self.id}: bbox leaves Mercator, which ends at 85.05°")
        return self

    @property
    def view(self) -> tuple[float, float, float, float]:
        """The bbox with longitudes as this map unrolls them: west < east, within lon0 ± 180."""
        west, south, _, north = self.bbox
        west = self.lon0 + _turn(west - self.lon0)
        return (west, south, west + BBox(*self.bbox).width, north)

    def shown(self, catalogue: Catalogue) -> list[Collection]:
        """The collections of this map that the catalogue holds, in drawing order."""
        held = catalogue.collections
        return [held[one] for one in self.collections if one in held]


def load_maps(path: Path = HOME / "maps.toml") -> dict[str, MapSpec]:
    """The named maps by id, in file order. Raises pydantic's `ValidationError` for a bad entry."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: MapSpec(id=name, **entry) for name, entry in entries.items()}


def maps_of(catalogue: Catalogue, named: dict[str, MapSpec] | None = None) -> dict[str, MapSpec]:
    """The named maps, then one for each overlay collection that does not share an id with them.

    So that a foreign layer folder can be looked at without an entry anywhere.
    """
    maps = dict(load_maps() if named is None else named)
    for collection in catalogue.collections.values():
        if has_own_map(collection):
            maps.setdefault(collection.id, map_of(collection, catalogue))
    return maps


def has_own_map(collection: Collection) -> bool:
    """Whether the collection gets a map of its own: an overlay with something to draw."""
    return collection.spec.role == "overlay" and collection.extent is not None


def map_of(collection: Collection, catalogue: Catalogue) -> MapSpec:
    """A map of one collection over the base, with the extent of its data; the world if empty."""
    box = collection.extent or BBox(-180, -60, 180, MERCATOR_LIMIT)
    west, south, east, north = _framed(_unrolled(box, collection))
    middle = west + BBox(west, south, east, north).width / 2
    return MapSpec(
        id=collection.id,
        title=collection.spec.title,
        description=collection.spec.description,
        collections=tuple(_known(catalogue, (*BASE, collection.id, LABELS))),
        bbox=(west, south, east, north),
        lon0=round(_turn(middle), 1),
        detail=_detail(BBox(west, south, east, north)),
        named=(collection.id,) if has_areas(collection.features) else (),
        hatched=True,
    )


def _known(catalogue: Catalogue, ids: Iterable[str]) -> list[str]:
    return [one for one in ids if one in catalogue.collections]


def _unrolled(box: BBox, collection: Collection) -> BBox:
    """The box; one around the whole world begins where the least is cut by its two sides."""
    if box.width < WHOLE:
        return box
    shapes = [one.geometry for one in collection.features if one.geometry is not None]
    seam = quietest_meridian(shapes, MERCATOR_LIMIT)
    return BBox(_turn(seam + HAIR), box.south, _turn(seam - HAIR), box.north)


def _framed(box: BBox) -> tuple[float, float, float, float]:
    """The box within Mercator, at least a fifth of a degree wide and high."""
    south, north = _wide(_mercator(box.south), _mercator(box.north))
    if box.width >= LEAST_SPAN:
        return (box.west, south, box.east, north)
    grow = (LEAST_SPAN - box.width) / 2
    return (_turn(box.west - grow), south, _turn(box.east + grow), north)


def _wide(low: float, high: float) -> tuple[float, float]:
    grow = max(0.0, LEAST_SPAN - (high - low)) / 2
    return (max(-MERCATOR_LIMIT, low - grow), min(MERCATOR_LIMIT, high + grow))


def _mercator(latitude: float) -> float:
    return max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, latitude))


def _turn(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def _detail(box: BBox) -> float:
    """Coarser for wider maps: the base of the world needs zoom 3, that of a district zoom 9."""
    for span, zoom in ((180, 3.0), (60, 4.5), (20, 6.0), (6, 7.5)):
        if box.width > span:
            return zoom
    return 9.0

"""Raster tiles: a map, its overlays alone, or the base alone, as PNG or lossless WebP."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from layers.maps import BASE, LABELS, MapSpec
from server.ask import Ask, asked
from server.draw.choice import Choice
from server.draw.spot import Spot
from server.errors import BadParameter, NoSuchGrid, NoSuchTile
from server.framework import Router
from server.maps.routes import find_map
from server.params import read_interval
from server.prepared import Prepared, prepare
from server.state import Site
from server.tiles.kept import Make, address
from server.view import NEUTRAL, known_view

router = Router()
CONFORMANCE: tuple[str, ...] = ()
LOOK = ("theme", "lang")
PARAMETERS = (*LOOK, "view", "datetime")
MEDIA = {"png": "image/png", "webp": "image/webp"}
_FILE = re.compile(r"([0-9]{1,9})(@2x)?\.(png|webp)")
_NUMBER = re.compile(r"[0-9]{1,9}")
_PATH = re.compile(
    r"(?:/tiles/base|/maps/(?P<id>[^/]+)(?P<bare>/overlay)?/tiles)/(?P<tms>[A-Za-z0-9]+)"
    r"/(?P<z>0|[1-9][0-9]?)/(?P<row>0|[1-9][0-9]{0,8})"
    r"/(?P<name>(?:0|[1-9][0-9]{0,8})(?:@2x)?\.(?:png|webp))"
)
GROUND = MapSpec(
    id="base",
    title="Base map",
    description="Sea, land, borders and names, without any overlay.",
    collections=(*BASE, LABELS),
    bbox=(-180, -60, 180, 85),
    lon0=0,
)


@dataclass(frozen=True, slots=True)
class File:
    """How a tile is written: device pixels for each px, and the format."""

    scale: int
    form: str


@router.get("/maps/{id}/tiles/{tms}/{z}/{row}/{file}")
async def map_tile(request: Request) -> Response:
    """A tile of a map: base, overlays and names. ``file`` is the column, ``@2x`` and the form."""
    return await _answered(request, Choice())


@router.get("/maps/{id}/overlay/tiles/{tms}/{z}/{row}/{file}")
async def overlay_tile(request: Request) -> Response:
    """A tile of the overlays of a map and their names, transparent elsewhere."""
    return await _answered(request, Choice(base=False))


@router.get("/tiles/base/{tms}/{z}/{row}/{file}")
async def base_tile(request: Request) -> Response:
    """A tile of the base that all maps share."""
    return await _answered(request, Choice(overlays=False))


def at_path(site: Site, path: str) -> Make | None:
    """What makes the tile at a ``path`` without parameters, written as we write it.

    None for the path of anything else, and of a tile that its grid does not hold; of a map that
    is not there the making tells.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    place = {part: found[part] for part in ("tms", "z", "row")}
    try:
        spot, file = _spot(site, {**place, "file": found["name"]})
    except (NoSuchGrid, NoSuchTile):
        return None
    choice = Choice(base=not found["bare"], overlays=found["id"] is not None)
    return partial(_made, site, found["id"], spot, file, choice)


async def _answered(request: Request, choice: Choice) -> Response:
    ask = asked(request, PARAMETERS if choice.overlays else LOOK)
    named: str | None = request.path_params.get("id")
    spot, file = _spot(ask.site, request.path_params)
    choice = _chosen(ask, choice)
    make = partial(_made, ask.site, named, spot, file, choice)
    at = _address(_folder(named, choice), spot, file, {**ask.values, "view": choice.view})
    return await ask.site.tiles.answer(request, at, make)


def _made(site: Site, id: str | None, spot: Spot, file: File, choice: Choice) -> Prepared:
    from geo.raster import palette_png, palette_webp  # noqa: PLC0415  # only what draws loads an engine
    from server.draw.tile import tile_scene  # noqa: PLC0415

    drawing, shown = site.drawing, GROUND if id is None else find_map(site, id)
    packed = site.vectors.picture(shown, spot, file.form) if _plain(file, choice) else None
    if packed:
        return prepare(packed, MEDIA[file.form])
    scene = tile_scene(drawing, shown, spot, choice)
    theme = drawing.themes[choice.theme]
    flat = (theme.sea, theme.land, theme.lake, theme.ice)  # the same in all tiles, to the bit
    write = palette_webp if file.form == "webp" else palette_png
    return prepare(write(scene, drawing.fonts, file.scale, flat), MEDIA[file.form])


def _plain(file: File, choice: Choice) -> bool:
    """Whether this is what a pack holds: a map as it is drawn when nothing is asked for."""
    return file.scale == 1 and choice == Choice()


def plain_picture(site: Site, shown: MapSpec, spot: Spot, form: str) -> Prepared:
    """A tile of a map as it is drawn when nothing is asked for."""
    return _made(site, shown.id, spot, File(1, form), Choice())


def _spot(site: Site, place: Mapping[str, str]) -> tuple[Spot, File]:
    """The tile that an address names. Raises `NoSuchGrid` or `NoSuchTile`."""
    tms, z, row, name = (place[part] for part in ("tms", "z", "row", "file"))
    grid = site.drawing.grids.get(tms)
    if grid is None:
        known = ", ".join(site.drawing.grids)
        raise NoSuchGrid(f"no tile matrix set {tms[:80]!r}; there are: {known}")
    file = _FILE.fullmatch(name)
    if file is None or not (_NUMBER.fullmatch(z) and _NUMBER.fullmatch(row)):
        asked_for = "/".join((z, row, name))[:80]
        raise NoSuchTile(f"{asked_for!r} is no tile; write zoom/row/col.png, .webp or @2x.png")
    zoom, y, x = int(z), int(row), int(file[1])
    if not grid.holds(zoom, y, x):
        raise NoSuchTile(
            f"{grid.id} has the zooms {grid.min_zoom} to {grid.max_zoom} and at zoom z the rows "
            f"and columns 0 to 2^z - 1; there is no tile {z}/{row}/{file[1]}"
        )
    return Spot(grid, zoom, y, x), File(2 if file[2] else 1, file[3])


def _chosen(ask: Ask, choice: Choice) -> Choice:
    """The choice with what the parameters say. Raises `BadParameter` or `BadMoment`."""
    site, values = ask.site, ask.values
    view = known_view(values.get("view", NEUTRAL), site.parties)
    return replace(
        choice,
        theme=_one_of("theme", values.get("theme", choice.theme), site.drawing.themes),
        lang=_one_of("lang", values.get("lang", choice.lang), site.drawing.languages),
        view=None if view == NEUTRAL else view,
        at=read_interval(values["datetime"]) if "datetime" in values else None,
    )


def _one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value in known:
        return value
    raise BadParameter(f"{name} is {value[:40]!r}; it is one of: {', '.join(known)}")


def _folder(id: str | None, choice: Choice) -> str:
    if id is None:
        return "/tiles/base"
    return f"/maps/{id}/tiles" if choice.base else f"/maps/{id}/overlay/tiles"


def _address(folder: str, spot: Spot, file: File, query: Mapping[str, str | None]) -> str:
    """The address under which a tile is kept, however its numbers and parameters were written."""
    place = f"{spot.grid.id}/{spot.zoom}/{spot.row}/{spot.col}"
    return address(f"{folder}/{place}{'@2x' if file.scale > 1 else ''}.{file.form}", query)

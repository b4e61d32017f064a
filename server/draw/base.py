"""The base of a map: sea, land, coasts, borders, what is contested as a whole."""

import numpy as np
import numpy.typing as npt

from geo.paths import Paths
from geo.scene import Area, Fill, Item
from layers.maps import MapSpec
from layers.themes import Pen, Theme, Tint
from server.draw.frame import Frame
from server.draw.hatches import hatched
from server.draw.sheet import Sheet, in_pixels, seamless, stroked

FAINT_BELOW, FAINT = 3.0, 0.75  # zoom; the width of a pen on a map of the world


def sea(frame: Frame, theme: Theme) -> Item:
    """The ground of everything: the whole picture, or what the horizon bounds."""
    if frame.mask is not None:
        horizon = np.array([frame.mask.exterior], dtype=object)
        return Area(in_pixels(frame, horizon), Fill(theme.sea))
    return Area(Paths.box(*frame.paper), Fill(theme.sea))


def land(sheet: Sheet, theme: Theme, upon: list[Item]) -> list[Item]:
    """Land, what lies ``upon`` it, and its coast above that."""
    rings, _ = sheet.fills
    if rings.empty:
        return upon
    pen = sheet.pen(_pen(theme.coast, sheet.frame))
    if sheet.edged and not upon:  # one path instead of two is read and written in half the time
        return [Area(seamless(sheet.frame, rings), Fill(theme.land), pen)]
    return [Area(rings, Fill(theme.land)), *upon, *stroked(sheet.frame, sheet.lines, pen)]


def tints(sheet: Sheet, map: MapSpec, theme: Theme) -> list[Item]:
    """The countries that the map is about; below the waters, which keep their colour."""
    if not map.highlight:
        return []
    tinted = np.array([one.id in map.highlight for one in sheet.collection.features])
    return _tint(sheet, tinted & ~sheet.traits.contested, theme.highlight)


def unsettled(sheet: Sheet, theme: Theme) -> list[Item]:
    """What is contested as a whole."""
    open_ = sheet.traits.contested
    hatch = hatched(sheet.frame, sheet.filled(open_), theme.contested_hatch)
    return [*_tint(sheet, open_, theme.contested), *hatch]


def borders(sheet: Sheet, theme: Theme, contested: bool) -> list[Item]:
    """The borders on land, each once; those of what is ``contested`` here look otherwise."""
    found = sheet.borders(dashed=contested)
    if not len(found):
        return []
    loose = np.asarray(sheet.traits.contested[found.numbers].any(axis=1))
    frame = sheet.frame
    return [
        *stroked(frame, found.chosen(~loose), _pen(theme.border, frame).stroke),
        *stroked(frame, found.chosen(loose), _pen(theme.border_disputed, frame).stroke),
    ]


def _tint(sheet: Sheet, which: npt.NDArray[np.bool_], tint: Tint) -> list[Item]:
    rings = sheet.filled(which)
    return [] if rings.empty else [Area(rings, Fill(tint.color, tint.opacity))]


def _pen(pen: Pen, frame: Frame) -> Pen:
    """Thinner where the world is small."""
    if frame.zoom_at(60) >= FAINT_BELOW:
        return pen
    return pen.model_copy(update={"width": pen.width * FAINT})

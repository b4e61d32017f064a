"""A picture reduced to at most 256 colours, of which the flat ones stay what they are.

Exact where 256 suffice. Otherwise the colours that a style fills with, and those that cover most
of the picture, are kept to the bit, and the rest (the blends at edges and in letters) share
colours with their neighbours in the colour cube.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageColor

MOST = 256
_PINNED = 128  # at most, so that blends have room
_COMMON = 64  # colours kept exactly because they cover most
_SHIFTS = range(1, 8)  # bits of each channel that are given up; without that there is no room
_PLACE = np.uint64(0xFFFF_FFFF)

Codes = npt.NDArray[np.uint32]


def to_palette(image: Image.Image, pinned: Iterable[str] = ()) -> Image.Image:
    """The image in mode P, with transparency where it has some; ``pinned`` as ``#rrggbb``.

    Raises `ValueError` for a colour that cannot be read, and where more than 128 are pinned.
    """
    rgba = np.asarray(image if image.mode == "RGBA" else image.convert("RGBA"))
    runs, starts = _runs(np.ascontiguousarray(rgba).view(np.uint32).ravel())
    colors, owner = _distinct(runs)
    lengths = np.diff(starts, append=rgba.shape[0] * rgba.shape[1])
    counts = np.bincount(owner, weights=lengths, minlength=len(colors)).astype(np.float64)
    group, palette = _grouped(colors, counts, _codes(pinned))
    indices = np.repeat(group[owner].astype(np.uint8), lengths)
    return _image(indices.reshape(rgba.shape[:2]), palette)


def _runs(codes: Codes) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Maps are mostly flat, so runs of one colour are far fewer than pixels."""
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))
    return codes[starts], starts


def _distinct(codes: Codes) -> tuple[Codes, npt.NDArray[np.int64]]:
    """As `numpy.unique` with the inverse, several times as fast: whole numbers that hold a code
    and its place are sorted by the processor's own instructions, places alone are not.
    """
    if not len(codes):
        return codes, np.zeros(0, dtype=np.int64)
    keys = codes.astype(np.uint64) << 32
    keys |= np.arange(len(codes), dtype=np.uint64)
    keys.sort()
    ordered = (keys >> 32).astype(np.uint32)
    new = np.ones(len(codes), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    owner = np.empty(len(codes), dtype=np.int64)
    owner[(keys & _PLACE).astype(np.int64)] = new.cumsum() - 1
    return ordered[new], owner


def _codes(pinned: Iterable[str]) -> Codes:
    colors = [(*ImageColor.getrgb(color)[:3], 255) for color in dict.fromkeys(pinned)]
    if len(colors) > _PINNED:
        raise ValueError(f"{len(colors)} colours are pinned; a palette has room for {_PINNED}")
    return np.array(colors, dtype=np.uint8).reshape(-1, 4).view(np.uint32).ravel()


def _grouped(
    colors: Codes, counts: npt.NDArray[np.float64], pinned: Codes
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """The palette index of each colour, and the palette, of shape (at most 256, 4)."""
    if len(colors) <= MOST:
        return np.arange(len(colors)), _channels(colors)
    exact = (colors == pinned[:, None]).any(axis=0)
    common = np.argsort(-counts, kind="stable")[:_COMMON]
    exact[common] = True
    room = MOST - int(exact.sum())
    cells, owner = _cells(colors[~exact], room)
    group = np.empty(len(colors), dtype=np.int64)
    group[exact] = np.arange(exact.sum())
    group[~exact] = owner + exact.sum()
    means = _means(_channels(colors[~exact]), counts[~exact], owner, cells)
    return group, np.concatenate([_channels(colors[exact]), means])


def _channels(colors: Codes) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(colors).view(np.uint8).reshape(-1, 4)


def _cells(colors: Codes, room: int) -> tuple[int, npt.NDArray[np.int64]]:
    """The finest equal cells of the colour cube of which at most ``room`` are taken."""
    for shift in _SHIFTS:
        cells = colors & np.uint32((0xFF << shift & 0xFF) * 0x01_01_01_01)
        ordered = np.sort(cells)
        if np.count_nonzero(ordered[1:] != ordered[:-1]) < room:
            break
    taken, owner = _distinct(cells)
    return len(taken), owner


def _means(
    channels: npt.NDArray[np.uint8],
    counts: npt.NDArray[np.float64],
    owner: npt.NDArray[np.int64],
    cells: int,
) -> npt.NDArray[np.uint8]:
    weight = np.bincount(owner, weights=counts, minlength=cells)
    sums = [np.bincount(owner, weights=counts * channel, minlength=cells) for channel in channels.T]
    return np.rint(np.array(sums) / weight).T.astype(np.uint8)


def _image(indices: npt.NDArray[np.uint8], palette: npt.NDArray[np.uint8]) -> Image.Image:
    height, width = indices.shape
    image = Image.frombytes("P", (width, height), indices.tobytes())
    image.putpalette(palette[:, :3].tobytes(), "RGB")
    if (palette[:, 3] < 255).any():
        image.info["transparency"] = palette[:, 3].tobytes()
    return image

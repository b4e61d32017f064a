"""Mapbox Vector Tile 2.1: a layer of a tile as bytes. A tile is its layers one after the other.

Source: Mapbox Vector Tile Specification 2.1. Nothing is done vertex by vertex in Python.
"""

import gzip
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from geo.mvtgeometry import (
    LINE,
    POINT,
    POLYGON,
    Commands,
    Geometries,
    Part,
    joined,
    of_kind,
    path_commands,
    point_commands,
)
from geo.mvttags import ID, TAGS, Tags, spread
from geo.tilepaths import MARK, lines, rings, rounded, with_marks
from geo.varint import Integers, Words, delimited, lengths, varint, varints

EXTENT = 4096  # units along a side of a tile
BUFFER = 64  # units around it that are drawn too, so that strokes meet at the edge
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_QUICK = 32_768  # a larger tile is compressed with little effort: it is made while somebody waits
_LAYER, _NAME = 3, 1
_FEATURE, _TYPE, _GEOMETRY = 0x12, 0x18, 0x22  # with their wire types
_FOOT = b"\x28" + varint(EXTENT) + b"\x78\x02"  # the extent, and version 2
_HEADS = {kind: bytes((_TYPE, kind, _GEOMETRY)) for kind in (POINT, LINE, POLYGON)}
_FEW = 64  # features that are written one by one


def layer(name: str, tags: Tags, geometries: Geometries, numbers: Integers) -> bytes:
    """A layer of a tile; no bytes where nothing is in it.

    ``geometries`` are in tile units, y down, clipped as the caller wants them to be; ``numbers``
    says of which feature of ``tags`` each is. A feature comes once for each dimension that it
    has, areas first. Geometry is rounded, and polygons stay valid.
    """
    order = np.argsort(numbers, kind="stable")
    geometries, numbers = geometries[order], numbers[order]
    makers = {POLYGON: areas, LINE: strings, POINT: spots}
    chosen = [(make, of_kind(geometries, kind)) for kind, make in makers.items()]
    made = [make(geometries[one], numbers[one]) for make, one in chosen if one.any()]
    return encoded(name, tags, made)


def encoded(name: str, tags: Tags, parts: Sequence[Part]) -> bytes:
    """A layer of geometry that is made already, each part of it by feature number."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return b""
    loose = [part for part in parts if isinstance(part, Commands)]
    many = len(loose) == len(parts) and sum(map(len, parts)) > _FEW
    body = _many(tags, loose) if many else _few(tags, parts)
    head = delimited(_NAME, name.encode())
    return delimited(_LAYER, b"".join([head, *body, _FOOT]))


def zipped(tile: bytes) -> bytes:
    """The tile as a gzip stream: the same bytes wherever it is made, served or packed."""
    return gzip.compress(tile, 6 if len(tile) < _QUICK else 2, mtime=0)


def areas(geometries: Geometries, numbers: Integers) -> Commands:
    """Polygons as commands; one that rounding leaves nothing of leaves a mark."""
    paths = with_marks(rings(geometries, numbers), geometries, numbers, MARK)
    return path_commands(POLYGON, paths)


def strings(geometries: Geometries, numbers: Integers) -> Commands:
    """Lines as commands; one that rounding leaves nothing of is one unit long."""
    return path_commands(LINE, lines(geometries, numbers))


def spots(geometries: Geometries, numbers: Integers) -> Commands:
    """Points as commands."""
    coords, owner = shapely.get_coordinates(geometries, return_index=True)
    return point_commands(rounded(coords), numbers[owner])


def _few(tags: Tags, parts: Sequence[Part]) -> Iterator[bytes]:
    """The feature messages, and the keys and values that they use: one feature after the other.

    The same bytes as of `_many`, which has to fill some features before it is quicker.
    """
    made = [part.written for part in parts]
    heads, fields = tags.said(np.concatenate([one.numbers for one in made]))
    shapes = [(_HEADS[one.kind], octets) for one in made for octets in one.octets]
    for head, (kind, octets) in zip(heads, shapes, strict=True):
        told = b"".join((head, kind, varint(len(octets))))
        yield b"\x12" + varint(len(told) + len(octets)) + told
        yield octets
    yield fields


def _many(tags: Tags, parts: Sequence[Commands]) -> Iterator[bytes]:
    """The same, all features at once, written as one run of varints.

    One-byte varints stand for the field heads: 0x12, the length, 0x08, the id, 0x12, the length
    of the tags, the tags, 0x18, the type, 0x22, the length of the geometry, the geometry.
    """
    integers, offsets, features, kinds = joined(parts)
    tag_counts, words, fields = tags.words(features)
    counts = offsets[1:] - offsets[:-1]
    ends = (10 + tag_counts + counts).cumsum()
    after = ends - counts - 4
    begin = after - tag_counts - 6
    out = np.empty(int(ends[-1]), dtype=np.uint32)
    _put(out, begin, _FEATURE, 0, ID, tags.ids[features], TAGS, 0)
    _put(out, after, _TYPE, kinds, _GEOMETRY, 0)
    out[spread(begin + 6, tag_counts)] = words
    out[spread(after + 4, counts)] = integers
    _measure(out, begin, after, ends)
    yield varints(out)
    yield fields


def _put(out: Words, at: Integers, *columns: int | Integers) -> None:
    """Each column one place further on from ``at``."""
    rows = np.empty((len(at), len(columns)), dtype=np.uint32)
    for place, column in enumerate(columns):
        rows[:, place] = column
    out[at[:, None] + np.arange(len(columns))] = rows


def _measure(out: Words, begin: Integers, after: Integers, ends: Integers) -> None:
    """Write the lengths of features that begin at ``begin``, of their tags and their geometry.

    Their places hold 0 so far, which takes the one byte that most of them need.
    """
    total = lengths(out).cumsum()
    of_tags = total[after - 1] - total[begin + 5]
    of_shape = total[ends - 1] - total[after + 3]
    more = lengths(of_tags) + lengths(of_shape) - 2
    out[begin + 5], out[after + 3] = of_tags, of_shape
    out[begin + 1] = total[ends - 1] - total[begin + 1] + more

"""Mapbox Vector Tile 2.1: a layer of a tile as bytes. A tile is its layers one after the other.

Source: Mapbox Vector Tile Specification 2.1. Nothing is done vertex by vertex in Python.
"""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo.mvtgeometry import (
    LINE,
    POINT,
    POLYGON,
    Commands,
    Geometries,
    joined,
    of_kind,
    path_commands,
    point_commands,
)
from geo.mvttags import Tags, spread
from geo.tilepaths import MARK, lines, rings, rounded, with_marks
from geo.varint import Integers, Words, delimited, lengths, placed_varints, varint, varints

EXTENT = 4096  # units along a side of a tile
BUFFER = 64  # units around it that are drawn too, so that strokes meet at the edge
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_QUICK = 32_768  # a larger tile is compressed with little effort: it is made while somebody waits
_LAYER, _NAME = 3, 1
_FEATURE, _ID, _TAGS, _TYPE, _GEOMETRY = 0x12, 0x08, 0x12, 0x18, 0x22  # with their wire types
_VERSION_2 = b"\x78\x02"
_HANDFUL = 12  # features that are written one by one
_FEW = 8  # with so many times fewer tags than values, sorting is quicker than a table


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


def encoded(name: str, tags: Tags, parts: Sequence[Commands]) -> bytes:
    """A layer of commands that are made already, each of them by feature number."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return b""
    made = joined(parts)
    body = _few(tags, *made) if len(made[2]) <= _HANDFUL else _many(tags, *made)
    head = delimited(_NAME, name.encode())
    foot = b"\x28" + varint(EXTENT) + _VERSION_2
    return delimited(_LAYER, b"".join([head, *body, foot]))


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


def _few(
    tags: Tags, integers: Words, offsets: Integers, features: Integers, kinds: Integers
) -> Iterator[bytes]:
    """The feature messages, and the keys and values that they use: one feature after the other.

    The same bytes as of `_many`, which has to fill some features before it is quicker.
    """
    octets, starts = placed_varints(integers)
    ends = np.append(starts, len(octets))[offsets].tolist()
    rows = [tags.pairs(one) for one in features.tolist()]
    keys = sorted({key for row, _ in rows for key in row})
    values = sorted({value for _, row in rows for value in row})
    key_at = {key: at for at, key in enumerate(keys)}
    value_at = {value: at for at, value in enumerate(values)}
    ids, forms = tags.ids[features].tolist(), kinds.tolist()
    for n, (mine, said) in enumerate(rows):
        words = [
            varint(key_at[key]) + varint(value_at[one]) for key, one in zip(mine, said, strict=True)
        ]
        shape = octets[ends[n] : ends[n + 1]]
        yield delimited(
            2,
            b"".join(
                (
                    b"\x08",
                    varint(ids[n]),
                    delimited(2, b"".join(words)),
                    b"\x18",
                    varint(forms[n]),
                    delimited(4, shape),
                )
            ),
        )
    yield tags.fields(np.array(keys, dtype=np.int64), np.array(values, dtype=np.int64))


def _many(
    tags: Tags, integers: Words, offsets: Integers, features: Integers, kinds: Integers
) -> Iterator[bytes]:
    """The same, all features at once."""
    chosen, keys, values = _tags_of(tags, features)
    yield _features(integers, offsets, kinds, tags.ids[features], chosen)
    yield tags.fields(keys, values)


@dataclass(frozen=True)
class _Chosen:
    """The tags of the features of a tile: for each how many words, and the words of all."""

    counts: Integers
    words: Words


def _tags_of(tags: Tags, features: Integers) -> tuple[_Chosen, Integers, Integers]:
    """The tags of these features, and which keys and values of the layer they use."""
    counts = tags.offsets[features + 1] - tags.offsets[features]
    starts = np.cumsum(counts) - counts
    at = np.arange(int(counts.sum())) + np.repeat(tags.offsets[features] - starts, counts)
    keys, key_of = _compact(tags.key_of[at], len(tags.keys))
    values, value_of = _compact(tags.value_of[at], len(tags.values_at) - 1)
    words = np.column_stack([key_of, value_of]).astype(np.uint32).ravel()
    return _Chosen(2 * counts, words), keys, values


def _compact(used: Integers, size: int) -> tuple[Integers, Integers]:
    """The different numbers in ``used``, all below ``size``, and the place of each among them."""
    if len(used) * _FEW < size:
        return np.unique(used, return_inverse=True)
    mark = np.zeros(size, dtype=bool)
    mark[used] = True
    return np.flatnonzero(mark), (np.cumsum(mark) - 1)[used]


def _features(
    integers: Words, offsets: Integers, kinds: Integers, ids: Integers, tags: _Chosen
) -> bytes:
    """Every feature message, one after the other, written as one run of varints.

    One-byte varints stand for the field heads: 0x12, the length, 0x08, the id, 0x12, the length
    of the tags, the tags, 0x18, the type, 0x22, the length of the geometry, the geometry.
    """
    tag_bytes = _sums(lengths(tags.words), tags.counts)
    shape_counts = np.diff(offsets)
    shape_bytes = _sums(lengths(integers), shape_counts)
    size = 5 + lengths(ids) + lengths(tag_bytes) + tag_bytes + lengths(shape_bytes) + shape_bytes
    counts = 10 + tags.counts + shape_counts
    begin = np.cumsum(counts) - counts
    out = np.empty(int(counts.sum()), dtype=np.uint32)
    after = begin + 6 + tags.counts
    _put(out, begin, _FEATURE, size, _ID, ids, _TAGS, tag_bytes)
    _put(out, after, _TYPE, kinds, _GEOMETRY, shape_bytes)
    out[spread(begin + 6, tags.counts)] = tags.words
    out[spread(after + 4, shape_counts)] = integers
    return varints(out)


def _put(out: Words, at: Integers, *columns: int | Integers) -> None:
    """Each column one place further on from ``at``."""
    for place, column in enumerate(columns):
        out[at + place] = column


def _sums(values: Words | Integers, counts: Integers) -> Integers:
    """The sum over each run of ``counts`` values."""
    total = np.concatenate(([0], np.cumsum(values)))
    ends = np.cumsum(counts)
    return np.asarray(total[ends] - total[ends - counts], dtype=np.int64)

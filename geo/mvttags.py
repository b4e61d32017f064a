"""What the features of a layer of vector tiles say, encoded once for all tiles of the layer."""

import struct
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count

import numpy as np
import numpy.typing as npt

from geo.varint import Integers, delimited, varint

Value = str | int | float | bool
_KEYS, _VALUES = 3, 4  # fields of a layer
_MAX_ID = 2**31  # what clients with 32-bit integers hold too


@dataclass(frozen=True)
class Tags:
    """The tags of the features of a layer: those of feature i are offsets[i] to offsets[i + 1].

    ``keys`` and ``values`` are fields as they stand in a layer (MVT 2.1, section 4.1); value j
    has the bytes values_at[j] to values_at[j + 1].
    """

    ids: Integers
    offsets: Integers
    key_of: Integers
    value_of: Integers
    keys: tuple[bytes, ...]
    values: npt.NDArray[np.uint8]
    values_at: Integers

    @classmethod
    def of(cls, ids: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> "Tags":
        """The tags of features with these text ids, in the order of the features."""
        keys: dict[str, int] = {}
        values: dict[Hashable, int] = {}
        pairs = [
            (keys.setdefault(key, len(keys)), values.setdefault((type(value), value), len(values)))
            for row in rows
            for key, value in row.items()
        ]
        fields = [delimited(_VALUES, _encoded(one[1])) for one in values]  # type: ignore[index]
        flat = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return cls(
            ids=numeric_ids(ids),
            offsets=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64),
            key_of=flat[:, 0].copy(),
            value_of=flat[:, 1].copy(),
            keys=tuple(delimited(_KEYS, key.encode()) for key in keys),
            values=np.frombuffer(b"".join(fields), dtype=np.uint8),
            values_at=np.cumsum([0, *map(len, fields)], dtype=np.int64),
        )

    def pairs(self, feature: int) -> tuple[list[int], list[int]]:
        """The keys of a feature, and the value of each."""
        mine = slice(int(self.offsets[feature]), int(self.offsets[feature + 1]))
        return self.key_of[mine].tolist(), self.value_of[mine].tolist()

    def fields(self, keys: Integers, values: Integers) -> bytes:
        """Some of the keys and values, in this order, as they stand in a layer."""
        starts = self.values_at[values]
        at = spread(starts, self.values_at[values + 1] - starts)
        return b"".join([self.keys[one] for one in keys.tolist()]) + self.values[at].tobytes()


def spread(begin: Integers, counts: Integers) -> Integers:
    """The places of runs of ``counts`` that begin at ``begin``."""
    starts = np.cumsum(counts) - counts
    found: Integers = np.arange(int(counts.sum())) + np.repeat(begin - starts, counts)
    return found


def numeric_ids(ids: Sequence[str]) -> Integers:
    """A number for each text id, below 2^31: the same in every tile and after every build.

    An id that is a positive whole number stays; of another it is the start of its SHA-256. Where
    two are alike the later feature gets another one.
    """
    taken: set[int] = set()
    made = [_numeric(one, taken) for one in ids]
    return np.array(made, dtype=np.int64)


def _numeric(id: str, taken: set[int]) -> int:
    plain = id.isascii() and id.isdecimal() and not id.startswith("0") and len(id) <= 9
    number = int(id) if plain else _hashed(id, 0)
    for turn in count(1):
        if number not in taken:
            break
        number = _hashed(id, turn)
    taken.add(number)
    return number


def _hashed(id: str, turn: int) -> int:
    salt = f"/{turn}" if turn else ""
    digest = sha256((id + salt).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4]) % (_MAX_ID - 1) + 1


def _encoded(value: Value) -> bytes:
    """A value message (section 4.1): each type of Python has a field of its own."""
    if isinstance(value, bool):
        return b"\x38" + varint(value)
    if isinstance(value, int):  # uint, or sint as ZigZag
        return b"\x28" + varint(value) if value >= 0 else b"\x30" + varint((-value << 1) - 1)
    if isinstance(value, float):
        return b"\x19" + struct.pack("<d", value)
    return delimited(1, value.encode("utf-8", "replace"))

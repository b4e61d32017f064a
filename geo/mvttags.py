"""What the features of a layer of vector tiles say, encoded once for all tiles of the layer."""

import struct
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import count, pairwise

import numpy as np
import numpy.typing as npt

from geo.varint import Integers, Words, delimited, placed_varints, varint

Value = str | int | float | bool
_KEYS, _VALUES = 3, 4  # fields of a layer
ID, TAGS = 0x08, 0x12  # fields of a feature, with their wire types
_HANDFUL = 12  # features of a set that may be seen again
_SAID = 256  # sets of features of which is remembered what stands before their geometry
_FEW = 8  # with so many times fewer tags than values, sorting is quicker than a table
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
    forms: tuple[tuple[int, ...], ...]  # the keys of a feature, in its order
    form_of: npt.NDArray[np.int32]
    _said: dict[bytes, tuple[list[bytes], bytes]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, ids: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> "Tags":
        """The tags of features with these text ids, in the order of the features."""
        keys: dict[str, int] = {}
        values: dict[Hashable, int] = {}
        forms: dict[tuple[int, ...], int] = {}
        pairs = [
            (keys.setdefault(key, len(keys)), values.setdefault((type(value), value), len(values)))
            for row in rows
            for key, value in row.items()
        ]
        said = [tuple(keys[key] for key in row) for row in rows]
        form_of = np.array([forms.setdefault(one, len(forms)) for one in said], dtype=np.int32)
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
            forms=tuple(forms),
            form_of=form_of,
        )

    def said(self, features: Integers) -> tuple[list[bytes], bytes]:
        """For a few features what stands in the message of each before its type, and the keys and
        values that they use.

        Tiles beside each other mostly hold the same handful: it is remembered, to a bound.
        """
        if len(features) > _HANDFUL:
            return self._told(features)
        known = features.tobytes()
        found = self._said.get(known)
        if found is None:
            if len(self._said) >= _SAID:
                self._said.clear()
            found = self._said[known] = self._told(features)
        return found

    def _told(self, features: Integers) -> tuple[list[bytes], bytes]:
        counts, words, fields = self.words(features)
        octets, starts = placed_varints(words)
        ends = counts.cumsum()
        if len(octets) > len(words):
            ends = np.append(starts, len(octets))[ends]
        known, places = self._begins
        owns = zip(places[features].tolist(), places[features + 1].tolist(), strict=True)
        spans = zip(pairwise([0, *ends.tolist()]), owns, strict=True)
        return [known[c:d] + varint(b - a) + octets[a:b] for (a, b), (c, d) in spans], fields

    @cached_property
    def _begins(self) -> tuple[bytes, npt.NDArray[np.int32]]:
        """What stands in the message of each feature before the length of its tags: the id."""
        words = np.empty((len(self.ids), 3), dtype=np.uint32)
        words[:, 0], words[:, 1], words[:, 2] = ID, self.ids, TAGS
        octets, starts = placed_varints(words.ravel())
        return octets, np.append(starts[::3], len(octets)).astype(np.int32)

    def words(self, features: Integers) -> tuple[Integers, Words, bytes]:
        """The tags of these features as they stand in a tile: for each feature how many numbers,
        the numbers of all, and the keys and values that they count.
        """
        first = self.offsets[features]
        form = self._form(features)
        if form is not None:
            return self._alike(first, form)
        counts = self.offsets[features + 1] - first
        at = spread(first, counts)
        keys, key_of = _compact(self.key_of[at], len(self.keys))
        values, value_of = _compact(self.value_of[at], len(self.values_at) - 1)
        words = np.empty((len(at), 2), dtype=np.uint32)
        words[:, 0], words[:, 1] = key_of, value_of
        return 2 * counts, words.ravel(), self.fields(keys.tolist(), values)

    def _form(self, features: Integers) -> int | None:
        """The form that all of these features have; None where they differ."""
        if len(self.forms) == 1 or not len(features):
            return 0 if len(features) else None
        found = self.form_of[features]
        return int(found[0]) if (found == found[0]).all() else None

    def _alike(self, first: Integers, form: int) -> tuple[Integers, Words, bytes]:
        """As `words`, of features of one form."""
        used = self.forms[form]
        values, value_of = _compact(
            self.value_of[first[:, None] + np.arange(len(used))].ravel(), len(self.values_at) - 1
        )
        keys = sorted(used)
        words = np.empty((len(first), len(used), 2), dtype=np.uint32)
        words[:, :, 0] = [keys.index(one) for one in used]
        words[:, :, 1] = value_of.reshape(len(first), len(used))
        counts = np.full(len(first), 2 * len(used))
        return counts, words.ravel(), self.fields(keys, values)

    def fields(self, keys: Sequence[int], values: Integers) -> bytes:
        """Some of the keys and values, in this order, as they stand in a layer."""
        starts = self.values_at[values]
        at = spread(starts, self.values_at[values + 1] - starts)
        return b"".join([self.keys[one] for one in keys]) + self.values[at].tobytes()


def spread(begin: Integers, counts: Integers) -> Integers:
    """The places of runs of ``counts`` that begin at ``begin``."""
    ends = counts.cumsum()
    found: Integers = (begin - ends + counts).repeat(counts)
    found += np.arange(len(found))
    return found


def _compact(used: Integers, size: int) -> tuple[Integers, Integers]:
    """The different numbers in ``used``, all below ``size``, and the place of each among them."""
    if len(used) * _FEW < size:
        held = np.sort(used)
        new = np.ones(len(held), dtype=bool)
        np.not_equal(held[1:], held[:-1], out=new[1:])
        held = held[new]
        return held, held.searchsorted(used)
    mark = np.zeros(size, dtype=bool)
    mark[used] = True
    return mark.nonzero()[0], (mark.cumsum() - 1)[used]


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

"""Whole numbers as Protocol Buffers write them (base 128, the low bits first), arrays at a time.

Source: Protocol Buffers, "Encoding" (varints, ZigZag, length-delimited fields).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
_STEPS = (1 << 7, 1 << 14, 1 << 21, 1 << 28)  # from each of these on a number takes a byte more
_SEVEN, _LOW = np.uint32(7), np.uint32(127)
_LENGTH_DELIMITED = 2
_SHORT = tuple(bytes([value]) for value in range(128))


def zigzag(values: npt.NDArray[np.signedinteger[Any]]) -> Words:
    """Signed numbers of 32 bits as unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3."""
    made: Words = ((values << 1) ^ (values >> 31)).astype(np.uint32)
    return made


def lengths(values: Words | Integers) -> Integers:
    """How many bytes each number takes, 1 to 5; none may be negative or above 32 bits."""
    made = np.ones(len(values), dtype=np.int64)
    largest = int(values.max()) if len(values) else 0
    for step in _STEPS:
        if largest >= step:
            made += values >= step
    return made


def varints(values: Words) -> bytes:
    """The numbers one after the other."""
    return placed_varints(values)[0]


def placed_varints(values: Words) -> tuple[bytes, Integers]:
    """The numbers one after the other, and at which byte each of them begins."""
    largest = int(values.max()) if len(values) else 0
    if largest < 1 << 14:
        return _short(values) if largest < 1 << 7 else _pairs(values)
    low = values.astype(np.uint8)
    long = (values > 127).nonzero()[0]
    starts = np.arange(len(values))
    low[long] |= 128
    rest = values[long] >> _SEVEN
    more = np.zeros(len(values), dtype=np.int64)
    more[long] = lengths(rest)
    ends = more.cumsum()
    starts += ends - more
    out = np.empty(len(values) + int(ends[-1]), dtype=np.uint8)
    out[starts] = low
    at = starts[long]
    while len(at):
        at = at + 1
        out[at] = rest & _LOW
        further = (rest > 127).nonzero()[0]
        at, rest = at[further], rest[further] >> _SEVEN
        out[at] |= 128
    return out.tobytes(), starts


def _short(values: Words) -> tuple[bytes, Integers]:
    """Numbers of one byte."""
    return values.astype(np.uint8).tobytes(), np.arange(len(values))


def _pairs(values: Words) -> tuple[bytes, Integers]:
    """Numbers of one or two bytes: two of each, of which some are left out."""
    long = values > 127
    octets = np.empty((len(values), 2), dtype=np.uint8)
    octets[:, 0] = values | long << _SEVEN
    octets[:, 1] = values >> _SEVEN
    held = np.ones((len(values), 2), dtype=bool)
    held[:, 1] = long
    starts = np.arange(len(values))
    starts[1:] += long.cumsum()[:-1]
    return octets[held].tobytes(), starts


def varint(value: int) -> bytes:
    """One number, not negative, of any size."""
    if value < 128:
        return _SHORT[value]
    if value < 1 << 14:
        return bytes((value & 127 | 128, value >> 7))
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def delimited(field: int, payload: bytes) -> bytes:
    """A field that holds bytes: a text, a message, packed numbers."""
    return varint(field << 3 | _LENGTH_DELIMITED) + varint(len(payload)) + payload


def read_varints(data: bytes) -> npt.NDArray[np.uint64]:
    """The numbers of a run of whole varints, of up to 63 bits; the last one must be complete."""
    octets = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(octets < 128)
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    place = np.arange(len(octets)) - np.repeat(starts, ends - starts + 1)
    parts = (octets & 127).astype(np.uint64) << (7 * place).astype(np.uint64)
    return np.add.reduceat(parts, starts) if len(ends) else parts

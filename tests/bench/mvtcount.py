"""How many features a vector tile holds, without reading their geometry."""


def features(tile: bytes) -> int:
    """The number of features in all layers (MVT 2.1: field 3 of the tile, field 2 of a layer)."""
    return sum(_count(layer, 2) for layer in _fields(tile, 3))


def _count(message: bytes, number: int) -> int:
    return sum(1 for _ in _fields(message, number))


def _fields(message: bytes, number: int) -> list[bytes]:
    found, at = [], 0
    while at < len(message):
        key, at = _varint(message, at)
        if key & 7 == 2:
            size, at = _varint(message, at)
            if key >> 3 == number:
                found.append(message[at : at + size])
            at += size
        elif key & 7 == 0:
            _, at = _varint(message, at)
        else:
            at += 8 if key & 7 == 1 else 4
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7

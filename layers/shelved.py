"""A file of named arrays that is mapped into memory, so that only what is used is read."""

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from layers.errors import LayersError
from layers.heap import loose
from layers.whole import whole

ALIGNED = 64  # bytes
Arrays = Mapping[str, npt.NDArray[np.generic]]


def shelve(path: Path, head: Mapping[str, Any], arrays: Arrays) -> None:
    """Write ``arrays`` and what is said of them; whoever opens the file finds it whole."""
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = [at, array.dtype.str, list(array.shape)]
        at += -(-array.nbytes // ALIGNED) * ALIGNED
    line = orjson.dumps({**head, "arrays": places})
    line += b" " * (-(len(line) + 1) % ALIGNED) + b"\n"
    with whole(path) as out:
        out.write(line)
        for array in arrays.values():
            out.write(np.ascontiguousarray(array).data)
            out.write(bytes(-array.nbytes % ALIGNED))


def unshelved(path: Path) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.generic]]]:
    """What is said of the arrays, and the arrays, read only and not yet in memory.

    Raises `LayersError` for a file that is none of ours, and `OSError`.
    """
    try:
        with path.open("rb") as file:
            line = file.readline()
            held = loose(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        head = orjson.loads(line)
        made = {
            name: np.frombuffer(held, dtype, int(np.prod(shape)), offset=len(line) + at).reshape(
                shape
            )
            for name, (at, dtype, shape) in head.pop("arrays").items()
        }
    except (ValueError, KeyError, TypeError) as error:
        raise LayersError(f"{path} is damaged ({error}); remove it, it is made anew") from error
    return head, made

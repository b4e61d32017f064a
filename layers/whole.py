"""Files that a reader finds whole or not at all, however many write them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import BinaryIO


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which becomes ``path`` when the block ends well; else nothing of it stays.

    The folders above it are made. Two processes, or two threads, write two files, and the one that
    ends last is kept. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` into the file, as `whole` does."""
    with whole(path) as out:
        out.write(data)

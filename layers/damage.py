"""A file of the cache that cannot be used: which, why, and what to do."""

from typing import NamedTuple


class Damage(NamedTuple):
    """``file`` is its path below the cache; ``message`` names no other path of this machine."""

    file: str
    message: str
    advice: str

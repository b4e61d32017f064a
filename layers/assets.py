"""Files that come from npm packages and lie in the wheel, put there by the build hook."""

from pathlib import Path

from layers.errors import LayersError

ASSETS = Path(__file__).parent / "_assets"


def asset(name: str) -> bytes:
    """The bytes of an asset such as ``world-atlas/countries-10m.json``. Raises `LayersError`."""
    path = ASSETS / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise LayersError(
            f"asset {name} is missing from this installation; install marchland again "
            "from its wheel or with `pip install .`, which fetches it"
        ) from error

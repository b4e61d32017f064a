"""Everything that this floor can refuse."""

from collections.abc import Sequence

from geo.finding import Finding


class LayersError(Exception):
    """A fault of a layer folder or of the catalogue; the message names the layer and the file."""


class BadLayer(LayersError):
    """A layer that cannot be built or served. ``findings`` say why, one by one."""

    def __init__(self, layer: str, findings: Sequence[Finding]) -> None:
        first = findings[0].message if findings else "no reason was given"
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        super().__init__(f"layer {layer}: {first}{more}")
        self.layer = layer
        self.findings = tuple(findings)


class NoSuchLayer(LayersError):
    """A layer id that is not in the catalogue."""


class NoSuchFeature(LayersError):
    """A feature id that is not in its collection."""


class NoSuchMap(LayersError):
    """A map id that is not among the named maps."""


class NoSuchPlane(LayersError):
    """A plane that nothing is kept in."""


class NotBuilt(LayersError):
    """A generated layer whose bytes are not there yet; `marchland build ID` makes them."""


class BadPack(LayersError):
    """A tile pack that cannot be read or written."""

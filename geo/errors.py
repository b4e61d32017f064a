"""Everything that this floor can refuse, each with a class of its own."""


class GeoError(ValueError):
    """An input that has no meaning as geography; the message says what, where and what to do."""


class BadBBox(GeoError):
    """A bounding box that is not four or six finite numbers within the globe."""


class BadPosition(GeoError):
    """A longitude or latitude that cannot be read or lies off the globe."""


class BadMoment(GeoError):
    """A date, time or interval that cannot be read."""


class BadGeometry(GeoError):
    """A geometry that cannot be carried out on, for example a ring of two points."""


class BadLine(GeoError):
    """A line type that is unknown or lacks what it needs, such as the centre of an arc."""


class NotSimilar(GeoError):
    """A projection that is not one of our planes scaled, turned and shifted."""


class BadScene(GeoError):
    """A picture that cannot be drawn: a colour, a number or a size without meaning."""


class BadTopology(GeoError):
    """A TopoJSON document that refers to arcs it does not hold."""


class BadGeoJSON(GeoError):
    """Text that is not GeoJSON. ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.column = column

"""What `layer.toml` may say: the description of a layer, without its features."""

import hashlib
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from geo.model import Text, Url

_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_NAME = re.compile(r"[A-Za-z][\w-]{0,79}", re.ASCII)
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Hatch(_Frozen):
    """Parallel lines across an area, or two sets of them (``cross``), above its fill.

    ``angle`` is that of the lines in degrees, anticlockwise from the right of the picture: 45
    rises to the right. Without a ``color`` it is that of the paint. Hatches have one phase over a
    whole map and are not turned with the ground.
    """

    angle: Annotated[float, Field(ge=-180, le=180)] = 45
    spacing: Annotated[float, Field(ge=2, le=40)] = 7
    weight: Annotated[float, Field(gt=0, le=10)] = 1.2
    color: Colour | None = None
    opacity: Annotated[float, Field(ge=0, le=1)] = 0.85
    cross: bool = False


class Paint(_Frozen):
    """How a feature is drawn. All sizes are CSS pixels, opacities 0 to 1."""

    color: Colour | None = None
    weight: Annotated[float, Field(ge=0, le=20)] | None = None
    opacity: Annotated[float, Field(ge=0, le=1)] | None = None
    fill: bool | None = None
    fill_color: Colour | None = None
    fill_opacity: Annotated[float, Field(ge=0, le=1)] | None = None
    dash: Annotated[str, StringConstraints(pattern=r"^\d+( \d+)*$")] | None = None
    radius: Annotated[float, Field(ge=1, le=40)] | None = None
    shape: Literal["circle", "square", "diamond", "triangle"] | None = None
    hatch: Hatch | None = None


class Rule(_Frozen):
    """A paint for the features whose properties (or tags) all equal the given values.

    The first rule that fits, in file order, wins. ``label`` is its line in the legend. What is not
    ``drawn`` is data that no map shows, because another layer of the map draws it.
    """

    where: dict[str, str | float | bool] = {}
    label: Text
    paint: Paint = Paint()
    legend: bool = True
    drawn: bool = True

    @property
    def name(self) -> str:
        """How an address calls the rule, by what it asks for: ``kind-overlap``; ``rest`` for all.

        It stays when another rule comes before it, and differs where rules ask for different
        things: what cannot stand in an address is told by a digest.
        """
        asked = sorted(self.where.items())
        plain = "-".join(f"{_word(key)}-{_word(value)}" for key, value in asked) or "rest"
        if _NAME.fullmatch(plain):
            return plain
        return "rule-" + hashlib.sha256(repr(asked).encode()).hexdigest()[:12]


def _word(value: str | float | bool) -> str:
    """The value as part of a name; ``?`` where a name cannot hold it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) and value not in ("true", "false") else "?"
    return f"{value:g}"


class Style(_Frozen):
    """Rules in order; the last usually has an empty ``where`` and catches the rest."""

    rules: Annotated[list[Rule], Field(min_length=1)]


class Zoom(_Frozen):
    """The zoom levels (Web Mercator, 256 px) between which the layer makes sense."""

    min: Annotated[int, Field(ge=0, le=24)] = 0
    max: Annotated[int, Field(ge=0, le=24)] = 14


class LayerSpec(_Frozen):
    """A layer described: the content of its `layer.toml`."""

    title: Text
    description: Text
    licence: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.+-]+$")]  # SPDX identifier
    licence_url: Url | None = None
    attribution: Text
    keywords: list[Text] = []
    missing: list[Text] = []  # what a reader might look for and will not find here, and why
    role: Literal["overlay", "base", "labels"] = "overlay"
    generated: bool = False  # built at first start into the cache, not committed
    inputs: list[Text] = []  # assets or other layers that a generated layer is made of
    sealed: bool = False  # too dear to rebuild for a check: <id>.build.json says what it is made of
    extra: Text | None = None  # a distribution that the build needs and nothing else does
    zoom: Zoom = Zoom()
    style: Style

    def as_json(self) -> dict[str, Any]:
        """The description as JSON values, without what is not set."""
        return self.model_dump(mode="json", exclude_none=True)

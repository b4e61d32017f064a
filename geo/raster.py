"""Pictures from a scene: PNG, lossless WebP, and PDF with live text.

typst draws (resvg for pixels, krilla for PDF), without the interpreter's lock. It is handed the
scene as SVG; nothing is read from or written to the disk. The same scene gives the same bytes.
"""

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import orjson
import typst
from PIL import Image

from geo.element import number
from geo.errors import BadScene
from geo.palette import to_palette
from geo.plaintext import plain_text
from geo.scene import Scene
from geo.shaping import Fonts
from geo.svg import svg

LARGEST = 64_000_000  # device pixels of one picture
MARGIN = 4  # px that are drawn around a picture and cut off, see `geo.svg.HAIRLINE`
REMEMBERED = 10  # pictures for which typst keeps what was drawn
_LARGE = 500_000  # device pixels; a tile with twice the pixels each way is half of that
_POINTS = 0.75  # PDF points in a CSS px
_DAY_ONE = date(1970, 1, 1)

_PAGE = "#set page(width: {}pt, height: {}pt, margin: 0pt, fill: none)\n"
_IMAGE = "#image(bytes(`", '`.text), format: "svg", width: 100%, height: 100%)'
_PDF = b"""
#set document(
  title: sys.inputs.title,
  author: sys.inputs.author,
  description: sys.inputs.description,
  keywords: json(bytes(sys.inputs.keywords)),
  date: auto,
)
#set text(lang: sys.inputs.lang)
#set page(width: 1pt * float(sys.inputs.width), height: 1pt * float(sys.inputs.height), margin: 0pt)
#image(
  bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, alt: sys.inputs.description,
)
"""


def png(scene: Scene, fonts: Fonts, scale: float = 1.0) -> bytes:
    """The scene as an RGBA PNG with ``scale`` device pixels to the px.

    Raises `BadScene` for what cannot be drawn, and for more than `LARGEST` pixels.
    """
    return _drawn(scene, fonts, scale, 0)


def pixels(scene: Scene, fonts: Fonts, scale: float = 1.0) -> Image.Image:
    """The scene as RGBA, cut out of a picture that is larger unless the scene stands alone."""
    margin = 0 if scene.alone else MARGIN
    image = Image.open(io.BytesIO(_drawn(scene, fonts, scale, margin)), formats=("PNG",))
    out = round(margin * scale)
    return image.crop((out, out, image.width - out, image.height - out)) if out else image


def _drawn(scene: Scene, fonts: Fonts, scale: float, margin: int) -> bytes:
    """The picture as PNG, with a margin of so many px on each side."""
    count = _check_size(scene, scale)
    # an SVG in the source is quicker by a millisecond than one in sys.inputs, for which typst
    # makes its whole library anew; and raw text by some than a string, of which it takes every
    # letter by itself. A backtick is all that can end raw text
    drawn = svg(scene, fonts, scale=scale, margin=margin).replace("`", "&#96;")
    page = _PAGE.format(number(scene.width + 2 * margin), number(scene.height + 2 * margin))
    source = "".join((page, _IMAGE[0], drawn, _IMAGE[1])).encode()
    made = _compiled(fonts, source, 72.0 * scale)
    if count > _LARGE:
        _forget(fonts)
    return made


def _forget(fonts: Fonts) -> None:
    """Have typst let go of what it holds of a large picture, some megabytes for the next ten."""
    for _ in range(REMEMBERED):
        _compiled(fonts, b"", 1.0)


def _compiled(fonts: Fonts, source: bytes, ppi: float) -> bytes:
    try:
        engine = fonts.idle.pop()
    except IndexError:  # every engine is at work in another thread
        engine = typst.Compiler(
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
        )
    try:
        made = engine.compile(source, format="png", ppi=ppi)
    except typst.TypstError as error:
        raise BadScene(f"the picture cannot be drawn: {error}") from error
    fonts.idle.append(engine)
    assert isinstance(made, bytes)
    return made


def palette_png(
    scene: Scene, fonts: Fonts, scale: float = 1.0, pinned: Iterable[str] = ()
) -> bytes:
    """A PNG of at most 256 colours, a third of the size; those ``pinned`` stay to the bit."""
    return _saved(to_palette(pixels(scene, fonts, scale), pinned), "PNG", compress_level=4)


def webp(scene: Scene, fonts: Fonts, scale: float = 1.0) -> bytes:
    """A lossless WebP: every pixel is that of `png`, the transparent ones too."""
    return _lossless(pixels(scene, fonts, scale))


def palette_webp(
    scene: Scene, fonts: Fonts, scale: float = 1.0, pinned: Iterable[str] = ()
) -> bytes:
    """A lossless WebP of `palette_png`: the same pixels in fewer bytes, and half those of `webp`.

    It is also written four times as fast as one of all colours.
    """
    return _lossless(to_palette(pixels(scene, fonts, scale), pinned).convert("RGBA"))


def pdf(  # noqa: PLR0913 - each is one line of what a PDF says about itself
    scene: Scene,
    fonts: Fonts,
    *,
    title: str = "",
    author: str = "",
    keywords: Iterable[str] = (),
    date: date | None = None,
) -> bytes:
    """The scene as a one-page, tagged PDF (PDF/UA-1) with live text and the fonts it needs.

    A CSS px is 0.75 points, so an A4 sheet is 794 by 1123 px. ``title`` is that of the scene
    unless another is given; the scene's description is the alternative text; ``date`` is the date
    of creation, at midnight UTC (without one, 1970-01-01), never the clock's.
    """
    _check_size(scene, 1.0)
    heading = plain_text(title or scene.title) or "Map"
    inputs = {
        "svg": svg(scene, fonts, live_text=True),
        "width": number(scene.width * _POINTS),
        "height": number(scene.height * _POINTS),
        "lang": scene.lang.partition("-")[0],
        "title": heading,
        "author": plain_text(author),
        "description": plain_text(scene.description, 2_000) or heading,
        "keywords": orjson.dumps([plain_text(word) for word in keywords]).decode(),
    }
    made = datetime.combine(date or _DAY_ONE, time(), UTC)
    try:
        return typst.compile(
            _PDF,
            format="pdf",
            font_paths=fonts.engine,
            sys_inputs=inputs,
            timestamp=int(made.timestamp()),
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        raise BadScene(f"the page cannot be made: {error}") from error
    finally:
        _forget(fonts)


def _check_size(scene: Scene, scale: float) -> float:
    """The number of device pixels."""
    count = scene.width * scene.height * scale * scale
    if not (scene.width >= 1 and scene.height >= 1 and scale > 0 and count <= LARGEST):
        raise BadScene(
            f"a picture of {scene.width:g} x {scene.height:g} px at scale {scale:g} cannot be "
            f"made; at least 1 x 1 px, and at most {LARGEST} device pixels"
        )
    return count


def _saved(image: Image.Image, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def _lossless(image: Image.Image) -> bytes:
    return _saved(image, "WEBP", lossless=True, exact=True, quality=20, method=1)

"""Pictures: the same bytes each time, halves that meet, text that can be found again."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from shapely import LineString, Polygon, affinity, box
from shapely.ops import substring

from geo.errors import BadScene
from geo.hatch import hatch
from geo.paths import Paths, Points
from geo.raster import palette_png, palette_webp, pdf, png, webp
from geo.scene import (
    Area,
    Clip,
    Fill,
    Group,
    Halo,
    Item,
    Line,
    Mark,
    Scene,
    Stroke,
    Style,
    Text,
    TextPath,
    Type,
)
from geo.shaping import Fonts
from geo.svg import svg

SEA, LAND = "#d3e1ea", "#f4f1ea"
SAID: Sequence[tuple[Style, str]] = (
    ("sans", "Azərbaycan Respublikası · Naxçıvan"),
    ("sans_italic", "Ålesund Þórshöfn Kaŋŋerlussuaq"),
    ("sans_medium", "Ысык-Көл өлкөсү ң ү"),
    ("sans_semibold", "Հայաստանի Հանրապետություն"),
    ("serif", "საქართველო ≈ 5 км"),
    ("serif_italic", "Карское море → Kara Sea"),
    ("serif_semibold", "Utqiaġvik 71° 17′ N, Երևան & თბილისი"),
)
WAVE = np.column_stack([np.linspace(20, 380, 60), 230 + 12 * np.sin(np.linspace(0, 7, 60))])


def everything(background: str | None = SEA) -> Scene:
    """One of each item, in every style."""
    texts = [
        Text(12, 20 + 22 * row, said, Type(style, 13), "#333333", halo=Halo("#ffffff"))
        for row, (style, said) in enumerate(SAID)
    ]
    items: list[Item] = [
        Area(Paths.box(30, 30, 300, 200), Fill(LAND), Stroke("#8ea6b4", 0.6)),
        Line(Paths.each([WAVE]), Stroke("#a0463a", 1.2, dash=(6, 4))),
        Clip(
            Paths.box(200, 20, 360, 90), [Area(Paths.box(180, 0, 300, 300), Fill("#334455", 0.3))]
        ),
        Group([Mark(350, 150, "diamond", 9, Fill("#aa3333"))], id="marks", title="Marks"),
        *texts,
        Text(200, 190, "TÜRKİYE", Type("sans", 11, 1.5), "#333333", "middle", angle=-8),
        TextPath(WAVE, "Северный морской путь", Type("serif_italic", 13), "#5f86a0"),
    ]
    return Scene(400, 260, items, background, "A title", "What it shows")


def pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA")).astype(int)


def words(document: bytes) -> list[str]:
    page = pypdfium2.PdfDocument(document)[0].get_textpage()
    return [line for line in page.get_text_range().splitlines() if line.strip()]


def bare(text: str) -> str:
    return "".join(text.split())


def test_the_same_scene_gives_the_same_bytes(fonts: Fonts) -> None:
    for make in (png, palette_png, webp, palette_webp, pdf, svg):
        assert make(everything(), fonts) == make(everything(), fonts)


DIGESTS = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_raster import everything, pdf, png, palette_png, webp, svg
from layers.fonts import load_fonts
fonts = load_fonts()
made = [make(everything(), fonts) for make in (png, palette_png, webp, pdf)]
made.append(svg(everything(), fonts).encode())
print([hashlib.sha256(one).hexdigest() for one in made])
"""


@pytest.mark.slow
def test_two_processes_give_the_same_bytes() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", DIGESTS, os.path.dirname(__file__)],  # noqa: PTH120
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))
    }
    assert len(said) == 1
    assert len(said.pop()) > 5 * 64


def test_two_threads_draw_what_one_draws(fonts: Fonts) -> None:
    scenes = [Scene(64, 64, [Mark(n, 32, radius=9, fill=Fill("#aa3333"))]) for n in range(24)]
    alone = [png(scene, fonts) for scene in scenes]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda scene: png(scene, fonts), scenes)) == alone
    assert len(set(alone)) == 24


@pytest.mark.parametrize("scale", [0.5, 1, 2, 3])
def test_scale_is_device_pixels_to_the_px(fonts: Fonts, scale: float) -> None:
    image = Image.open(io.BytesIO(png(everything(), fonts, scale)))
    assert image.size == (400 * scale, 260 * scale)


def test_a_scene_without_background_is_transparent(fonts: Fonts) -> None:
    shown = pixels(png(everything(None), fonts))
    assert (shown[0, 0] == 0).all()
    assert tuple(shown[100, 350 // 2 - 20]) != (0, 0, 0, 0)


@pytest.mark.parametrize("background", [SEA, None])
def test_a_lossless_webp_is_the_png_to_the_bit(fonts: Fonts, background: str | None) -> None:
    scene = everything(background)
    assert (pixels(webp(scene, fonts)) == pixels(png(scene, fonts))).all()


@pytest.mark.parametrize("background", [SEA, None])
def test_a_palette_webp_is_the_palette_png_to_the_bit(fonts: Fonts, background: str | None) -> None:
    scene = everything(background)
    small = palette_webp(scene, fonts, 2, [SEA, LAND])
    assert (pixels(small) == pixels(palette_png(scene, fonts, 2, [SEA, LAND]))).all()
    assert len(small) < len(webp(scene, fonts, 2))


@pytest.mark.parametrize("background", [SEA, None])
def test_a_palette_png_keeps_flat_colours_exactly(fonts: Fonts, background: str | None) -> None:
    scene = everything(background)
    exact, reduced = pixels(png(scene, fonts)), pixels(palette_png(scene, fonts, 1, [SEA, LAND]))
    for color in (background or LAND, LAND):
        flat = (exact == [*bytes.fromhex(color[1:]), 255]).all(axis=2)
        assert flat.sum() > 1000
        assert (reduced[flat] == exact[flat]).all()
    assert np.abs(exact - reduced).max() <= 32
    assert len(palette_png(scene, fonts)) < len(png(scene, fonts)) / 2


def shifted(points: Points, east: float) -> Points:
    return np.subtract(points, (east, 0))


def halves_and_whole(fonts: Fonts, draw: list[list[Item]], scale: float) -> tuple[int, float]:
    """The largest difference between two tiles side by side and one picture, and how many."""
    whole, left, right = (
        pixels(png(Scene(size, 128, items, LAND), fonts, scale))
        for items, size in zip(draw, (256, 128, 128), strict=True)
    )
    apart = np.abs(np.concatenate([left, right], axis=1) - whole).max(axis=2)
    return int(apart.max()), float((apart > 16).mean())


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("angle", [45, 30, -60, 90])
def test_a_hatch_goes_on_across_a_cut(fonts: Fonts, angle: float, scale: float) -> None:
    area = Polygon([(20, 10), (240, 30), (200, 120), (130, 60), (60, 118)])
    stroke = Stroke("#a0463a", 0.8)

    def part(left: float, right: float, east: float) -> list[Item]:
        here = affinity.translate(area.intersection(box(left, -9, right, 200)), -east)
        return [Line(hatch(here, 6, angle, (east, 0)), stroke)]

    draw = [part(-9, 300, 0), part(-9, 134, 0), part(122, 300, 128)]
    most, many = halves_and_whole(fonts, draw, scale)
    assert most <= 40
    assert many < 0.005


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("dash", [(6.0, 4.0), (4.0, 2.0, 1.0), (1.0, 3.0), ()])
@pytest.mark.parametrize("width", [0.4, 1.0, 1.6])
def test_a_dashed_line_goes_on_across_a_cut(
    fonts: Fonts, dash: tuple[float, ...], width: float, scale: float
) -> None:
    x = np.linspace(-200, 400, 150)
    line = LineString(np.column_stack([x, 64 + 40 * np.sin(x / 25)]))

    def part(start: float, end: float, east: float) -> list[Item]:
        pen = Stroke("#333333", width, dash=dash, dash_offset=start)
        points = np.array(substring(line, start, end).coords)
        return [Line(Paths.each([shifted(points, east)]), pen)]

    middle = line.project(
        line.intersection(LineString([(128, 0), (128, 128)])).representative_point()
    )
    draw = [part(0, line.length, 0), part(0, middle + 30, 0), part(middle - 30, line.length, 128)]
    most, many = halves_and_whole(fonts, draw, scale)
    assert most <= 40
    assert many < 0.005


def test_every_text_of_a_pdf_is_there_to_be_found(fonts: Fonts) -> None:
    scene = everything()
    found = words(pdf(scene, fonts))
    assert [bare(line) for line in found] == [bare(text) for text in scene.texts()]
    whole = [said for _, said in SAID]
    assert [line.strip() for line in found[: len(whole)]] == whole


def test_every_letter_of_a_pdf_is_in_a_font_of_ours(fonts: Fonts) -> None:
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf(everything(), fonts))
    families = set()
    for shape in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        font, name = raw.FPDFTextObj_GetFont(shape.raw), bytes(200)
        assert raw.FPDFFont_GetIsEmbedded(font) == 1
        raw.FPDFFont_GetBaseFontName(font, name, 200)
        families.add(name.rstrip(b"\0").decode().partition("+")[2].partition("-")[0])
    assert families == {"NotoSans", "NotoSansArmenian", "NotoSansGeorgian", "SourceSerif4"}
    assert len(pdf(everything(), fonts)) < 200_000  # subsets; the whole files are 3 MB


def test_a_pdf_says_what_it_is_and_nothing_of_the_clock(fonts: Fonts) -> None:
    about = {"author": "marchland", "keywords": ["arctic", 'a "b" \\'], "date": date(2026, 11, 2)}
    document = pypdfium2.PdfDocument(pdf(everything(), fonts, title="T <&> ə", **about))  # type: ignore[arg-type]
    said = document.get_metadata_dict()
    assert said["Title"] == "T <&> ə"
    assert said["Author"] == "marchland"
    assert said["Subject"] == "What it shows"
    assert said["Keywords"] == 'arctic, a "b" \\'
    assert said["CreationDate"] == said["ModDate"] == "D:20261102000000Z"
    assert document.is_tagged()
    assert document[0].get_size() == pytest.approx((300, 195))


def test_a_pdf_shows_what_the_png_shows(fonts: Fonts) -> None:
    scene = everything()
    page = pypdfium2.PdfDocument(pdf(scene, fonts))[0].render(scale=4 / 3).to_pil()
    shown = np.asarray(page.convert("L").resize((100, 65))).astype(int)
    drawn = Image.open(io.BytesIO(png(scene, fonts))).convert("L").resize((100, 65))
    apart = np.abs(shown - np.asarray(drawn).astype(int))
    assert apart.mean() < 3
    assert (apart > 60).mean() < 0.005


HOSTILE = [
    '"), format: "svg") #panic("typst") #image(bytes("',
    "\\",
    '\\"',
    '`.text), format: "svg") #panic("typst") #image(bytes(`',
    "```py ``",
    "</svg>",
    "#{1 + 1} $x$ @y <label> // /* */",
    "\\u{41}\\n\x00\ud800",
    "{{ 7 * 7 }}",
]


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_is_drawn_as_text(fonts: Fonts, said: str) -> None:
    text = Text(5, 20, said, Type("sans", 8), "#000000")
    scene = Scene(400, 60, [Group([text], id=said, title=said, kind=said)], LAND, said, said)
    assert (pixels(png(scene, fonts))[5:30] != [*bytes.fromhex(LAND[1:]), 255]).any()
    document = pdf(scene, fonts, title=said, author=said, keywords=[said])
    # a page of one line alone is taken for a column of letters by the reader, so lines are joined
    assert bare("".join(words(document))) == bare("".join(scene.texts()))


def test_a_megabyte_of_text_is_cut_and_drawn(fonts: Fonts) -> None:
    scene = Scene(400, 60, [Text(5, 20, "ə" * 1_000_000, Type(), "#000000")], LAND, "t" * 1_000_000)
    assert pixels(png(scene, fonts)).shape == (60, 400, 4)
    assert len(pdf(scene, fonts)) < 100_000


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(0, 9, 1), (9, -1, 1), (float("nan"), 9, 1), (9, 9, 0), (9, 9, float("inf")), (9e4, 9e4, 1)],
)
def test_a_size_that_cannot_be_is_refused(
    fonts: Fonts, width: float, height: float, scale: float
) -> None:
    with pytest.raises(BadScene, match="cannot be made"):
        png(Scene(width, height, []), fonts, scale)


def test_a_language_that_is_none_is_refused(fonts: Fonts) -> None:
    with pytest.raises(BadScene, match="page cannot be made"):
        pdf(Scene(9, 9, [], lang="not a language"), fonts)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "first", "more"), [(256, 60, 240), (1_400, 1, 9)])
def test_drawing_many_pictures_does_not_fill_the_memory(
    fonts: Fonts, size: int, first: int, more: int
) -> None:
    def resident() -> int:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")

    def draw(count: int) -> None:
        for number in range(count):
            random = np.random.default_rng(number).uniform(0, size, (200, 2))
            png(Scene(size, size, [Line(Paths.each([random]), Stroke("#000", 2))]), fonts)

    draw(first)
    before = resident()
    draw(more)
    assert resident() - before < 30_000_000


def test_what_sticks_out_of_a_clip_is_gone_whether_cut_off_or_painted_over(fonts: Fonts) -> None:
    wide: list[Item] = [Area(Paths.box(-5, 30, 130, 60), Fill("#aa3333"))]
    room = Paths.box(20, 10, 100, 80)
    cut, painted = (
        pixels(png(Scene(120, 90, [Clip(room, wide, around)], SEA), fonts))
        for around in (None, SEA)
    )
    assert np.abs(cut - painted).max() <= 8
    assert "clip" in svg(Scene(120, 90, [Clip(room, wide, SEA)]), fonts, live_text=True)

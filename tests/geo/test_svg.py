"""A scene as SVG: safe whatever the data says, and the same bytes each time."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from geo.errors import BadScene
from geo.paths import Paths
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
    Text,
    TextPath,
    Type,
)
from geo.shaping import Fonts
from geo.svg import HAIRLINE, svg

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "</svg><script>alert(1)</script>",
    "\"/><path onload='x'",
    "]]><!--&amp;",
    "a\x00b\ud800c\ufffe",
    'x"), #panic("typst',
    "\\u{41} \\ #{1 + 1}",
    "{{ 7 * 7 }} ${x}",
]
CURVE = np.array([(0.0, 50.0), (50.0, 40.0), (100.0, 50.0)])


def tree(scene: Scene, fonts: Fonts, *, live_text: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(svg(scene, fonts, live_text=live_text))  # noqa: S314  # our own


def drawn(items: list[Item], fonts: Fonts, scale: float = 1.0) -> list[dict[str, str]]:
    document = svg(Scene(100, 100, items), fonts, scale=scale)
    return [path.attrib for path in ElementTree.fromstring(document).iter(f"{NS}path")]  # noqa: S314


def line(width: float, opacity: float = 1.0) -> Line:
    return Line(Paths.each([[(0, 0), (50, 50)]]), Stroke("#123456", width, opacity))


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("said", HOSTILE)
def test_no_text_can_leave_its_place(fonts: Fonts, said: str, live: bool) -> None:
    items: list[Item] = [
        Group([], id=said, title=said, kind=said),
        Text(1, 1, said, Type(), "#000000", halo=Halo("#ffffff")),
        TextPath(CURVE, said, Type(), "#000000"),
        Area(Paths.box(0, 0, 5, 5), Fill("#ffffff"), id=said),
    ]
    scene = Scene(100, 100, items, title=said, description=said, lang=said)
    root = tree(scene, fonts, live_text=live) if "\x00" not in said else None
    if root is None:
        scene = Scene(100, 100, items, title=said, description=said)
        root = tree(scene, fonts, live_text=live)
    known = {"svg", "title", "desc", "g", "path", "text", "textPath", "tspan", "defs"}
    assert {element.tag.removeprefix(NS) for element in root.iter()} <= known
    assert not any(key.startswith("on") for element in root.iter() for key in element.attrib)
    if live:
        texts = ["".join(text.itertext()) for text in root.iter(f"{NS}text")]
        assert texts == scene.texts()


def test_a_text_of_a_megabyte_is_cut(fonts: Fonts) -> None:
    scene = Scene(100, 100, [Text(0, 0, "ə" * 1_000_000, Type(), "#000000")], title="t" * 1_000_000)
    assert len(svg(scene, fonts, live_text=True)) < 10_000
    assert len(svg(scene, fonts)) < 200_000


@pytest.mark.parametrize(
    "color", ["red", "#12345", "#1234567", 'url("x")', '#fff"/><g', "#ggg", ""]
)
def test_a_colour_is_three_or_six_hexadecimal_digits(fonts: Fonts, color: str) -> None:
    for item in (
        Area(Paths.box(0, 0, 1, 1), Fill(color)),
        Area(Paths.box(0, 0, 1, 1), None, Stroke(color, 1)),
        Text(0, 0, "x", Type(), color),
        Text(0, 0, "x", Type(), "#000", halo=Halo(color)),
    ):
        with pytest.raises(BadScene, match="colour"):
            svg(Scene(9, 9, [item]), fonts)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), -float("inf")])
def test_what_has_no_place_is_refused(fonts: Fonts, wrong: float) -> None:
    for item in (
        Area(Paths.each([[(0, 0), (wrong, 1), (1, 1)]]), Fill("#000")),
        Line(Paths.each([[(0, 0), (wrong, 1)]]), Stroke("#000", 1)),
        Line(Paths.each([[(0, 0), (1, 1)]]), Stroke("#000", abs(wrong))),
        Mark(wrong, 0),
        Text(0, wrong, "x", Type(), "#000"),
        TextPath(np.array([(0, 0), (1, wrong)]), "x", Type(), "#000"),
    ):
        with pytest.raises(BadScene):
            svg(Scene(9, 9, [item]), fonts)


def test_a_family_with_a_space_or_a_digit_is_quoted(fonts: Fonts) -> None:
    scene = Scene(9, 9, [Text(0, 0, "Ərəş Երևան", Type("serif"), "#000")])
    document = svg(scene, fonts, live_text=True)
    assert "font-family=\"'Source Serif 4', serif\"" in document
    assert "font-family=\"'Noto Sans Armenian', sans-serif\"" in document


def test_all_pieces_of_a_fill_are_one_path(fonts: Fonts) -> None:
    pieces = Paths.each([[(i, 0), (i + 1, 0), (i + 1, 1), (i, 1), (i, 0)] for i in range(50)])
    (path,) = drawn([Area(pieces, Fill("#000"))], fonts)
    assert path["d"].count("m") == 50
    assert path["fill-rule"] == "evenodd"


@pytest.mark.parametrize("scale", [1, 2])
def test_a_stroke_is_never_thinner_than_a_device_pixel_but_paler(fonts: Fonts, scale: int) -> None:
    for width in (0.2, 0.5, 1.0, 1.05):
        (path,) = drawn([line(width, 0.8)], fonts, scale)
        shown = float(path["stroke-width"]) / 16
        assert shown * scale >= HAIRLINE - 1e-4
        strength = float(path.get("stroke-opacity", 1)) * shown
        assert strength == pytest.approx(0.8 * width, abs=1e-3)
    (wide,) = drawn([line(3)], fonts, scale)
    assert float(wide["stroke-width"]) == 48


def test_a_thin_stroke_stays_thin_where_no_tile_goes_on_beside_it(fonts: Fonts) -> None:
    """That is quicker by far; in a tile only for what is fine, and with a margin around it."""
    fine = Line(Paths.each([[(0, 0), (9, 9)]]), Stroke("#000", 0.5, fine=True))
    for alone, margin, widths in ((True, 0, [8, 8]), (False, 4, [16.8, 8]), (False, 0, [16.8] * 2)):
        scene = Scene(9, 9, [line(0.5), fine], alone=alone)
        pens = re.findall(r'stroke-width="([0-9.]+)"', svg(scene, fonts, margin=margin))
        assert [float(one) for one in pens] == widths


def test_live_text_keeps_thin_strokes_thin(fonts: Fonts) -> None:
    document = svg(Scene(9, 9, [line(0.5)]), fonts, live_text=True)
    assert 'stroke-width="8"' in document
    assert "stroke-opacity" not in document


def test_coordinates_are_whole_sixteenths(fonts: Fonts) -> None:
    (path,) = drawn([Line(Paths.each([[(0.03, 0.04), (1 / 3, 2 / 3)]]), Stroke("#000", 2))], fonts)
    assert path["d"] == "m0,1,5,10"


def test_vertices_that_fall_together_are_written_once(fonts: Fonts) -> None:
    ring = [(0, 0), (0.001, 0), (4, 0), (4, 4), (4.01, 4.01), (0, 4), (0.001, 0), (0, 0)]
    speck = [(9, 9), (9.01, 9), (9, 9.01), (9, 9)]
    (path,) = drawn([Area(Paths.each([speck, ring, speck]), Fill("#000"))], fonts)
    assert path["d"] == "m0,0,64,0,0,64,-64,0z"


def test_dashes_a_thousand_kilometres_along_a_line_keep_their_phase(fonts: Fonts) -> None:
    (path,) = drawn(
        [Line(Paths.each([[(0, 0), (9, 9)]]), Stroke("#000", 2, dash=(4, 3), dash_offset=7e6 + 2))],
        fonts,
    )
    assert path["stroke-dasharray"] == "64 48"
    assert float(path["stroke-dashoffset"]) == 32


def test_an_odd_dash_pattern_repeats_after_twice_its_length(fonts: Fonts) -> None:
    stroke = Stroke("#000", 2, dash=(4, 2, 1), dash_offset=14 * 1000 + 8)
    (path,) = drawn([Line(Paths.each([[(0, 0), (9, 9)]]), stroke)], fonts)
    assert float(path["stroke-dashoffset"]) == 8 * 16


def test_marks_of_one_radius_cover_one_area(fonts: Fonts) -> None:
    for shape in ("square", "diamond", "triangle"):
        (path,) = drawn([Mark(50, 50, shape, 20, Fill("#000"))], fonts)
        x, y = _numbers(path["d"]).T / 16
        area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
        assert area == pytest.approx(np.pi * 400, rel=0.01)
    with pytest.raises(BadScene, match="star"):
        drawn([Mark(0, 0, "star")], fonts)  # type: ignore[arg-type]


def test_every_clip_has_an_id_of_its_own_that_no_group_can_take(fonts: Fonts) -> None:
    inner = Clip(Paths.box(0, 0, 5, 5), [line(2)])
    scene = Scene(9, 9, [Clip(Paths.box(0, 0, 9, 9), [inner]), Group([inner], id="m.1")])
    ids = [element.get("id") for element in tree(scene, fonts).iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 4


def test_a_clip_without_an_inside_shows_nothing(fonts: Fonts) -> None:
    assert "M0 0z" in svg(Scene(9, 9, [Clip(Paths.each([]), [line(2)])]), fonts)


def test_groups_carry_title_and_kind_for_readers_and_scripts(fonts: Fonts) -> None:
    root = tree(
        Scene(9, 9, [Group([line(2)], id="corridor", title="A & B", kind="disputed")]), fonts
    )
    group = root.find(f"{NS}g")
    assert group is not None
    assert (group.get("id"), group.get("class")) == ("corridor", "disputed")
    assert group.findtext(f"{NS}title") == "A & B"


def test_title_and_description_are_those_of_the_scene(fonts: Fonts) -> None:
    root = tree(Scene(9, 9, [], title="T <1>", description="D & E"), fonts)
    assert (root.findtext(f"{NS}title"), root.findtext(f"{NS}desc")) == ("T <1>", "D & E")
    assert root.get("role") == "img"


def test_letters_along_a_line_stand_on_it_and_are_centred(fonts: Fonts) -> None:
    level = np.array([(0.0, 30.0), (100.0, 30.0)])
    kind = Type("sans", 12)
    (bent,) = drawn([TextPath(level, "Bering", kind, "#000")], fonts)
    (straight,) = drawn([Text(50, 30, "Bering", kind, "#000", "middle")], fonts)
    found = _numbers(bent["d"])
    move = [float(part) for part in straight["transform"].translate({40: 32, 41: 32}).split()[1:3]]
    assert found[:, 1].max() / 16 == pytest.approx(30, abs=3.5)  # the g reaches below
    middle = (found[:, 0].min() + found[:, 0].max()) / 2
    assert middle == pytest.approx(move[0], abs=16)


def _numbers(data: str) -> np.ndarray:
    spaced = "".join(c if c in "-0123456789 " else " " for c in data)
    return np.array(spaced.split(), dtype=float).reshape(-1, 2)

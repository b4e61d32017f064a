"""Labels: none over another, the same whatever the order, and none lost at the edge of a tile."""

import io
import random
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from PIL import Image

from geo.boxgrid import overlap
from geo.labels import Candidate, Placed, place
from geo.raster import png
from geo.scene import Fill, Halo, Mark, Scene, Text, TextPath, Type
from geo.shaping import Fonts

NAMES = ["Tbilisi", "Երևան", "Bakı", "Ош", "Ысык-Көл", "Longyearbyen", "Utqiaġvik", "თბილისი"]
WIDE = 1500.0


def town(number: int, dice: random.Random, wide: float = WIDE) -> Candidate:
    return Candidate(
        priority=dice.choice((0, 1, 2)),
        text=f"{dice.choice(NAMES)} {number}",
        type=Type("sans", dice.choice((10, 12))),
        color="#333333",
        x=dice.uniform(0, wide),
        y=dice.uniform(0, 700),
        halo=Halo("#ffffff"),
        dot=dice.choice((0, 2.5)),
        fixed=dice.random() < 0.3,
    )


def crowd(seed: int = 1, count: int = 300) -> list[Candidate]:
    dice = random.Random(seed)  # noqa: S311  # not a secret
    x = np.linspace(50, 1450, 300)
    route = np.column_stack([x, 400 + 60 * np.sin(x / 150)])
    return [
        *(town(number, dice) for number in range(count)),
        label("RUSSIAN\nFEDERATION", 700, 300, kind="area", priority=-1),
        label("Northern Sea Route", 0, 0, kind="line", line=route, lift=3, priority=-2),
    ]


def label(text: str, x: float, y: float, **more: Any) -> Candidate:
    given: dict[str, Any] = {"priority": 0, "type": Type("sans", 12), "color": "#000"} | more
    return Candidate(text=text, x=x, y=y, **given)


def said(placed: Placed) -> list[tuple[str, object]]:
    return [(one.candidate.text, one.boxes) for one in placed.labels]


def test_no_two_placed_boxes_overlap(fonts: Fonts) -> None:
    placed = place(crowd(), fonts)
    assert 100 < len(placed.labels) < 302
    for one, other in combinations(placed.labels, 2):
        assert not any(overlap(a, b) for a in one.boxes for b in other.boxes)


def test_no_label_covers_a_dot_that_is_drawn_anyway(fonts: Fonts) -> None:
    candidates = crowd()
    placed = place(candidates, fonts)
    dots = [
        (c.x - c.dot, c.y - c.dot, c.x + c.dot, c.y + c.dot)
        for c in candidates
        if c.fixed and c.dot
    ]
    assert len(dots) > 20
    assert not any(overlap(dot, box) for dot in dots for one in placed.labels for box in one.boxes)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_candidates_does_not_matter(fonts: Fonts, seed: int) -> None:
    candidates = crowd()
    mixed = candidates.copy()
    random.Random(seed).shuffle(mixed)  # noqa: S311  # not a secret
    assert said(place(mixed, fonts)) == said(place(candidates, fonts))


def test_the_more_important_label_gets_the_place(fonts: Fonts) -> None:
    rivals = [label("minor", 100, 100, kind="area", roam=0, priority=2)]
    rivals.append(label("major", 100, 100, kind="area", roam=0, priority=1))
    assert [one.candidate.text for one in place(rivals, fonts).labels] == ["major"]


def test_every_label_that_touches_a_window_is_found(fonts: Fonts) -> None:
    placed = place(crowd(), fonts)
    for column in range(6):
        for row in range(3):
            window = (256.0 * column, 256.0 * row, 256.0 * column + 256, 256.0 * row + 256)
            wanted = [one.candidate.text for one in placed.labels if overlap(one.box, window)]
            assert [one.candidate.text for one in placed.within(window)] == wanted
    everywhere = placed.within((-1e7, -1e7, 1e7, 1e7))
    assert len(everywhere) == len(placed.labels)


def test_the_box_of_a_label_holds_all_its_ink(fonts: Fonts) -> None:
    texts = ("ÅĄQjg", "ՔՖբ", "ჩყფ", "Ўщўр")
    for index, text in enumerate(texts):
        one = label(
            text,
            80,
            60,
            halo=Halo("#ff0000", 3, 1),
            dot=3 * (index % 2),
            type=Type("serif_italic", 20),
        )
        (placed,) = place([one], fonts).labels
        marks = [Mark(80, 60, radius=one.dot, fill=Fill("#000"))] if one.dot else []
        picture = png(Scene(200, 120, [*marks, *placed.items()]), fonts)
        inked = np.asarray(Image.open(io.BytesIO(picture)))[:, :, 3] > 0
        rows, columns = np.nonzero(inked)
        left, top, right, bottom = placed.box
        assert left <= columns.min()
        assert right >= columns.max() + 1
        assert top <= rows.min()
        assert bottom >= rows.max() + 1


def test_where_the_world_repeats_labels_go_on_beyond_its_edge(fonts: Fonts) -> None:
    world = 512.0
    here = label("Chukotka", 505, 100, dot=2)
    placed = place([here, label("Wrangel", 20, 100, kind="area", roam=0, priority=1)], fonts, world)
    assert [one.candidate.text for one in placed.labels] == ["Chukotka"]  # the other is covered
    (west,) = placed.within((0, 0, 256, 256))
    assert west.candidate.x == 505 - world
    (east,) = placed.within((256, 0, 512, 256))
    assert east.candidate.x == 505
    (text,) = west.items()
    assert isinstance(text, Text)
    assert text.x < 0


def test_a_label_with_a_letter_that_no_font_has_is_left_out(fonts: Fonts) -> None:
    assert place([label("北極", 0, 0), label(" \0", 0, 0)], fonts).labels == ()


def test_lines_of_a_label_stand_below_each_other(fonts: Fonts) -> None:
    (placed,) = place([label("RUSSIAN\nFEDERATION", 100, 100, kind="area")], fonts).labels
    first, second = placed.items(origin=(50, 50))
    assert isinstance(first, Text)
    assert isinstance(second, Text)
    assert (first.text, second.text) == ("RUSSIAN", "FEDERATION")
    assert (first.x, second.x) == (50, 50)
    assert 10 < second.y - first.y < 20
    assert (first.y + second.y) / 2 == pytest.approx(50, abs=6)


def test_text_along_a_line_reads_from_the_left_and_above_it(fonts: Fonts) -> None:
    for line in ([(300.0, 50.0), (0.0, 50.0)], [(0.0, 50.0), (300.0, 50.0)]):
        one = label("Sea route", 0, 0, kind="line", line=np.array(line), lift=4)
        (placed,) = place([one], fonts).labels
        (item,) = placed.items()
        assert isinstance(item, TextPath)
        assert item.points[0, 0] < item.points[-1, 0]
        assert np.allclose(item.points[:, 1], 46)


@pytest.mark.parametrize(
    "line", [[(0.0, 0.0), (20.0, 0.0)], [(0.0, 0.0), (30.0, 40.0), (60.0, 0.0), (90.0, 40.0)]]
)
def test_a_line_too_short_or_too_bent_for_its_name_has_none(
    fonts: Fonts, line: list[tuple[float, float]]
) -> None:
    one = label("Northern Sea Route", 0, 0, kind="line", line=np.array(line))
    assert place([one], fonts).labels == ()

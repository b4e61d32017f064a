"""The pictures that links show: their size, their weight, their words."""

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from geo.scene import Scene
from layers.maps import MapSpec, load_maps, maps_of
from server.draw.drawing import Drawing
from server.pictures.card import HEIGHT, SCALE, WIDTH, Card
from server.pictures.press import card_png

NAMED = tuple(load_maps())
LONG = (
    "Кто и на что претендует в Северном Ледовитом океане: зоны, границы, заявки на шельф и всё, "
    "о чём государства до сих пор не договорились"
)


@pytest.fixture(scope="module")
def cards(drawing: Drawing, maps: dict[str, MapSpec]) -> Iterator[dict[str, Scene]]:
    yield {name: Card(drawing, maps[name]).scene() for name in NAMED}


@pytest.mark.parametrize("name", NAMED)
def test_a_card_is_1200_by_630_and_below_300_kb(
    drawing: Drawing, cards: dict[str, Scene], name: str
) -> None:
    made = card_png(drawing, cards[name])
    assert len(made) < 300_000
    assert Image.open(io.BytesIO(made)).size == (1200, 630)
    assert (WIDTH * SCALE, HEIGHT * SCALE) == (1200, 630)


@pytest.mark.parametrize("name", NAMED)
def test_a_card_says_its_title_and_a_whole_sentence(
    cards: dict[str, Scene], maps: dict[str, MapSpec], name: str
) -> None:
    said = " ".join(cards[name].texts())
    assert maps[name].title in said
    summary = maps[name].summary
    assert summary
    assert summary in said
    assert "…" not in said
    assert "marchland · " in said


def test_the_same_map_gives_the_same_card(drawing: Drawing, maps: dict[str, MapSpec]) -> None:
    one, two = (card_png(drawing, Card(drawing, maps["bering"]).scene()) for _ in range(2))
    assert one == two


def test_a_long_title_is_set_smaller_and_stays_on_the_card(
    drawing: Drawing, maps: dict[str, MapSpec]
) -> None:
    long = maps["caucasus"].model_copy(update={"title": LONG, "summary": None})
    card = Card(drawing, long)
    assert card.title.letters.size < Card(drawing, maps["caucasus"]).title.letters.size
    assert card.title.width <= card.panel.width
    assert card.panel.bottom < HEIGHT
    assert LONG in " ".join(card.scene().texts())


def test_what_a_map_is_about_is_not_below_the_panel(
    drawing: Drawing, maps: dict[str, MapSpec]
) -> None:
    for name in ("caucasus", "bering", "central_asia"):
        card = Card(drawing, maps[name])
        box = card.picture.bbox or maps[name].bbox
        corner = [[box[0], box[3]], [box[2], box[1]], [box[2], box[3]]]
        for x, y in card.extent.pixels(np.array(corner)).tolist():
            assert not card.panel.inner(1).holds(x, y), name


@pytest.mark.slow
def test_every_map_has_a_card_below_300_kb(drawing: Drawing) -> None:
    for name, spec in maps_of(drawing.catalogue).items():
        made = card_png(drawing, Card(drawing, spec).scene())
        assert len(made) < 300_000, name

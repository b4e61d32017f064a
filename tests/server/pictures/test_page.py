"""Whole pages: what they say is what the data say, in every projection and every form."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from geo import raster
from geo.scene import Clip, Group, Item, Scene, Text, TextPath
from geo.shaping import Fonts
from geo.svg import svg
from layers.attribution import BETWEEN
from layers.maps import MapSpec, load_maps
from server.draw.drawing import Drawing
from server.draw.order import drawn
from server.errors import BadParameter
from server.pictures.codes import WORDS
from server.pictures.page import Page
from server.pictures.press import pressed

NAMED = tuple(load_maps())
MakePage = Callable[..., Page]
Scenes = Callable[[str], Scene]


def texts(items: Iterable[Item]) -> Iterator[Text | TextPath]:
    for item in items:
        if isinstance(item, Text | TextPath):
            yield item
        elif isinstance(item, Clip | Group):
            yield from texts(item.items)


def missing(scene: Scene, fonts: Fonts) -> list[str]:
    return [
        one.text
        for one in texts(scene.items)
        if fonts.shape(one.text, one.type.style, one.type.size, one.type.spacing).missing
    ]


def run_on(scene: Scene) -> str:
    """All texts in order, lines joined."""
    return " ".join(" ".join(scene.texts()).split())


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.upper()))


@pytest.mark.parametrize("name", NAMED)
def test_a_page_says_title_description_sources_licences_projection_and_version(
    scenes: Scenes, maps: dict[str, MapSpec], drawing: Drawing, name: str
) -> None:
    said, spec = run_on(scenes(name)), maps[name]
    assert spec.title in said
    shown = spec.shown(drawing.catalogue)
    assert re.search(r"Data as of \d+ \w+ \d{4} · version [0-9a-f]{8}", said)
    assert "projection (" in said
    drawn_ = [one for one in shown if one.spec.role != "overlay" or one.id not in spec.off]
    for one in drawn_:
        assert all(part in said for part in one.spec.attribution.split(BETWEEN) if one.extent)
    assert "CC-BY-4.0" in said
    assert "Scale along" in said


@pytest.mark.parametrize("name", NAMED)
def test_no_letter_of_a_page_is_without_a_glyph(
    scenes: Scenes, drawing: Drawing, name: str
) -> None:
    assert missing(scenes(name), drawing.fonts) == []


@pytest.mark.parametrize("name", NAMED)
def test_every_name_on_a_map_is_one_of_the_data(
    scenes: Scenes, maps: dict[str, MapSpec], drawing: Drawing, name: str
) -> None:
    known = words("North Pole")
    for collection in maps[name].shown(drawing.catalogue):
        for feature in collection.features:
            told = feature.properties
            said = [told.name, told.status, *(one.text for one in told.names)]
            known |= words(" ".join([*said, *(str(tag) for tag in told.tags.values())]))
    groups = [item for item in scenes(name).items if isinstance(item, Group) and item.id == "map"]
    written = [one for one in texts(groups) if not re.search(r"\d°", one.text)]
    assert written
    for one in written:
        assert words(one.text) <= known, one.text


@pytest.mark.parametrize("name", NAMED)
def test_a_page_lies_within_its_paper(scenes: Scenes, drawing: Drawing, name: str) -> None:
    scene = scenes(name)
    outside = [item for item in scene.items if not (isinstance(item, Group) and item.id == "map")]
    for one in texts(outside):
        assert isinstance(one, Text)
        width = drawing.fonts.shape(one.text, one.type.style, one.type.size, one.type.spacing).width
        left = one.x - {"start": 0.0, "middle": width / 2, "end": width}[one.anchor]
        assert left >= 0, one.text
        assert left + width <= scene.width, one.text
        assert 0 < one.y < scene.height, one.text


SMALL = [(320, 320), (320, 900), (900, 320), (640, 480), (2400, 400), (480, 1600)]


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("name", ["arctic_claims", "caucasus"])
def test_on_the_smallest_and_oddest_paper_nothing_runs_over(
    make_page: MakePage, drawing: Drawing, name: str, size: tuple[int, int]
) -> None:
    page = make_page(name, width=size[0], height=size[1])
    assert page.body.height > 0.25 * size[1]
    scene = page.scene()
    for one in texts(item for item in scene.items if getattr(item, "id", "") != "map"):
        assert isinstance(one, Text)
        width = drawing.fonts.shape(one.text, one.type.style, one.type.size, one.type.spacing).width
        assert one.x + width * (1 if one.anchor == "start" else 0.5) <= scene.width, one.text
        assert one.y < scene.height, one.text


def test_the_key_is_never_higher_than_its_room(make_page: MakePage) -> None:
    for name, size in product(("arctic_claims", "bering"), SMALL):
        page = make_page(name, width=size[0], height=size[1])
        assert page.layout.key_room.bottom <= page.body.bottom + 0.5, (name, size)


def test_the_legend_names_only_what_is_in_the_picture(make_page: MakePage) -> None:
    near = make_page("central_asia", bbox="74,42.5,75,43.5").scene().texts()
    assert "Runway, threshold to threshold" in " ".join(near)
    assert not any("another foreign state" in one for one in near), "Termez is far away"
    whole = " ".join(make_page("central_asia").scene().texts())
    assert "Used by another foreign state" in whole


def test_a_date_leaves_out_what_was_not_yet_or_no_longer(make_page: MakePage) -> None:
    before, after = (
        " ".join(make_page("bering", datetime=day).scene().texts()) for day in ("2001", "2026")
    )
    assert "Two-way route (IMO 2018)" not in before
    assert "Two-way route (IMO 2018)" in after
    assert "Shown as of 2001-01-01 / 2001-12-31" in before


def test_a_view_is_named_on_the_page(make_page: MakePage) -> None:
    said = run_on(make_page("arctic_claims", view="CA", width=900, height=600).scene())
    assert "As CA states it" in said


def test_names_are_in_the_language_that_is_asked_for(make_page: MakePage) -> None:
    said = run_on(make_page("bering", lang="ru", width=1200, height=900).scene())
    assert "РОССИЯ" in said
    assert "Масштаб вдоль 64° с. ш." in said


def test_the_pole_is_marked_where_it_is(make_page: MakePage) -> None:
    page = make_page("arctic_claims")
    extent = page.layout.extent
    assert extent.pole is not None
    for lon in (-180.0, 0.0, 77.0):
        at = extent.pixels(np.array([[lon, 90.0]]))[0]
        assert np.abs(at - extent.pole).max() < 1e-6
    marks = [one for one in texts(page.scene().items) if one.text == "North Pole"]
    assert len(marks) == 1
    assert isinstance(marks[0], Text)
    assert abs(marks[0].x - extent.pole[0]) < 15
    assert abs(marks[0].y - extent.pole[1]) < 15


@pytest.mark.slow
@pytest.mark.parametrize("crs", WORDS)
def test_every_map_can_be_drawn_in_every_projection_with_every_letter(
    make_page: MakePage, maps: dict[str, MapSpec], drawing: Drawing, crs: str
) -> None:
    for name, spec in maps.items():
        try:
            scene = make_page(name, crs=crs, width=800, height=600).scene()
        except BadParameter as error:
            assert crs == "conic", error
            continue
        assert missing(scene, drawing.fonts) == []
        png = Image.open(io.BytesIO(raster.png(scene, drawing.fonts)))
        assert png.size == (800, 600)
        assert len(png.convert("RGB").getcolors(1_000_000) or []) > 50
        assert svg(scene, drawing.fonts, live_text=True).startswith("<svg")
        assert raster.pdf(scene, drawing.fonts, title=spec.title).startswith(b"%PDF")


@pytest.mark.parametrize("name", NAMED)
def test_all_texts_of_a_pdf_can_be_read_and_are_those_of_the_scene(
    make_page: MakePage, maps: dict[str, MapSpec], drawing: Drawing, name: str
) -> None:
    page = make_page(name, "pdf")
    scene = page.scene()
    made = pressed(drawing, maps[name], scene, page.order)
    document = pypdfium2.PdfDocument(made)
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [842, 596]
    found = "".join(document[0].get_textpage().get_text_range().split()).replace("\ufffe", "-")
    straight = [one.text for one in texts(scene.items) if isinstance(one, Text)]
    for text in straight:
        assert "".join(text.split()) in found, text
    # A text along a line is read letter by letter, some of them in between other texts; where it
    # has a letter twice running, pdfium takes the second for a shadow of the first.
    said = Counter("".join("".join(scene.texts()).split()))
    curved = "".join(one.text for one in texts(scene.items) if isinstance(one, TextPath))
    twice = Counter(a for a, b in pairwise(curved) if a == b)
    assert not Counter(found) - said
    assert said - Counter(found) <= twice
    told = document.get_metadata_dict()
    assert told["Title"] == maps[name].title
    assert told["Author"] == "marchland"
    assert told["Keywords"]


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_order_gives_the_same_bytes(
    make_page: MakePage, maps: dict[str, MapSpec], drawing: Drawing, form: str
) -> None:
    def made() -> bytes:
        page = make_page("bering", form, width=700, height=500)
        return pressed(drawing, maps["bering"], page.scene(), page.order)

    assert made() == made()


@pytest.mark.parametrize("name", NAMED)
def test_what_lies_upon_a_map_hides_little_and_no_name_runs_into_it(
    make_page: MakePage, drawing: Drawing, name: str
) -> None:
    page = make_page(name)
    layout = page.layout
    if not layout.upon:
        return
    assert layout.visible.cover(layout.key_room) <= 600
    shown = [item for item in page.scene().items if getattr(item, "id", "") == "map"]
    for one in texts(shown):
        if isinstance(one, Text):
            width = drawing.fonts.shape(one.text, one.type.style, one.type.size, 0).width
            left = one.x - {"start": 0.0, "middle": width / 2, "end": width}[one.anchor]
            beside = left > layout.key_room.right or left + width < layout.key_room.left
            over = one.y < layout.key_room.top or one.y - one.type.size > layout.key_room.bottom
            assert beside or over, one.text


def test_a_collection_that_is_off_is_in_the_picture_where_its_map_says_so(
    make_page: MakePage, drawing: Drawing
) -> None:
    page = make_page("arctic_claims")
    assert "arctic_shelf" in [one.id for one in drawn(drawing, page.map, page.choice)]
    assert "switched on" not in page.description

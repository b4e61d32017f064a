"""The legend: the pens, fills and hatches of its pictures are those of the map."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from geo.scene import Area, Clip, Group, Item, Line, Mark
from layers.maps import load_maps
from layers.themes import load_themes
from server.pictures.legend import Entry, chapters
from server.pictures.page import Page
from server.pictures.swatch import swatch

NAMED = tuple(load_maps())
MakePage = Callable[..., Page]


def flat(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Clip | Group):
            yield from flat(item.items)
        else:
            yield item


def looks(items: Iterable[Item]) -> set[tuple[object, ...]]:
    """How things are drawn, wherever they are. Dashes begin anywhere."""
    found: set[tuple[object, ...]] = set()
    for item in flat(items):
        if isinstance(item, Line):
            pen = item.stroke
            found.add(("line", pen.color, pen.width, round(pen.opacity, 6), pen.dash))
        elif isinstance(item, Area) and item.fill:
            found.add(("fill", item.fill.color, round(item.fill.opacity, 6)))
        elif isinstance(item, Mark):
            found.add(("mark", item.shape, item.fill, item.stroke))
    return found


def strokes(entry: Entry, theme: str) -> set[tuple[object, ...]]:
    made = list(swatch(entry, 0, 0, load_themes()[theme]))
    ground = [item for item in made if isinstance(item, Area) and not item.stroke]
    first = ground[0] if entry.at_sea or entry.look is None else None
    return looks(item for item in made if item is not first and not isinstance(item, Area)) | looks(
        item for item in ground if item is not first
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMED)
def test_every_line_fill_hatch_and_mark_of_a_legend_is_one_of_the_map(
    make_page: MakePage, name: str, theme: str
) -> None:
    page = make_page(name, theme=theme, width=1000, height=700)
    map_ = [item for item in page.scene().items if isinstance(item, Group) and item.id == "map"]
    drawn = looks(map_)
    shown = chapters(page.layout.visible)
    assert shown
    for chapter in shown:
        for entry in chapter.entries:
            wanted = {one for one in strokes(entry, theme) if not _band(one)}
            assert wanted <= drawn, entry.label


def _band(look: tuple[object, ...]) -> bool:
    """The pale band below a loose line is as wide as its accuracy, on each map another."""
    return look[0] == "line" and isinstance(look[3], float) and look[3] < 0.2


def test_each_visible_rule_is_named_once(make_page: MakePage) -> None:
    for chapter in chapters(make_page("arctic_claims").layout.visible):
        labels = [(entry.label, entry.form) for entry in chapter.entries]
        assert len(labels) == len(set(labels))


def test_a_heading_is_short_and_does_not_repeat_the_title_of_the_map(make_page: MakePage) -> None:
    shelf = chapters(make_page("arctic_shelf").layout.visible)
    assert shelf[0].title == ""
    claims = chapters(make_page("arctic_claims").layout.visible)
    assert "Arctic limits" in [one.title for one in claims]
    assert not any(":" in one.title for one in claims)


def test_a_disputed_area_is_hatched_in_the_legend_too(make_page: MakePage) -> None:
    every = [
        entry
        for chapter in chapters(make_page("arctic_claims").layout.visible)
        for entry in chapter.entries
    ]
    both = next(entry for entry in every if "given to nobody" in entry.label)
    assert both.hatched
    assert any(isinstance(item, Line) for item in swatch(both, 0, 0, load_themes()["light"]))

"""The key of a picture: all of it, in the columns that there are."""

from collections.abc import Callable

from layers.maps import load_maps
from server.pictures.cartouche import Cartouche
from server.pictures.page import Page

MakePage = Callable[..., Page]


def test_a_chapter_goes_on_in_the_next_column_before_anything_is_left_out(
    make_page: MakePage,
) -> None:
    page = make_page("arctic_claims", width=1200, height=630)
    assert page.layout.key.parted
    said = page.scene().texts()
    labels = [one.label for chapter in page.layout.key.chapters for one in chapter.entries]
    assert all(label.split()[0] in " ".join(said) for label in labels)
    assert not any("rest of the legend" in one for one in said)


def test_a_heading_comes_again_where_its_chapter_goes_on(make_page: MakePage) -> None:
    said = make_page("arctic_claims", width=800, height=600).scene().texts()
    assert any("rest of the legend" in one for one in said)
    assert said.count("Arctic zones") == 2


def test_no_name_covers_a_symbol(make_page: MakePage) -> None:
    for name in load_maps():
        page = make_page(name, crs="mercator", width=800, height=600)
        shown = Cartouche(page.drawing, page.map, page.layout.extent, page.choice)
        inside = [(one.left, one.top, one.right, one.bottom) for one in shown._marks]
        boxes = [box for label in shown.names.labels for box in label.boxes]
        assert not [(a, b) for a in boxes for b in inside if _meet(a, b)], name


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

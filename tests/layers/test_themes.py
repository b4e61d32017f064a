"""Themes and paints: on every map, in light and dark, colours that hold for every eye.

Oracle: coloraide (CIEDE2000; Viénot 1999 for protanopia and deuteranopia, Brettel 1997 for
tritanopia). Two sorts of colour are told apart: inks (lines, outlines, hatches, marks) and tints
(areas with neither outline nor hatch); a line is not taken for a tinted area.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pytest
from coloraide import Color

from geo.colour import contrast, over
from geo.feature import Form
from layers.catalogue import Catalogue
from layers.collection import Collection
from layers.legend import paints, rule_of
from layers.maps import MapSpec, load_maps, maps_of
from layers.spec import Paint
from layers.themes import PLAIN, Theme, load_themes

APART, OUT = 15.0, 3.0  # ΔE2000 between categories; contrast of an ink to sea and land
VISIONS = ("normal", "protan", "deutan", "tritan")
THEMES = load_themes()
WHITE = "#ffffff"


@dataclass(frozen=True)
class Category:
    """What one rule draws in one form: its colour on the ground, and what else tells it apart."""

    name: str
    colour: str
    is_ink: bool
    pattern: tuple[object, ...]


def categories(map: MapSpec, catalogue: Catalogue, theme: Theme) -> Iterator[Category]:
    for collection in map.shown(catalogue):
        if collection.spec.role == "overlay":
            bare = collection.id in map.unstroked
            for number, form in drawn(collection):
                paint = theme.paint(paints(collection)[number])
                label = collection.spec.style.rules[number].label
                yield category(f"{collection.id}: {label}", paint, form, bare, theme)


def drawn(collection: Collection) -> list[tuple[int, Form]]:
    found = {(rule_of(collection, one), one.form) for one in collection.features}
    return sorted((n, form) for n, form in found if n is not None and form is not None)


def category(name: str, paint: Paint, form: Form, bare: bool, theme: Theme) -> Category:
    """An ink where there is a line, an outline, a hatch or a mark; else the tint as it is seen."""
    colour = paint.color or WHITE
    seen = over(colour, paint.opacity if paint.opacity is not None else 1, theme.sea)
    hatch = paint.hatch
    if form == "area" and (bare or not paint.weight):
        if hatch is None:
            tint = over(paint.fill_color or colour, paint.fill_opacity or 0, theme.sea)
            return Category(name, tint, False, (form,))
        seen = over(hatch.color or colour, hatch.opacity, theme.sea)
        return Category(name, seen, True, (form, hatch.angle, hatch.spacing, hatch.cross))
    lines = (hatch.angle, hatch.spacing, hatch.cross) if hatch else None
    filled = paint.fill is not False and (paint.fill_opacity or 0) > 0.5
    hollow = not filled or paint.fill_color != paint.color
    return Category(name, seen, True, (form, paint.dash, lines, paint.shape, hollow))


@cache
def in_lab(colour: str, vision: str) -> Color:
    plain = Color(colour)
    return plain if vision == "normal" else plain.filter(vision).convert("srgb").clip()


@cache
def apart(one: str, other: str) -> float:
    """The least difference between two colours over all kinds of vision."""
    pairs = ((in_lab(one, vision), in_lab(other, vision)) for vision in VISIONS)
    return min(float(a.delta_e(b, method="2000")) for a, b in pairs)


MAPS = sorted(load_maps())
EVERY = [pytest.param(name, theme, id=f"{name}-{theme}") for name in MAPS for theme in THEMES]


@pytest.mark.parametrize(("name", "theme"), EVERY)
def test_two_categories_of_a_map_differ_by_colour_or_share_one_and_differ_by_pattern(
    name: str, theme: str, catalogue: Catalogue
) -> None:
    found = list(categories(load_maps()[name], catalogue, THEMES[theme]))
    assert found
    for one, other in combinations(found, 2):
        if one.is_ink != other.is_ink:
            continue
        if one.colour == other.colour:
            assert one.pattern != other.pattern, f"{one.name} looks like {other.name}"
        else:
            much = apart(one.colour, other.colour)
            assert much >= APART, f"{one.name} and {other.name}: only {much:.1f} apart"


@pytest.mark.parametrize("theme", THEMES)
def test_every_line_outline_hatch_and_mark_stands_out_from_sea_and_land(
    theme: str, catalogue: Catalogue
) -> None:
    look = THEMES[theme]
    for spec in maps_of(catalogue).values():
        for one in categories(spec, catalogue, look):
            if one.is_ink:
                least = min(contrast(one.colour, look.sea), contrast(one.colour, look.land))
                assert least >= OUT, f"{one.name}: contrast {least:.2f}"


@pytest.mark.parametrize("theme", THEMES)
def test_an_area_without_an_outline_is_seen_on_the_sea(theme: str, catalogue: Catalogue) -> None:
    look = THEMES[theme]
    for one in categories(load_maps()["arctic_claims"], catalogue, look):
        if not one.is_ink:
            assert Color(one.colour).delta_e(Color(look.sea), method="2000") > 4, one.name


def test_what_is_applied_provisionally_looks_the_same_in_every_layer(catalogue: Catalogue) -> None:
    rules = [rule for one in catalogue.collections.values() for rule in one.spec.style.rules]
    lines = [one for one in rules if one.where.get("status") == "provisional"]
    assert len({one.paint.color for one in lines}) == 1
    exact = [one for one in lines if "less certain" not in one.label]
    assert len(exact) > 1
    assert len({(one.paint.dash, one.paint.weight) for one in exact}) == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["sea", "ocean", "strait"])
def test_names_of_seas_can_be_read_on_the_tint_of_every_zone(
    theme: str, name: str, catalogue: Catalogue
) -> None:
    letters = THEMES[theme].letters_of(name)
    for spec in maps_of(catalogue).values():
        for one in categories(spec, catalogue, THEMES[theme]):
            if not one.is_ink:
                rim = over(letters.halo_color, letters.halo_opacity, one.colour)
                assert contrast(letters.color, rim) >= 7, one.name
                assert contrast(letters.color, one.colour) >= 2.9, one.name


@pytest.mark.parametrize("theme", THEMES)
def test_coasts_and_borders_stand_out_and_texts_can_be_read(theme: str) -> None:
    look = THEMES[theme]
    for pen in (look.coast, look.border, look.border_disputed):
        assert min(contrast(pen.color, look.land), contrast(pen.color, look.sea)) >= OUT
    for name, letters in look.letters.items():
        for ground in (look.sea, look.land):
            assert contrast(letters.color, ground) >= 4, name
        assert contrast(letters.color, letters.halo_color) >= 4.5, name
    assert contrast(look.panel.ink, look.panel.paper) >= 7
    assert contrast(look.panel.soft, look.panel.paper) >= 4.5


def test_the_light_theme_shows_the_colours_of_the_layers_as_they_are() -> None:
    paint = Paint(color="#30439f", fill_color="#b1deff", fill_opacity=0.5)
    assert THEMES["light"].paint(paint) == paint


def test_the_dark_theme_keeps_sizes_and_patterns() -> None:
    paint = Paint.model_validate(
        {"color": "#30439f", "weight": 2, "dash": "5 5", "hatch": {"angle": 30, "color": "#0e1a26"}}
    )
    dark = THEMES["dark"].paint(paint)
    assert (dark.weight, dark.dash) == (2, "5 5")
    assert dark.hatch and paint.hatch and dark.hatch.angle == paint.hatch.angle
    assert dark.color != paint.color and dark.hatch.color != paint.hatch.color


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_a_layer_that_names_no_colour_is_seen_in_every_theme(theme: Theme) -> None:
    for asked in (Paint(), Paint(fill_color="#e0e0e0"), Paint(radius=6)):
        shown = theme.paint(asked).color or PLAIN
        for ground in (theme.sea, theme.land, theme.panel.box):
            assert contrast(shown, ground) >= 3.0, (asked, ground)


def test_a_class_of_text_that_a_theme_does_not_name_has_letters() -> None:
    for theme in THEMES.values():
        assert theme.letters_of("no_such_class") == theme.letters["other"]
        assert theme.letters_of("sea").type.style == "serif_italic"


def test_what_is_seen_in_the_dark_is_the_mirror_of_what_is_seen_in_the_light() -> None:
    light, dark = THEMES["light"], THEMES["dark"]
    assert dark.overlays and dark.overlays.ground == light.sea
    colour, opacity = dark.area("#c0846f", 0.8)
    wanted = dark.overlays.area.of(over("#c0846f", 0.8, light.sea))
    assert apart(over(colour, opacity, dark.sea), wanted) < 1


def test_a_pen_of_another_width_is_that_wide_whatever_was_drawn_before() -> None:
    pen = load_themes()["light"].coast
    assert pen.stroke.width == pen.width
    assert pen.model_copy(update={"width": 7.0}).stroke.width == 7.0

"""Palettes: the flat colours to the bit, the blends near enough."""

import numpy as np
import pytest
from PIL import Image

from geo.palette import to_palette


def noisy(colors: int, alpha: bool = False) -> Image.Image:
    random = np.random.default_rng(5)
    swatches = random.integers(0, 256, (colors, 4), dtype=np.uint8)
    if not alpha:
        swatches[:, 3] = 255
    pixels = swatches[random.integers(0, colors, 128 * 128)].reshape(128, 128, 4)
    pixels[:40] = (0xD3, 0xE1, 0xEA, 255)
    pixels[40:42] = (0xF4, 0xF1, 0xEA, 255)
    return Image.fromarray(pixels)


def array(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGBA")).astype(int)


def test_up_to_256_colours_nothing_changes() -> None:
    for colors in (1, 2, 17, 250):
        for alpha in (False, True):
            image = noisy(colors, alpha)
            assert (array(to_palette(image)) == array(image)).all()


@pytest.mark.parametrize("alpha", [False, True])
def test_pinned_colours_stay_what_they_are_among_thousands(alpha: bool) -> None:
    image = noisy(5000, alpha)
    pinned = ["#d3e1ea", "#f4f1ea"]
    before, after = array(image), array(to_palette(image, pinned))
    for color in ((0xD3, 0xE1, 0xEA, 255), (0xF4, 0xF1, 0xEA, 255)):
        here = (before == color).all(axis=2)
        assert here.sum() >= 256
        assert (after[here] == color).all()


def test_a_palette_has_at_most_256_colours() -> None:
    made = to_palette(noisy(20_000), ["#d3e1ea"] + [f"#0000{n:02x}" for n in range(100)])
    assert len(np.unique(np.asarray(made))) <= 256


def test_letters_and_edges_keep_their_shade_within_a_sixteenth() -> None:
    ramp = np.linspace(0, 1, 400)[:, None, None] * [[[0x33, 0x2B, 0x20]]]
    ground = np.array([[[0xF4, 0xF1, 0xEA]], [[0xD3, 0xE1, 0xEA]], [[0xA0, 0x46, 0x3A]]])
    pixels = np.concatenate([g[None] * (1 - ramp / 0x33) + ramp for g in ground], axis=1)
    image = Image.fromarray(np.clip(pixels.reshape(-1, 3, 3), 0, 255).astype(np.uint8))
    assert np.abs(array(to_palette(image)) - array(image)).max() <= 16


def test_too_many_pinned_colours_are_refused() -> None:
    with pytest.raises(ValueError, match="129 colours"):
        to_palette(noisy(300), [f"#0000{n:02x}" for n in range(129)])

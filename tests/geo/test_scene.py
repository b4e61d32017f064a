"""The display list."""

import numpy as np

from geo.paths import Paths
from geo.scene import Clip, Group, Scene, Text, TextPath, Type


def test_the_texts_of_a_scene_come_in_the_order_in_which_they_are_drawn() -> None:
    kind = Type()
    scene = Scene(
        9,
        9,
        [
            Text(0, 0, "one", kind, "#000"),
            Group(
                [Clip(Paths.box(0, 0, 1, 1), [TextPath(np.zeros((2, 2)), "two\0", kind, "#000")])]
            ),
            Text(0, 0, " \n", kind, "#000"),
            Text(0, 0, "three\nfour", kind, "#000"),
        ],
    )
    assert scene.texts() == ["one", "two", "three four"]

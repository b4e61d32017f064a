"""folium made inert and deterministic."""

import json
import re

import jinja2
import pytest

from layers.maps import MapSpec
from server.maps.inert import script_json
from server.maps.page import escaped, render
from server.maps.parts import Drawn, Parts

HOSTILE = [
    "{{7*7}}",
    "{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% raw %}",
    "{% for x in y %}",
    "{# gone #}",
    "${7*7}",
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'; alert(1); '",
    '"; alert(1); "',
    "\u2028\u2029",
    "<!--",
    "{{{{7*7}}}}",
]
MAP = MapSpec(
    id="somewhere", title="Somewhere", description="A map.", collections=("a",),
    bbox=(0, 0, 10, 10), lon0=5,
)  # fmt: skip


def parts(*layers: Drawn, **frame: object) -> Parts:
    return render(MAP, layers, dict(frame), ["/leaflet.js", "/map.js"], ["/leaflet.css"])


def configs(made: Parts) -> list[dict[str, object]]:
    found = re.findall(r"marchland\.layer\((.*)\);", made.script.decode())
    return [json.loads(text) for text in found]


@pytest.mark.parametrize("text", HOSTILE)
def test_data_reaches_the_script_as_it_is_and_is_never_executed(text: str) -> None:
    made = parts(Drawn("a", text, {"title": text}), title=text)
    assert configs(made)[0]["title"] == text
    assert b"49" not in made.script.replace(b"\\u00", b"")


@pytest.mark.parametrize("text", HOSTILE)
def test_inert_json_is_the_same_value_and_survives_a_template(text: str) -> None:
    written = script_json({"a": [text], text: 1})
    assert json.loads(written) == {"a": [text], text: 1}
    assert jinja2.Template(written).render() == written
    assert not set("<>&'`") & set(written) - {"`"}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_layer_name_is_text_for_leaflet_and_for_a_template(text: str) -> None:
    assert not set("<>{}`") & set(escaped(text))
    assert jinja2.Template(escaped(text)).render() == escaped(text)


def test_two_renders_are_the_same_bytes() -> None:
    layers = (Drawn("a", "A", {"url": "/a"}), Drawn("b", "B", {"url": "/b"}))
    assert parts(*layers, title="T") == parts(*layers, title="T")


def test_the_page_asks_for_our_own_files_and_for_no_others() -> None:
    made = parts(Drawn("a", "A", {"url": "/a"}))
    assert made.scripts == ("/leaflet.js", "/map.js")
    assert made.styles == ("/leaflet.css",)
    assert b"http" not in made.script
    assert "<script" not in made.body
    assert "style" not in made.body


def test_each_layer_has_a_pane_of_its_own_in_drawing_order() -> None:
    made = parts(*(Drawn(name, name, {}) for name in "abc"))
    assert [config["pane"] for config in configs(made)] == ["layer-0", "layer-1", "layer-2"]
    depths = [int(n) for n in re.findall(r"zIndex = (\d+)", made.script.decode())]
    assert depths == sorted(depths)


def test_the_layer_control_comes_after_every_layer() -> None:
    script = parts(Drawn("a", "A", {}), Drawn("b", "B", {})).script.decode()
    assert script.index("L.control.layers") > script.rindex("marchland.layer")


def test_two_layers_of_one_name_are_both_in_the_layer_control() -> None:
    script = parts(Drawn("a", "Same", {}), Drawn("b", "Same", {})).script.decode()
    assert "Same (a)" in script
    assert "Same (b)" in script


def test_a_layer_without_a_control_is_drawn_all_the_same() -> None:
    script = parts(Drawn("land", "Land", {}, control=False)).script.decode()
    assert "marchland.layer" in script
    assert '"Land"' not in script


def test_no_name_of_the_script_is_global() -> None:
    script = parts(Drawn("a", "A", {})).script.decode()
    assert script.startswith("(function () {")
    assert script.rstrip().endswith("})();")


def test_rendering_a_map_leaves_foliums_own_lists_alone() -> None:
    import folium  # noqa: PLC0415  # the one test that looks at folium itself

    parts(Drawn("a", "A", {}))
    assert "/leaflet.js" not in [url for _, url in folium.Map.default_js]

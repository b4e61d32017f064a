"""Settings: frozen, complete, and strict about what they do not know."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from server.errors import BadSetting
from server.settings import Settings


def test_nothing_set_gives_what_a_local_try_needs() -> None:
    settings = Settings.read({})
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.base_url is None
    assert settings.frame_ancestors == "*"


def test_every_variable_is_read() -> None:
    settings = Settings.read(
        {
            "MARCHLAND_CACHE": "/var/cache/m",
            "MARCHLAND_LAYERS": f"/a{os.pathsep}/b c",
            "MARCHLAND_HOST": "::1",
            "MARCHLAND_PORT": "0",
            "MARCHLAND_WORKERS": "4",
            "MARCHLAND_BASE_URL": "https://maps.example.org/m",
            "MARCHLAND_FRAME_ANCESTORS": "'self' https://*.example.org",
            "MARCHLAND_ANSWERS_MB": "8",
            "PATH": "/bin",
        }
    )
    assert settings.cache == Path("/var/cache/m")
    assert settings.layers == (Path("/a"), Path("/b c"))
    assert (settings.host, settings.port, settings.workers) == ("::1", 0, 4)
    assert settings.answers_mb == 8


def test_settings_survive_the_way_to_a_worker_process() -> None:
    said = {"layers": ("/a", "/b"), "port": 9, "base_url": "http://h", "cache": "/c"}
    settings = Settings.checked(said)
    assert Settings.read(settings.environment()) == settings


def test_no_layers_survive_too() -> None:
    assert Settings.read(Settings.read({}).environment()).layers == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("MARCHLAND_PROT", "MARCHLAND_PORT"),
        ("MARCHLAND_LAYER", "MARCHLAND_LAYERS"),
        ("MARCHLAND_URL", "MARCHLAND_BASE_URL"),
        ("MARCHLAND_port", "MARCHLAND_PORT"),
        ("MARCHLAND_", "MARCHLAND_"),
    ],
)
def test_an_unknown_variable_refuses_to_start_and_names_the_nearest(wrong: str, right: str) -> None:
    with pytest.raises(BadSetting, match=f"{wrong} is not a setting; did you mean {right}"):
        Settings.read({wrong: "1"})


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("MARCHLAND_PORT", "80000", "0 to 65535"),
        ("MARCHLAND_PORT", "http", "0 to 65535"),
        ("MARCHLAND_WORKERS", "0", "1 to 64"),
        ("MARCHLAND_HOST", "a b", "the name or address to listen on"),
        ("MARCHLAND_BASE_URL", "maps.example.org", "the public address"),
        ("MARCHLAND_BASE_URL", "https://h/", "the public address"),
        ("MARCHLAND_BASE_URL", "https://h?x", "the public address"),
        ("MARCHLAND_FRAME_ANCESTORS", "*; script-src *", "who may frame an embed"),
        ("MARCHLAND_FRAME_ANCESTORS", "a\r\nX: y", "who may frame an embed"),
        ("MARCHLAND_ANSWERS_MB", "-1", "1 to 4096"),
    ],
)
def test_a_bad_value_is_refused_with_variable_value_and_range(
    variable: str, value: str, allowed: str
) -> None:
    with pytest.raises(BadSetting) as refused:
        Settings.read({variable: value})
    message = str(refused.value)
    assert message.startswith(f"{variable} is {value!r}; it takes ")
    assert allowed in message


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.read({"MARCHLAND_PORT": ""}).port == 8000


def test_settings_cannot_be_changed() -> None:
    settings = Settings.read({})
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_every_setting_says_what_it_takes() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    ("xdg", "home"), [("/x", "/x/marchland"), ("relative", None), (None, None)]
)
def test_the_cache_lies_where_the_desktop_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, xdg: str | None, home: str | None
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/somebody")
    if xdg:
        monkeypatch.setenv("XDG_CACHE_HOME", xdg)
    wanted = home or "/home/somebody/.cache/marchland"
    assert Settings.read({}).cache == Path(wanted)

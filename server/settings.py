"""The settings: frozen, read once from `MARCHLAND_*`."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from server.errors import BadSetting

PREFIX = "MARCHLAND_"
PublicUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#/]+(/[^\s?#/]+)*$")]


def default_cache() -> Path:
    """The user's cache folder for marchland (XDG base directory specification)."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home.startswith("/") else Path.home() / ".cache") / "marchland"


class Settings(BaseModel):
    """What the operator decides. Each field is the variable ``MARCHLAND_`` + its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cache: Path = Field(
        default_factory=default_cache, description="a folder that the server may write to"
    )
    layers: tuple[Path, ...] = Field(
        (), description=f"folders of further layers, separated by {os.pathsep!r}"
    )
    host: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:_-]+$")] = Field(
        "127.0.0.1", description="the name or address to listen on; 0.0.0.0 for every one"
    )
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        8000, description="0 to 65535; 0 takes any free port"
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        1, description="1 to 64 processes that share nothing but files"
    )
    base_url: PublicUrl | None = Field(
        None, description="the public address, e.g. https://maps.example.org/marchland"
    )
    frame_ancestors: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9*:/.'_ -]+$")] = Field(
        "*", description="who may frame an embed: CSP sources, separated by spaces"
    )
    answers_mb: Annotated[int, Field(ge=1, le=4096)] = Field(
        16, description="1 to 4096: memory for prepared answers in each process, megabytes"
    )
    tiles_mb: Annotated[int, Field(ge=1, le=65536)] = Field(
        16, description="1 to 65536: memory for made tiles in each process, megabytes"
    )

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """The settings in ``environment``. Raises `BadSetting` naming the variable.

        An empty variable counts as not set.
        """
        given = {k.removeprefix(PREFIX): v for k, v in environment.items() if k.startswith(PREFIX)}
        values: dict[str, Any] = {}
        for name, text in given.items():
            field = name.lower()
            if field not in cls.model_fields or name != field.upper():
                raise BadSetting(_unknown(PREFIX + name))
            if text:
                values[field] = text.split(os.pathsep) if field == "layers" else text
        return cls.checked(values)

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> Self:
        """Settings from plain values. Raises `BadSetting` naming variable, value and range."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            field = str(first["loc"][0])
            about = cls.model_fields[field].description if field in cls.model_fields else ""
            raise BadSetting(
                f"{PREFIX}{field.upper()} is {str(first['input'])[:80]!r}; it takes {about}"
            ) from error

    def environment(self) -> dict[str, str]:
        """The variables that `read` turns into these settings: how workers receive them."""
        plain = self.model_dump(mode="json", exclude_none=True)
        plain["layers"] = os.pathsep.join(plain["layers"])
        return {PREFIX + name.upper(): str(value) for name, value in plain.items()}


def _unknown(variable: str) -> str:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    near = get_close_matches(variable.upper(), known, n=1, cutoff=0)
    return (
        f"{variable} is not a setting; did you mean {near[0]}? "
        f"There are: {', '.join(known)}. Unset it or correct its name"
    )

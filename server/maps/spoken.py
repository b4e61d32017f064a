"""A map with its own texts in a language; what it shows and how stays the same."""

from layers.maps import MapSpec, Picture
from server.speech import ENGLISH, speech


def spoken(map: MapSpec, lang: str) -> MapSpec:
    """The map for readers of a language. A text that no catalogue has stays English.

    Its data are those of the map itself: views of them are not kept for each language.
    """
    if lang == ENGLISH:
        return map
    say = speech(lang).gettext
    own = {
        "title": say(map.title),
        "description": say(map.description),
        "summary": map.summary and say(map.summary),
        "limits": tuple(say(one) for one in map.limits),
        "flat_limits": tuple(say(one) for one in map.flat_limits),
        "highlight_label": map.highlight_label and say(map.highlight_label),
        "picture": _picture(map.picture, lang),
    }
    return map.model_copy(update=own)


def _picture(picture: Picture | None, lang: str) -> Picture | None:
    if picture is None or picture.text is None:
        return picture
    return picture.model_copy(update={"text": speech(lang).gettext(picture.text)})

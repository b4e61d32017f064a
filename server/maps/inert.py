"""JSON that is inert wherever it is put: in a script element, a script file, a Jinja template."""

import json
import re
from typing import Any

_OPENING = re.compile(r"\{(?=[{%#])")  # what Jinja would take for the start of a tag


def script_json(value: Any) -> str:
    """JSON that is inert in a script element, in a script file and in a Jinja template."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return _OPENING.sub(r"\\u007b", text)

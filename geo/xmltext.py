"""Text that XML can hold."""

import re
from functools import cache

# XML 1.0 section 2.2: every character but these; lone surrogates cannot be written as UTF-8.
_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def xml_text(text: str) -> str:
    """``text`` without the characters that no XML document may hold; escaping is the writer's."""
    return _not_xml().sub("", text)


@cache
def _not_xml() -> re.Pattern[str]:
    return re.compile(_NOT_XML)  # 5 ms, which a start need not wait for

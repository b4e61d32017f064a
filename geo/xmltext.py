"""Text that XML can hold."""

import re

# XML 1.0 section 2.2: every character but these; lone surrogates cannot be written as UTF-8.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """``text`` without the characters that no XML document may hold; escaping is the writer's."""
    return _NOT_XML.sub("", text)

"""Text from data made fit for XML, fonts and PDF: no control characters, of bounded length."""

import re
import unicodedata

LIMIT = 500

# what XML 1.0 cannot hold (2.2, Char): controls, surrogates, non-characters; and the marks that
# turn the direction of what follows, which could make a label say something else than its letters
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def plain_text(text: str, limit: int = LIMIT) -> str:
    """One line of at most ``limit`` characters, composed (NFC); an ellipsis says what was cut.

    White space, line ends too, becomes single spaces. Never raises.
    """
    head = text[: 4 * limit]  # what follows cannot show, so a megabyte costs no more than a line
    fit = unicodedata.normalize("NFC", _UNFIT.sub("", head))
    words = " ".join(fit.split())
    return words if len(words) <= limit and len(text) <= 4 * limit else words[: limit - 1] + "…"

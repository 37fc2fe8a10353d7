"""Which form of an answer a client asks for (RFC 9110, Accept).

Rule: the most specific range that names a form gives its quality; of equals the server's own order decides; quality 0 is a no.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: more ranges than any client sends; the rest is not looked at.
MAX_RANGES = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A form that can be given: the media type it is sent as, and other names under which clients ask for it."""

    type: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        return self.type + "; charset=utf-8"


def choose(accept: str, offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that suits an Accept header best, the first for an empty one, None if none is accepted."""
    ranges = parse_accept(accept)
    if not ranges:
        return offers[0]
    best, best_rank = None, 0.0
    for offer in offers:
        rank = _quality(offer, ranges)
        if rank > best_rank:
            best, best_rank = offer, rank
    return best


def parse_accept(accept: str) -> list[tuple[str, float]]:
    """Return the media ranges of a header with their quality, 1 where it is not given; what cannot be read is left out."""
    ranges = []
    for part in accept.split(",")[:MAX_RANGES]:
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name == "*":  # as Java's URLConnection writes it
            name = "*/*"
        if name.count("/") == 1:
            ranges.append((name, _parameter_q(parameters)))
    return ranges


def _parameter_q(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _quality(offer: Offer, ranges: list[tuple[str, float]]) -> float:
    for wanted in ((offer.type, *offer.aliases), (offer.type.split("/")[0] + "/*",), ("*/*",)):
        found = [quality for range, quality in ranges if range in wanted]
        if found:
            return max(found)
    return 0.0

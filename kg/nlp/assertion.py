"""The assertion status of a sentence's stretches, as the relation rules ask for it."""

from __future__ import annotations

from functools import cached_property

from kg.nlp.scopes import Scope, certainty_at, find_scopes, polarity_at


class SentenceScopes:
    """Negation and speculation of the sentence ``text[start:end]``, asked by offsets into ``text``."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._place = text, start, end

    @cached_property
    def _scopes(self) -> list[Scope]:
        """Found when a rule first asks, which in most sentences none does."""
        return find_scopes(*self._place)

    def negated(self, start: int, end: int) -> bool:
        """Whether the stretch lies in the scope of a negation."""
        return polarity_at(self._scopes, start, end) == "negative"

    def certainty(self, start: int, end: int) -> str:
        """``asserted``, ``speculated`` or ``hypothesis``."""
        return certainty_at(self._scopes, start, end)

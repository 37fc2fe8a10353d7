"""The assertion status of a sentence's stretches, as the relation rules ask for it."""

from __future__ import annotations

from kg.nlp.scopes import certainty_at, find_scopes, polarity_at


class SentenceScopes:
    """Negation and speculation of the sentence ``text[start:end]``, asked by offsets into ``text``."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._scopes = find_scopes(text, start, end)

    def negated(self, start: int, end: int) -> bool:
        """Whether the stretch lies in the scope of a negation."""
        return polarity_at(self._scopes, start, end) == "negative"

    def certainty(self, start: int, end: int) -> str:
        """``asserted``, ``speculated`` or ``hypothesis``."""
        return certainty_at(self._scopes, start, end)

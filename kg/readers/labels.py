"""Labels of structured abstracts ("METHODS:") in text where they stand inline, as MEDLINE and pages print them.

Rule: only labels of a closed list split, and only at the start of a line or after the end of a sentence, so that "Results: two"
inside a sentence stays text. The label moves to `Section.label`, nothing else is lost.
"""

from __future__ import annotations

import re

_HEADS = frozenset(
    [
        "background",
        "introduction",
        "objective",
        "objectives",
        "aim",
        "aims",
        "purpose",
        "purposes",
        "method",
        "methods",
        "methodology",
        "result",
        "results",
        "finding",
        "findings",
        "conclusion",
        "conclusions",
        "discussion",
        "discussions",
        "design",
        "setting",
        "settings",
        "patient",
        "patients",
        "participant",
        "participants",
        "subject",
        "subjects",
        "material",
        "materials",
        "intervention",
        "interventions",
        "measurements",
        "interpretation",
        "funding",
        "context",
        "importance",
        "significance",
        "rationale",
        "hypothesis",
        "motivation",
        "summary",
        "study",
        "main",
        "primary",
        "secondary",
        "data",
        "statistical",
        "limitations",
        "implications",
        "relevance",
        "availability",
        "supplementary",
        "trial",
        "clinical",
        "case",
        "areas",
        "expert",
        "experimental",
        "scope",
        "evidence",
        "outcome",
        "outcomes",
        "goal",
        "goals",
        "question",
        "review",
        "translational",
        "key",
        "highlights",
        "problem",
        "approach",
        "innovation",
        "recent",
        "take-home",
        "what",
        "level",
        "place",
        "exposure",
        "exposures",
        "search",
        "selection",
        "observations",
        "clinicaltrials.gov",
        "registration",
        "implementation",
        "major",
        "new",
    ]
)
_LINE = re.compile(r"^[ \t]*([A-Z][A-Za-z0-9 .,/&()'’-]{2,70}):(?:[ \t]+|$)", re.MULTILINE)
_INLINE = re.compile(r"(?:^|(?<=[.?!)\]] ))([A-Z][A-Z0-9 .,/&()'’-]{2,70}): ")


def _is_label(text: str, upper_only: bool) -> bool:
    words = re.split(r"[ ,/&()]+", text.strip())
    if words[0].lower() not in _HEADS:
        return False
    return text == text.upper() or (not upper_only and len(words) <= 6 and not re.search(r" (?:is|are|was|were|we) ", text))


def split_labels(text: str) -> list[tuple[str, str]]:
    """Split one running text at inline upper-case labels; a text without any is one part with an empty label."""
    return _cut(text, [m for m in _INLINE.finditer(text) if _is_label(m[1], True)])


def split_lines(text: str) -> list[tuple[str, str]]:
    """Split a text whose labels open lines, upper or mixed case; each part still holds its line breaks."""
    return _cut(text, [m for m in _LINE.finditer(text) if _is_label(m[1], False)])


def _cut(text: str, marks: list[re.Match[str]]) -> list[tuple[str, str]]:
    if not marks:
        return [("", text)] if text.strip() else []
    parts = [("", text[: marks[0].start()].strip())] if text[: marks[0].start()].strip() else []
    ends = [*(m.start() for m in marks[1:]), len(text)]
    return parts + [(m[1], body) for m, end in zip(marks, ends, strict=True) if (body := text[m.end() : end].strip())]

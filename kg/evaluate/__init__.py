"""Scoring against gold standards: mentions, groundings, relations, and CIViC's curated evidence.

Rule: the input is what ``kg annotate --format jsonl`` prints and nothing else, so any system with that output can be scored;
the figures equal those of the project's reference scorers to the last digit.
"""

from __future__ import annotations

from kg.evaluate.scores import Miss, Report, Score
from kg.evaluate.tasks import TASKS, compare_with_civic, gold_documents, score_task

__all__ = ["TASKS", "Miss", "Report", "Score", "compare_with_civic", "gold_documents", "score_task"]

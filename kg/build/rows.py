"""One document's annotation as a row of the work store, and back; each part can be read without the others.

Rule: reading back gives an equal annotation. An entity stands once in a row, however many mentions name it, and once in memory,
however many rows: that is what makes a hundred thousand documents fit.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model import Annotation, Document, Entity, Evidence, Grounding, Mention
from kg.records import dumps, from_dict, to_dict


def encode_row(annotation: Annotation) -> str:
    """Return an annotation as three JSON lines: document, mentions with their entities, evidence."""
    entities = {m.grounding.entity for m in annotation.mentions if m.grounding}
    ordered = sorted(entities, key=lambda entity: (entity.id, dumps(entity)))
    index = {entity: number for number, entity in enumerate(ordered)}
    mentions = [_mention_row(mention, index) for mention in annotation.mentions]
    parts = (
        annotation.document,
        {"entities": [to_dict(entity) for entity in ordered], "mentions": mentions},
        [to_dict(evidence) for evidence in annotation.evidence],
    )
    return "\n".join(map(dumps, parts))


def _mention_row(mention: Mention, index: dict[Entity, int]) -> list[Any]:
    row: list[Any] = [mention.section, mention.start, mention.end, mention.text, mention.type, mention.name, mention.recognizer]
    if mention.grounding:
        row += [index[mention.grounding.entity], mention.grounding.score, mention.grounding.method]
    return row


def read_document(row: str) -> tuple[Document, str]:
    """Return the document of a row, and its JSON line."""
    line = row.partition("\n")[0]
    return from_dict(Document, json.loads(line)), line


def read_evidence(row: str) -> list[tuple[Evidence, str]]:
    """Return each evidence of a row with its JSON line."""
    return [(from_dict(Evidence, item), dumps(item)) for item in json.loads(row.rpartition("\n")[2])]


class MentionReader:
    """Reads the mentions of rows, keeping one object for each entity."""

    def __init__(self) -> None:
        self._entities: dict[str, tuple[dict[str, Any], Entity]] = {}

    def read(self, row: str) -> tuple[Mention, ...]:
        """Return the mentions of a row."""
        part = json.loads(row.split("\n")[1])
        entities = [self._entity(entity) for entity in part["entities"]]
        return tuple(_mention(cells, entities) for cells in part["mentions"])

    def _entity(self, row: dict[str, Any]) -> Entity:
        known = self._entities.get(row["id"])
        if known is not None and known[0] == row:
            return known[1]
        entity = from_dict(Entity, row)
        self._entities.setdefault(entity.id, (row, entity))
        return entity


def _mention(cells: list[Any], entities: list[Entity]) -> Mention:
    section, start, end, text, kind, name, recognizer, *grounding = cells
    chosen = Grounding(entities[grounding[0]], grounding[1], grounding[2]) if grounding else None
    return Mention(section, start, end, text, kind, name, chosen, recognizer)

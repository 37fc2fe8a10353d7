"""One document's annotation as a row of the work store, and back; each part can be read without the others.

Rule: reading back gives an equal annotation. An entity stands once in a row, however many mentions name it, and once in memory,
however many rows: that is what makes a hundred thousand documents fit.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model import Annotation, Document, Entity, Evidence, Mention
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
    text = row.rpartition("\n")[2]
    if "\\u" in text:  # a row with one lone surrogate is escaped as a whole, a line of it only where it has one
        return [(from_dict(Evidence, item), dumps(item)) for item in json.loads(text)]
    found, place = [], 1
    while place < len(text) - 1:
        item, end = _decode(text, place)
        found.append((from_dict(Evidence, item), text[place:end]))
        place = end + 1
    return found


_decode = json.JSONDecoder().raw_decode


class MentionReader:
    """Reads the mentions of rows, keeping one object for each entity."""

    def __init__(self) -> None:
        self._entities: dict[str, tuple[dict[str, Any], Entity]] = {}

    def read(self, row: str) -> tuple[list[dict[str, Any]], dict[str, Entity]]:
        """Return the mentions of a row as a graph keeps them (`kg.graph.mention_row`), and the entities they name, by id, as first named."""
        part, entities = self._part(row)
        found: dict[str, Entity] = {}
        mentions = []
        for section, start, end, text, kind, name, recognizer, *grounding in part["mentions"]:
            mention = {"section": section, "start": start, "end": end, "text": text, "type": kind, "name": name}
            if recognizer:
                mention["recognizer"] = recognizer
            if grounding:
                entity = entities[grounding[0]]
                found.setdefault(entity.id, entity)
                mention["grounding"] = {"entity": entity.id, "score": grounding[1], "method": grounding[2]}
            mentions.append(mention)
        return mentions, found

    def _part(self, row: str) -> tuple[dict[str, Any], list[Entity]]:
        part = json.loads(row.split("\n", 2)[1])
        return part, [self._entity(entity) for entity in part["entities"]]

    def _entity(self, row: dict[str, Any]) -> Entity:
        known = self._entities.get(row["id"])
        if known is not None and known[0] == row:
            return known[1]
        entity = from_dict(Entity, row)
        self._entities.setdefault(entity.id, (row, entity))
        return entity

"""Records of the data model as JSON lines: the form in which documents, mentions, evidence and statements lie on disk.

Rule: writing and reading back gives an equal record; keys are in field order, defaults are left out, text stays UTF-8, so
that equal records are equal bytes.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import ReadError

T = TypeVar("T")


def to_dict(record: Any) -> dict[str, Any]:
    """Return a record as plain JSON values, nested records too, fields at their default left out."""
    row: dict[str, Any] = {}
    for f in fields(record):
        value = getattr(record, f.name)
        default = f.default_factory() if f.default_factory is not MISSING else f.default
        if default is MISSING or value != default:
            row[f.name] = _plain(value)
    return row


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return to_dict(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def from_dict(cls: type[T], row: dict[str, Any]) -> T:
    """Return the record that `to_dict` wrote; raises `KeyError` or `TypeError` on a row of another shape."""
    hints = _hints(cls)  # type: ignore[arg-type]
    return cls(**{key: _typed(hints[key], value) for key, value in row.items()})


def _typed(hint: Any, value: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin is tuple:
        args = typing.get_args(hint)
        if args[-1] is Ellipsis:
            return tuple(_typed(args[0], v) for v in value)
        return tuple(_typed(a, v) for a, v in zip(args, value, strict=True))
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _typed(next(a for a in typing.get_args(hint) if a is not type(None)), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_dict(hint, value)
    return value


def dumps(value: Any) -> str:
    """Return one JSON line (without the line end) of a record or of plain values.

    Lone surrogates, which UTF-8 cannot hold, are escaped; everything else stays readable.
    """
    row = to_dict(value) if is_dataclass(value) and not isinstance(value, type) else value
    line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(row, separators=(",", ":"))
    return line


def write_jsonl(path: Path, records: Iterable[Any]) -> int:
    """Write records one a line through a temporary file put in place at the end; return how many."""
    temporary = path.with_name(path.name + ".part")
    count = 0
    with temporary.open("w", encoding="utf-8", newline="\n") as handle:
        for record in records:
            handle.write(dumps(record) + "\n")
            count += 1
    temporary.replace(path)
    return count


def read_jsonl(path: Path, cls: type[T]) -> Iterator[T]:
    """Yield the records of a file written by `write_jsonl`; `ReadError` names the line that is not one."""
    with path.open(encoding="utf-8", newline="\n") as handle:
        for number, line in enumerate(handle, 1):
            try:
                yield from_dict(cls, json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                remedy = "remove the graph folder's file and build again"
                raise ReadError(str(path), f"not a {cls.__name__} record ({error})", remedy, str(number)) from error

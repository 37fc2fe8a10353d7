"""Records of the data model as JSON lines: the form in which documents, mentions, evidence and statements lie on disk.

Rule: writing and reading back gives an equal record; keys are in field order, defaults are left out, text stays UTF-8, so
that equal records are equal bytes. What a class needs is looked up once and kept (`_encoders`, `_decoders`).
"""

from __future__ import annotations

import json
import os
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from pathlib import Path
from typing import IO, Any, TypeVar

from kg.errors import ReadError

T = TypeVar("T")
#: what makes a value plain, or a plain value what it was.
Convert = Callable[[Any], Any]
_SCALARS = (str, int, float, bool)
#: one encoder for all lines; its check for cycles costs a tenth, and records have none.
_readable = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def to_dict(record: Any, *omit: str) -> dict[str, Any]:
    """Return a record as plain JSON values, nested records too; fields at their default, and those to omit, are left out."""
    row: dict[str, Any] = {}
    for name, default, convert in _encoders(type(record), omit):  # type: ignore[arg-type]
        value = getattr(record, name)
        if value is not default and value != default:
            row[name] = value if convert is None else convert(value)
    return row


def from_dict(cls: type[T], row: dict[str, Any]) -> T:
    """Return the record that `to_dict` wrote; raises `KeyError`, `TypeError` or `ValueError` on a row of another shape."""
    values = dict(row)
    for name, convert in _decoders(cls):  # type: ignore[arg-type]
        if name in values:
            values[name] = convert(values[name])
    return cls(**values)


@cache
def _encoders(cls: Any, omit: tuple[str, ...]) -> tuple[tuple[str, Any, Convert | None], ...]:
    """Each field of a class: name, default, and what makes its values plain (None where they are)."""
    hints = typing.get_type_hints(cls)
    return tuple((f.name, _default(f), _encoder(hints[f.name])) for f in fields(cls) if f.name not in omit)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _encoder(hint: Any) -> Convert | None:
    if hint in _SCALARS:
        return None
    if is_dataclass(hint):
        return to_dict
    if typing.get_origin(hint) is tuple and set(typing.get_args(hint)) <= {*_SCALARS, Ellipsis}:
        return list
    return _plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return to_dict(value)
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


@cache
def _decoders(cls: Any) -> tuple[tuple[str, Convert], ...]:
    """The fields of a class whose JSON values are not yet those of the record, each with what makes them so."""
    found = ((name, _decoder(hint)) for name, hint in typing.get_type_hints(cls).items())
    return tuple((name, convert) for name, convert in found if convert is not None)


def _decoder(hint: Any) -> Convert | None:
    args = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return _many(_decoder(args[0])) if args[-1] is Ellipsis else _few(tuple(map(_decoder, args)))
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        convert = _decoder(next(a for a in args if a is not type(None)))
        return convert and (lambda value: None if value is None else convert(value))
    return partial(from_dict, hint) if isinstance(hint, type) and is_dataclass(hint) else None


def _many(convert: Convert | None) -> Convert:
    """For a tuple of any length."""
    return tuple if convert is None else lambda values: tuple([convert(v) for v in values])


def _few(converts: tuple[Convert | None, ...]) -> Convert:
    """For a tuple of fixed length, such as a span."""

    def decode(values: Any) -> Any:
        if len(values) != len(converts):
            raise ValueError(f"{len(values)} values where {len(converts)} are expected")
        if not any(converts):
            return tuple(values)
        return tuple([value if convert is None else convert(value) for convert, value in zip(converts, values, strict=True)])

    return decode


def dumps(value: Any) -> str:
    """Return one JSON line (without the line end) of a record or of plain values.

    Lone surrogates, which UTF-8 cannot hold, are escaped; everything else stays readable.
    """
    row = to_dict(value) if is_dataclass(value) and not isinstance(value, type) else value
    line = _readable(row)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(row, separators=(",", ":"))
    return line


@contextmanager
def put_in_place(path: Path) -> Iterator[IO[bytes]]:
    """Give a temporary file to write to, which takes the path's place when it is whole and on the disk; an error leaves nothing behind."""
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_jsonl(path: Path, records: Iterable[Any]) -> int:
    """Write records one a line through a temporary file put in place at the end; return how many."""
    count = 0
    with put_in_place(path) as handle:
        for record in records:
            handle.write((dumps(record) + "\n").encode("utf-8"))
            count += 1
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

"""The records of a graph folder as Arrow columns, a block of lines at a time, and columns as text.

Rule: one block is held at a time, so memory does not grow with the graph; a Python function is called once for each distinct value of
a column, and not at all where the column's bytes show that no value needs it. That, and not the record classes, is what a million
statements are written with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from kg.errors import ReadError
from kg.exports.writing import twin

#: bytes of JSON lines in a block, five to ten thousand statements: enough to share the cost of a call, and not too much for a cache.
BLOCK = 4 * 2**20
#: for each byte whether it is one of some.
Bytes = npt.NDArray[np.bool_]
#: escaped surrogates, paired or lone, and escaped backslashes, which may stand before a ``u`` that is no escape.
_ESCAPES = re.compile(rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})")


def read_columns(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the records of a file of JSON lines in batches of one block each; fields that the schema lacks are passed over.

    What a line leaves out is null. A lone surrogate, which no Arrow string can hold, is U+FFFD. `ReadError` names the line that is no record.
    """
    line = 0
    for block in _blocks(path):
        text = _without_lone_surrogates(block) if b"\\u" in block else block
        try:
            table = pj.read_json(
                pa.BufferReader(text),
                read_options=pj.ReadOptions(use_threads=False, block_size=len(text) + 1),
                parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
            )
        except pa.ArrowInvalid as error:
            row = re.search(r" in row (\d+)", str(error))
            number = str(line + 1 + int(row[1])) if row else f"{line + 1} or a later one"
            raise ReadError(str(path), f"not a record ({error})", "remove the graph folder's file and build again", number) from error
        yield from table.combine_chunks().to_batches()
        line += block.count(b"\n")


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            yield block + handle.readline()


def _without_lone_surrogates(block: bytes) -> bytes:
    return _ESCAPES.sub(lambda match: b"\\ufffd" if match["lone"] else match.group(), block)


def strings(column: pa.Array) -> pa.Array:
    """Return a column of text with empty text for what is null."""
    return pc.fill_null(column, "") if column.null_count else column


def mapped(column: pa.Array, function: Callable[[Any], str]) -> pa.Array:
    """Return a column of text with a function's answer for each value; it is asked once for each distinct value."""
    known = column.dictionary_encode()
    answers = pa.array([function(value) for value in known.dictionary.to_pylist()], pa.string())
    return answers.take(known.indices)


def byte_set(members: bytes) -> Bytes:
    """Return a set of bytes in the form that `has_any` takes."""
    found = np.zeros(256, dtype=np.bool_)
    found[list(members)] = True
    return found


def has_any(column: pa.Array, members: Bytes) -> bool:
    """Whether any byte of a column of text is one of some; it looks at the bytes as they lie, and so may say yes for a value cut off."""
    data = column.buffers()[2]
    return data is not None and bool(members[np.frombuffer(data, np.uint8)].any())


def mapped_where(column: pa.Array, members: Bytes, function: Callable[[str], str]) -> pa.Array:
    """Return a column of text changed by a function that leaves all values alone that have none of these bytes."""
    return mapped(column, function) if has_any(column, members) else column


def mapped_items(column: pa.Array, function: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return a column of lists with a function applied to the column of all their items; a null is an empty list."""
    lists = pc.fill_null(column, pa.scalar([], column.type))
    return pa.ListArray.from_arrays(lists.offsets, function(lists.values))


def joined(*parts: pa.Array | str) -> pa.Array:
    """Return a column of the texts of some columns and constants, one behind the other."""
    return pc.binary_join_element_wise(*parts, "")


def texts(column: pa.Array, delimiter: str) -> pa.Array:
    """Return a column of any of our types as text: ``true``, ``0.5``, lists joined.

    A delimiter within an item becomes its full-width twin, as in `kg.exports.writing.join`.
    """
    kind = column.type
    if pa.types.is_list(kind):
        items = pc.replace_substring(column.values, delimiter, twin(delimiter))
        return strings(pc.binary_join(pa.ListArray.from_arrays(column.offsets, items), delimiter))
    if pa.types.is_floating(kind):
        return mapped(column, repr)
    return column if pa.types.is_string(kind) else pc.cast(column, pa.string())


def write_texts(handle: IO[bytes], column: pa.Array) -> None:
    """Write the texts of a column without nulls one behind the other, as UTF-8: as they lie."""
    if len(column):
        _, places, data = column.buffers()
        ends = np.frombuffer(places, np.int32)
        handle.write(data.slice(ends[column.offset], ends[column.offset + len(column)] - ends[column.offset]))

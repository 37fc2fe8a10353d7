"""What the commands share on the terminal: tables, failures, progress.

Rule: colours and progress bars only on a terminal, and progress always on stderr, so that a pipe gets plain text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.model import Failure

if TYPE_CHECKING:
    from rich.console import Console

    from kg.build.run import Progress

#: a pipe has no width: wide enough that a row is always one line
PIPE_WIDTH = 100_000
SHOWN_FAILURES = 20


def console(stderr: bool = False) -> Console:
    """Return a console for this process's stdout (or stderr) as it is now."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, highlight=False, width=None if stream.isatty() else PIPE_WIDTH)


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]], stderr: bool = False) -> None:
    """Print rows under a header; numbers to the right; nothing in a cell is taken for markup."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    cells = [list(row) for row in rows]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, name in enumerate(header):
        numeric = bool(cells) and all(isinstance(row[number], int | float) for row in cells)
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(_cell(value)) for value in row))
    screen = console(stderr)
    if title:
        screen.print(Text(title, "bold"))
    if screen.is_terminal:
        screen.print(table)
        return
    with screen.capture() as capture:
        screen.print(table)
    lines = (line.rstrip() for line in capture.get().splitlines())
    print("\n".join(line for line in lines if line), file=screen.file)


def _cell(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.4f}" if isinstance(value, float) else printable(str(value))


def printable(text: str) -> str:
    """Return text without control characters, so that nothing in an abstract can steer a terminal."""
    return "".join(c if c.isprintable() or c == " " else "\N{REPLACEMENT CHARACTER}" for c in text.replace("\n", " ").replace("\t", " "))


def print_failures(failures: Sequence[Failure], everything: str = "") -> None:
    """Name each failure on stderr; past the first twenty, say how many more there are and where they are listed."""
    for failure in failures[:SHOWN_FAILURES]:
        print_failure(failure)
    rest = len(failures) - SHOWN_FAILURES
    if rest > 0:
        print(f"kg: and {rest} more failures" + (f", all listed in {everything}" if everything else ""), file=sys.stderr)


def print_failure(failure: Failure) -> None:
    """Name one failure on stderr: document, source, stage and error."""
    where = failure.document or "?"
    if failure.source and failure.source != failure.document:
        where += f" ({failure.source})"
    print(printable(f"kg: failed {where} at {failure.stage}: {failure.error}"), file=sys.stderr)


@contextmanager
def progress_on_stderr(quiet: bool = False) -> Iterator[Progress | None]:
    """Give a progress function that draws on stderr; None where nobody looks."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TextColumn("{task.completed:,}"), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=None)
            bars.update(tasks[stage], completed=done)

        yield advance

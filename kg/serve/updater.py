"""A process that runs one SPARQL update and ends.

Rule: nobody else has the store open meanwhile (`pool.Pool.alone`); what it changed is kept in ``notes.nt`` before it says so.

Arguments: the store's folder, the file of the notes, bytes of memory. Standard input: the update. It ends with 0, or with a
text on standard output and 3 for an update that is no good, 4 for one that is refused, 5 for one that failed.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.serve.updates import check_update, update
from kg.serve.worker import bound_memory


def main() -> int:
    """Run the update of standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    bound_memory(int(sys.argv[3]))
    try:
        text = check_update(sys.stdin.buffer.read().decode("utf-8"))
        update(ox.Store(sys.argv[1]), text, Path(sys.argv[2]), print)
    except QueryError as error:
        print(error)
        return 4 if " is refused" in str(error) else 3
    except (KgError, OSError, MemoryError, RecursionError) as error:
        print(f"the update failed: {error}" if str(error) else "the update needed more memory than this server gives")
        return 5
    return 0


if __name__ == "__main__":
    sys.exit(main())

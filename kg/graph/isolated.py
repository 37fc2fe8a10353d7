"""A query in a process of its own, which is killed when its time is up.

Rule: nothing but the store's path, the checked text and the limit goes in, and one JSON table comes out. Oxigraph has no
way to stop a running query from Python, so the process is the limit that really holds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kg.errors import QueryError
from kg.graph.query import Table, answer


def run_isolated(store: Path, text: str, timeout: float, limit: int | None) -> Table:
    """Answer checked SPARQL within ``timeout`` seconds or raise `QueryError`; the process is killed, whatever it is doing."""
    request = json.dumps({"store": str(store), "text": text, "limit": limit})
    try:
        done = subprocess.run([sys.executable, "-m", "kg.graph.isolated"], input=request.encode(), capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query was stopped after {timeout:g} s; narrow it or give it more time") from error
    if done.returncode != 0:
        raise QueryError(f"the query process ended with code {done.returncode}: {done.stderr.decode('utf-8', 'replace').strip()[-300:]}")
    reply = json.loads(done.stdout)
    if "error" in reply:
        raise QueryError(reply["error"])
    return Table(tuple(reply["columns"]), tuple(tuple(row) for row in reply["rows"]), reply["truncated"])


def main() -> None:
    """Read a request from standard input, answer it on standard output."""
    import pyoxigraph as ox

    request = json.loads(sys.stdin.read())
    try:
        table = answer(ox.Store.read_only(request["store"]), request["text"], request["limit"])
    except QueryError as error:
        print(json.dumps({"error": str(error)}))
        return
    print(json.dumps({"columns": table.columns, "rows": table.rows, "truncated": table.truncated}))


if __name__ == "__main__":
    main()

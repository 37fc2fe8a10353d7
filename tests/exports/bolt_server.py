"""A Bolt server for the tests, in a process of its own: ``python bolt_server.py FOLDER HTTP_PORT BOLT_PORT``.

It is ArcadeDB from its wheel, which brings its Java; it prints ``ready`` and goes when its stdin is closed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.exports.bolt import Server

USER, PASSWORD, DATABASE = "root", "playwithdata", "kg"


@contextmanager
def started(folder: Path) -> Iterator[Server]:
    """Run the server while the block runs."""
    http, bolt = _free_port(), _free_port()
    command = [sys.executable, __file__, str(folder / "server"), str(http), str(bolt)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    log = folder / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment, cwd=folder) as process,
    ):
        try:
            assert process.stdout is not None
            if not any(line == "ready\n" for line in process.stdout):
                raise RuntimeError(f"the Bolt server did not start: {log.read_text()[-2000:]}")
            yield Server(f"bolt://127.0.0.1:{bolt}", USER, PASSWORD, DATABASE)
        finally:
            process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def serve(folder: str, http: int, bolt: int) -> None:
    from arcadedb_embedded.server import ArcadeDBServer

    config: dict[str, Any] = {"http_port": http, "bolt_port": bolt, "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"}
    server = ArcadeDBServer(folder, PASSWORD, config, jvm_kwargs={"heap_size": "512m"})
    server.start()
    server.create_database(DATABASE)
    print("ready", flush=True)
    sys.stdin.read()
    os._exit(0)  # its own stop waits for open connections, for ever


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

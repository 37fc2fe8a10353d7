"""The command line: one module per command, each of which parses, calls and prints.

Rule: results go to stdout, everything else to stderr; a user's error is one line without a traceback. Exit codes: 0 done,
1 failed, 2 wrong usage, 3 done but some documents failed. Every heavy import is inside a command, so that help is instant.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line of this process."""
    from kg.cli.app import app
    from kg.startup import process_is_ours

    process_is_ours()
    app()

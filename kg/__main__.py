"""``python -m kg``: the same as the ``kg`` program."""

from __future__ import annotations

from kg.cli import main

if __name__ == "__main__":  # worker processes import this module without running it
    main()

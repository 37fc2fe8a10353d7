"""Blend two networks of one shape that were taught from the same weights: the mean of their weights is often better than either.

    python training/blend.py --first narrow.safetensors --second relabelled.safetensors --share 0.6 --out recognizer.safetensors

``--share`` is that of the second. Between a network and what further teaching made of it (Wortsman et al. 2022, doi:10.48550/arXiv.2109.01903).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from safetensors.torch import load_file, save_file


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--first", "--second", "--out"):
        args.add_argument(name, type=Path, required=True)
    args.add_argument("--share", type=float, required=True)
    a = args.parse_args()
    first, second = load_file(str(a.first)), load_file(str(a.second))
    save_file({name: (value * (1 - a.share) + second[name] * a.share).contiguous() for name, value in first.items()}, str(a.out))


if __name__ == "__main__":
    main()

"""Run documents through the lower layers of the recognizer once, and keep the vectors that the relator's own layers start from.

    python training/trunk.py --data pairs.npz --model recognizer.safetensors --layers 3 --out trunk.npy

The vectors come from the exported 8-bit network, one window at a time, so that the relator learns on what it will be given.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from safetensors.numpy import load_file

sys.path.insert(0, str(Path(__file__).parent))
from export import WIDTH, build

from kg.nlp.recognizer.hints import HINTS
from kg.nlp.recognizer.windows import CLS, SEP


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", type=Path, required=True), args.add_argument("--model", type=Path, required=True)
    args.add_argument("--layers", type=int, required=True), args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    data = np.load(a.data)
    lengths = data["documents"][:, 0]
    starts = np.cumsum(lengths) - lengths
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        build(load_file(str(a.model)), tap=a.layers).SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    out = np.lib.format.open_memmap(a.out, "w+", np.float16, (int(lengths.sum()), WIDTH))
    pieces, shapes, hints = data["pieces"], data["shapes"], data["hints"]
    began = time.monotonic()
    for count, (document, first, last) in enumerate(data["windows"].tolist()):
        here = slice(int(starts[document]) + first, int(starts[document]) + last)
        n = last - first + 2
        ids, forms, bits = np.zeros((1, n), np.int64), np.zeros((1, n), np.int64), np.zeros((1, n, HINTS), np.float32)
        ids[0, 0], ids[0, -1], ids[0, 1:-1], forms[0, 1:-1] = CLS, SEP, pieces[here], shapes[here]
        bits[0, 1:-1] = np.unpackbits(hints[here], axis=1, count=HINTS)
        out[here] = session.run(["vectors"], {"pieces": ids, "shapes": forms, "hints": bits})[0][0, 1:-1]
        if count % 2000 == 0:
            print(f"{count} windows  {time.monotonic() - began:.0f} s", flush=True)
    out.flush()


if __name__ == "__main__":
    main()

"""Turn a shipped ONNX file back into weights that can be taught further.

    python training/restore.py --model kg/nlp/recognizer/weights/recognizer.onnx --out recognizer.safetensors

What ships is all that is needed to go on: bytes times their scales are the weights that were taught, but for the rounding, and exporting
them again gives the same bytes. Layers that stand in the file as several matrices are put together again. The gate of a
recognizer (`exits.py`) is not restored; it is fitted anew in two minutes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file


def constants(path: Path) -> dict[str, np.ndarray]:
    """Return the constants of an ONNX file by name, bytes already multiplied by their scales, matrices as PyTorch keeps them."""
    raw = {c.name: numpy_helper.to_array(c) for c in onnx.load(str(path)).graph.initializer}
    out = {name: value.astype(np.float32) for name, value in raw.items() if value.dtype == np.float32}
    for name, value in raw.items():
        if value.dtype == np.int8 and name.endswith(".w"):
            out[name] = (value.astype(np.float32) * raw[name.removesuffix("w") + "s"]).T
        elif value.dtype == np.int8 and name.endswith(".t"):
            out[name] = value.astype(np.float32) * raw[name + "s"]
    return out


def linear(found: dict[str, np.ndarray], parts: list[str], name: str) -> dict[str, np.ndarray]:
    """Return weight and bias of a linear map that stands in the file in these parts."""
    return {f"{name}.{kind}": np.concatenate([found[f"{part}.{kind[0]}"] for part in parts]) for kind in ("weight", "bias")}


def layer(found: dict[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    """Return the weights of a transformer layer, or of one of the classifier's looks."""
    out: dict[str, np.ndarray] = {}
    for name in ("out", "norm1", "up", "down", "norm2"):
        out |= linear(found, [prefix + name], prefix + name)
    parts = next((p for p in (("qkv",), ("q", "k", "v"), ("q", "kv")) if all(f"{prefix}{part}.w" in found for part in p)), ())
    if parts:
        return out | linear(found, [prefix + part for part in parts], prefix + "qkv")
    for name in ("query", "kv"):
        out |= linear(found, [prefix + name], prefix + name)
    roles = found[prefix + "roles.t"]
    out[prefix + "roles.weight"] = roles.transpose(2, 0, 1).reshape(roles.shape[2], -1)
    return out | {f"{prefix}{side}.weight": found[f"{prefix}{side}.t"].T for side in ("to_first", "to_second")}


def restored(path: Path) -> dict[str, np.ndarray]:
    """Return the weights of a recognizer, relator or classifier under the names that its training gives them."""
    found = constants(path)
    prefixes = sorted({".".join(name.split(".")[:2]) + "." for name in found if name.startswith(("layers.", "looks."))})
    body: dict[str, np.ndarray] = {}
    for prefix in prefixes:
        if prefix + "norm2.w" in found:
            body |= layer(found, prefix)
    body |= linear(found, ["norm"], "norm")
    if "first.near.t" in found:  # the relator
        body["near.weight"] = np.concatenate([found[f"{side}.near.t"] for side in ("first", "second")], axis=1)
        for name, part in (("first", "first.l"), ("second", "second.l"), ("heads", "logits")):
            body |= linear(found, [part], name)
        return body | {f"{name}.weight": found[name + ".t"] for name in ("marks", "windows")}
    body |= {f"{name}.weight": found[name + ".t"] for name in ("words", "positions", "shapes")}
    body |= {"kind": np.zeros(body["norm.weight"].shape, np.float32), "hints.weight": found["marks.t" if "marks.t" in found else "hints.t"].T}
    above = {k: v for k, v in body.items() if k.startswith("looks.")}
    out = above | {f"encoder.{k}": v for k, v in body.items() if k not in above}
    if above:  # the classifier
        return out | linear(found, ["pair"], "pair") | {"heads.weight": found["heads.w"].T, "heads.bias": found["heads.b"]}
    return out | {"labels.weight": found["labels.w"].T, "labels.bias": found["labels.b"]}


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True), args.add_argument("--out", type=Path, required=True)
    a = args.parse_args()
    weights = {name: np.ascontiguousarray(value, np.float32) for name, value in restored(a.model).items()}
    save_file(weights, str(a.out))
    print(f"{a.out}: {len(weights)} tensors, {sum(v.size for v in weights.values()) / 1e6:.1f} million weights")


if __name__ == "__main__":
    main()

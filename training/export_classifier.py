"""Write a taught classifier as an ONNX file of 8-bit weights, for ONNX Runtime.

    python training/export_classifier.py --model classifier.safetensors --out kg/nlp/classifier/weights

The graph reads one sentence: its pieces with shapes and marks, and for every pair to be answered where its ends are; it answers with a table
of logits, question beside question. It is put together like the recognizer's (`export.py`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper
from safetensors.numpy import load_file

sys.path.insert(0, str(Path(__file__).parent))
from export import FUSED, HEADS, LAYERS, WIDTH, Graph, embeddings, layer

from kg.nlp.classifier.model import MODEL
from kg.nlp.recognizer.model import MANIFEST

SIZE = WIDTH // HEADS


def build(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the model.

    pieces, shapes and marks (1, n) int64; first and second (p, n) shares of the ends; roles, to_first and to_second (p, n) int64
    -> logits (p, answers of all questions).
    """
    g = Graph()
    below = {k.removeprefix("encoder."): v for k, v in w.items() if k.startswith("encoder.")}
    marks = below["hints.weight"].T.copy()
    marks[0] = 0  # no mention
    x = embeddings(g, below, g.node("Gather", [g.constant("marks.t", marks), "marks"], "marks.g"))
    for i in range(LAYERS):
        x = layer(g, below, i, x)
    x = g.node("Squeeze", [x, g.constant("axis0", np.array([0]))], "x")
    ends = [g.node("MatMul", [side, x], f"{side}.v") for side in ("first", "second")]
    whole = g.node("Slice", [x, g.constant("at0", np.array([0])), g.constant("at1", np.array([1]))], "whole")
    like = g.node("Concat", [g.node("Shape", ["first"], "pairs", start=0, end=1), g.constant("width", np.array([WIDTH]))], "like", axis=0)
    joined = g.node("Concat", [g.node("Expand", [whole, like], "wholes"), *ends], "joined", axis=-1)
    told = pair = g.node("Tanh", [g.linear(joined, w["pair.weight"], w["pair.bias"], "pair")], "told")
    for i in range(sum(k.startswith("looks.") and k.endswith("query.bias") for k in w)):
        pair = look(g, w, f"looks.{i}.", pair, x)
    both = g.node("MatMul", [g.node("Concat", [told, pair], "both", axis=-1), g.constant("heads.w", w["heads.weight"].T)], "heads")
    g.node("Add", [both, g.constant("heads.b", w["heads.bias"])], "logits")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "n"]) for name in ("pieces", "shapes", "marks")]
    inputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["p", "n"]) for name in ("first", "second")]
    inputs += [helper.make_tensor_value_info(name, TensorProto.INT64, ["p", "n"]) for name in ("roles", "to_first", "to_second")]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["p", len(w["heads.bias"])])]
    graph = helper.make_graph(g.nodes, "classifier", inputs, outputs, g.constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)], ir_version=9, producer_name="pubmed-kg"
    )


def look(g: Graph, w: dict[str, np.ndarray], p: str, pair: str, x: str) -> str:
    """Add a look of the pairs (p, width) at the sentence x (n, width); return the pairs after it."""
    q = g.linear(pair, w[p + "query.weight"], w[p + "query.bias"], p + "query")
    kv = g.linear(x, w[p + "kv.weight"], w[p + "kv.bias"], p + "kv")
    g.node("Split", [kv], p + "split", outputs=[p + "k", p + "v"], axis=-1, num_outputs=2)
    by_head = g.constant(p + "by_head", np.array([0, HEADS, SIZE]))
    q, k, v = (g.node("Reshape", [t, by_head], f"{t}.r") for t in (q, p + "k", p + "v"))
    q = g.node("Transpose", [q], p + "q.t", perm=[1, 0, 2])  # (heads, p, size)
    scores = g.node("MatMul", [q, g.node("Transpose", [k], p + "k.t", perm=[1, 2, 0])], p + "qk")  # (heads, p, n)
    roles = g.constant(p + "roles.t", w[p + "roles.weight"].reshape(-1, HEADS, SIZE).transpose(1, 2, 0))
    by_role = g.node("MatMul", [q, roles], p + "by_role")  # (heads, p, roles)
    index = g.node("Expand", [g.node("Unsqueeze", ["roles", "axis0"], p + "roles.u"), g.node("Shape", [scores], p + "shape")], p + "roles.i")
    scores = g.node("Add", [scores, g.node("GatherElements", [by_role, index], p + "role", axis=2)], p + "scores")
    scores = g.node("Mul", [scores, g.constant(p + "scale", np.float32(SIZE**-0.5))], p + "scaled")
    for side in ("to_first", "to_second"):
        near = g.node("Gather", [g.constant(f"{p}{side}.t", w[f"{p}{side}.weight"].T), side], p + side, axis=1)  # (heads, p, n)
        scores = g.node("Add", [scores, near], f"{p}{side}.sum")
    seen = g.node("Softmax", [scores], p + "seen", axis=-1)
    mixed = g.node("MatMul", [seen, g.node("Transpose", [v], p + "v.t", perm=[1, 0, 2])], p + "mixed")
    mixed = g.node("Transpose", [mixed], p + "mixed.t", perm=[1, 0, 2])
    mixed = g.node("Reshape", [mixed, g.constant(p + "flat", np.array([0, WIDTH]))], p + "mixed.r")
    pair = normalized(g, w, p + "norm1", g.node("Add", [pair, g.linear(mixed, w[p + "out.weight"], w[p + "out.bias"], p + "out")], p + "sum1"))
    up = g.node("FastGelu", [g.linear(pair, w[p + "up.weight"], None, p + "up"), g.constant(p + "up.b", w[p + "up.bias"])], p + "gelu", FUSED)
    down = g.linear(up, w[p + "down.weight"], w[p + "down.bias"], p + "down")
    return normalized(g, w, p + "norm2", g.node("Add", [pair, down], p + "sum2"))


def normalized(g: Graph, w: dict[str, np.ndarray], key: str, x: str) -> str:
    """Add the normalization of x with the weights called ``key``."""
    scale, bias = g.constant(f"{key}.w", w[f"{key}.weight"]), g.constant(f"{key}.b", w[f"{key}.bias"])
    return g.node("LayerNormalization", [x, scale, bias], key, axis=-1, epsilon=1e-5)


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True), args.add_argument("--out", type=Path, required=True, help="a folder")
    a = args.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    data = build({k: v.astype(np.float32) for k, v in load_file(str(a.model)).items()}).SerializeToString(deterministic=True)
    (a.out / MODEL).write_bytes(data)
    (a.out / MANIFEST).write_text(json.dumps({"format": 1, "files": {MODEL: hashlib.sha256(data).hexdigest()}}, indent=1) + "\n", encoding="utf-8")
    print(f"{a.out / MODEL}: {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

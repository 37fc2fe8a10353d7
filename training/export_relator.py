"""Write a taught relator as an ONNX file of 8-bit weights, for ONNX Runtime.

    python training/export_relator.py --model relator.safetensors --out kg/nlp/relator/weights

The graph reads one document: the recognizer's vectors and marks of its pieces, which mentions belong to which cluster, and which
clusters to ask about; it answers with a table of logits, head beside head. It is put together like the recognizer's (`export.py`).
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
from export import FUSED, HEADS, WIDTH, Graph, layer, skip_norm

from kg.nlp.recognizer import WEIGHTS as RECOGNIZER
from kg.nlp.recognizer.model import MANIFEST
from kg.nlp.recognizer.model import MODEL as BELOW
from kg.nlp.relator.heads import HEADS as QUESTIONS
from kg.nlp.relator.model import MODEL

GROUPS = 12


def build(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the model.

    vectors (1, n, width), marks (1, n) int64, windows (1, n) int64, mentions (m) int64 first pieces, belongs (c, m) of 0 and 1,
    first (p) and second (p) int64 clusters, near (p) int64 classes of distance -> a table (p, answers of all heads) of logits.
    """
    g = Graph()
    last = max(int(k.split(".")[1]) for k in w if k.startswith("layers."))
    x = g.node("Add", ["vectors", g.node("Gather", [g.constant("marks.t", w["marks.weight"]), "marks"], "marks.g")], "sum.1")
    x = g.node("Add", [x, g.node("Gather", [g.constant("windows.t", w["windows.weight"]), "windows"], "windows.g")], "sum.2")
    x = g.node(
        "LayerNormalization", [x, g.constant("norm.w", w["norm.weight"]), g.constant("norm.b", w["norm.bias"])], "norm", axis=-1, epsilon=1e-12
    )
    for i in range(last):
        x = layer(g, w, i, x)
    mention_layer(g, w, f"layers.{last}.", x)
    pooled(g, w, g.node("Squeeze", [x, g.constant("axis0", np.array([0]))], "x"))
    g.linear("pair", w["heads.weight"], w["heads.bias"], "logits")
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["p", sum(map(len, QUESTIONS.values()))])]
    shapes = {"marks": [1, "n"], "windows": [1, "n"], "mentions": ["m"], "first": ["p"], "second": ["p"], "near": ["p"]}
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in shapes.items()]
    inputs += [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in (("vectors", [1, "n", WIDTH]), ("belongs", ["c", "m"]))
    ]
    graph = helper.make_graph(g.nodes, "relator", inputs, outputs, g.constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)], ir_version=9, producer_name="pubmed-kg"
    )


def mention_layer(g: Graph, w: dict[str, np.ndarray], p: str, x: str) -> None:
    """Add the layer that only the mentions have: their vectors `at` (m, width), and what they look at, `seen` (1, heads, m, n)."""
    here = g.node("Gather", [x, "mentions"], p + "here", axis=1)
    g.linear(here, w[p + "qkv.weight"][:WIDTH], w[p + "qkv.bias"][:WIDTH], p + "q")
    kv = g.linear(x, w[p + "qkv.weight"][WIDTH:], w[p + "qkv.bias"][WIDTH:], p + "kv")
    g.node("Split", [kv], p + "split", outputs=[p + "k", p + "v"], axis=-1, num_outputs=2)
    a = g.linear(attention(g, p), w[p + "out.weight"], w[p + "out.bias"], p + "out")
    y = skip_norm(g, a, here, w, p + "norm1", p + "norm1")
    up = g.node("FastGelu", [g.linear(y, w[p + "up.weight"], None, p + "up"), g.constant(p + "up.b", w[p + "up.bias"])], p + "gelu", FUSED)
    y = skip_norm(g, g.linear(up, w[p + "down.weight"], w[p + "down.bias"], p + "down"), y, w, p + "norm2", p + "norm2")
    g.node("Squeeze", [y, "axis0"], "at")


def attention(g: Graph, p: str) -> str:
    """Add attention of queries to keys and values, called q, k and v after the prefix ``p``, in plain operators."""
    size = WIDTH // HEADS
    shape = g.constant("by_head", np.array([0, 0, HEADS, size]))
    heads = {k: g.node("Reshape", [p + k, shape], f"{p}{k}.r") for k in "qkv"}
    q, v = (g.node("Transpose", [heads[k]], f"{p}{k}.t", perm=[0, 2, 1, 3]) for k in "qv")
    k = g.node("Transpose", [heads["k"]], f"{p}k.t", perm=[0, 2, 3, 1])
    scores = g.node("Mul", [g.node("MatMul", [q, k], f"{p}qk"), g.constant("scale", np.float32(size**-0.5))], f"{p}scores")
    g.node("Softmax", [scores], "seen", axis=-1)
    mixed = g.node("Transpose", [g.node("MatMul", ["seen", v], f"{p}av")], f"{p}av.t", perm=[0, 2, 1, 3])
    return g.node("Reshape", [mixed, g.constant("joined", np.array([0, 0, WIDTH]))], f"{p}joined")


def pooled(g: Graph, w: dict[str, np.ndarray], x: str) -> None:
    """Add the representation of pairs, under the name `pair` (p, bilinear)."""
    high = g.node("ReduceMax", ["at", "axis0"], "high", keepdims=1)
    powers = g.node("Exp", [g.node("Sub", ["at", high], "lowered")], "powers")
    tiny = g.constant("tiny", np.float32(1e-9))
    entity = g.node(
        "Add", [g.node("Log", [g.node("Add", [g.node("MatMul", ["belongs", powers], "summed"), tiny], "summed.t")], "logs"), high], "entity"
    )
    counts = g.node("ReduceSum", ["belongs", g.constant("axis1", np.array([1]))], "counts", keepdims=1)
    look = g.node("MatMul", [g.node("Div", ["belongs", counts], "share"), "seen"], "look")  # (1, heads, c, n)
    both = g.node("Mul", [g.node("Gather", [look, "first"], "look.a", axis=2), g.node("Gather", [look, "second"], "look.b", axis=2)], "look.ab")
    both = g.node("ReduceSum", [both, g.constant("axes01", np.array([0, 1]))], "both", keepdims=0)  # (p, n)
    whole = g.node("Add", [g.node("ReduceSum", [both, "axis1"], "both.s", keepdims=1), tiny], "both.st")
    context = g.node("MatMul", [g.node("Div", [both, whole], "both.d"), x], "context")
    size = WIDTH // GROUPS
    sides = []
    for number, (side, shape) in enumerate((("first", [-1, GROUPS, size, 1]), ("second", [-1, GROUPS, 1, size]))):
        joined = g.node("Concat", [g.node("Gather", [entity, side], f"{side}.e"), context], f"{side}.c", axis=-1)
        table = g.constant(f"{side}.near.t", w["near.weight"][:, number * WIDTH : (number + 1) * WIDTH])
        near = g.node("Gather", [table, "near"], f"{side}.near")
        total = g.node("Add", [g.linear(joined, w[f"{side}.weight"], w[f"{side}.bias"], f"{side}.l"), near], f"{side}.sum")
        sides.append(g.node("Reshape", [g.node("Tanh", [total], f"{side}.h"), g.constant(f"{side}.shape", np.array(shape))], f"{side}.g"))
    g.node("Reshape", [g.node("Mul", sides, "bilinear"), g.constant("pair.shape", np.array([-1, GROUPS * size * size]))], "pair")


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True), args.add_argument("--out", type=Path, required=True, help="a folder")
    args.add_argument("--recognizer", type=Path, default=RECOGNIZER, help="the folder of the recognizer it was taught on")
    a = args.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    data = build({k: v.astype(np.float32) for k, v in load_file(str(a.model)).items()}).SerializeToString(deterministic=True)
    (a.out / MODEL).write_bytes(data)
    below = json.loads((a.recognizer / MANIFEST).read_text(encoding="utf-8"))["files"][BELOW]
    manifest = {"format": 1, "recognizer": below, "files": {MODEL: hashlib.sha256(data).hexdigest()}}
    (a.out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(f"{a.out / MODEL}: {len(data) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

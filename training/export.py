"""Write a taught recognizer as an ONNX file of 8-bit weights, for ONNX Runtime.

    python training/export.py --model recognizer.safetensors --exits exits.safetensors --tokenizer tokenizer.json --out kg/nlp/recognizer/weights

The graph is put together here, node by node, of ONNX Runtime's fused operators, and reads one window without padding:
so there is no mask, and what a document yields depends on no other document. Weights are signed bytes with one scale a
column (embeddings: a row); activations are quantized while running, one scale a window. Pieces that are surely outside of
any mention leave after layer `EXIT` (`exits.py`): the next layer still looks at them, those above do not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from kg.nlp.recognizer.model import MANIFEST, MODEL, TOKENIZER

LAYERS, WIDTH, HEADS = 6, 384, 12
HEAD = WIDTH // HEADS
"""The width of an attention head; a layer that was made narrower has fewer of them."""
EXIT = 3
"""Pieces may leave after this layer, the last that is computed for all; its vectors are what the relator starts from."""
STAYS = 0.02
"""A piece goes on if the gate gives it more than this probability of being part of a mention."""
OUTSIDE = 20.0
"""The logit of "outside" of a piece that left; its other logits are 0."""
FUSED = "com.microsoft"


class Graph:
    """Nodes and constants on their way to a model."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """Add a constant; return its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], name: str, domain: str = "", outputs: list[str] | None = None, **attributes: object) -> str:
        """Add a node of one output (or of those named); return the first."""
        self.nodes.append(helper.make_node(kind, inputs, outputs or [name], name=name, domain=domain, **attributes))
        return (outputs or [name])[0]

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray | None, name: str) -> str:
        """Add x @ weight.T + bias with weights of 8 bits, one scale a column."""
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / 127
        inputs = [
            x,
            self.constant(f"{name}.w", np.round(weight / scale[:, None]).astype(np.int8).T),
            self.constant(f"{name}.s", scale.astype(np.float32)),
        ]
        inputs.append(self.constant(f"{name}.z", np.zeros(len(scale), np.int8)))
        if bias is not None:
            inputs.append(self.constant(f"{name}.b", bias.astype(np.float32)))
        return self.node("DynamicQuantizeMatMul", inputs, name, FUSED)

    def rows(self, table: np.ndarray, index: str, name: str) -> str:
        """Add a look-up in a table of 8 bits, one scale a row."""
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
        whole = self.node("Gather", [self.constant(f"{name}.t", np.round(table / scale).astype(np.int8)), index], f"{name}.g")
        scales = self.node("Gather", [self.constant(f"{name}.ts", scale.astype(np.float32)), index], f"{name}.gs")
        return self.node("Mul", [self.node("Cast", [whole], f"{name}.f", to=TensorProto.FLOAT), scales], name)


def build(weights: dict[str, np.ndarray], tap: int = LAYERS, exits: dict[str, np.ndarray] | None = None) -> onnx.ModelProto:
    """Return the model: pieces and shapes (1, n) int64, hints (1, n, bits) float32 -> labels (1, n, labels), vectors (1, n, width).

    The vectors are those that come out of layer number ``tap``. With ``exits`` pieces leave after that layer, and there is one more
    input, heads (1, n) int64: at which piece the gate decides whether this one goes on, the first of its word, or 0 if it leaves anyway.
    """
    g, w = Graph(), {k.removeprefix("encoder."): v.astype(np.float32) for k, v in weights.items()}
    x = embeddings(g, w, g.node("MatMul", ["hints", g.constant("hints.t", w["hints.weight"].T)], "hints.m"))
    for i in range(LAYERS):
        stays = who_stays(g, x, {k: v.astype(np.float32) for k, v in exits.items()}) if exits and i == tap else ""
        x = layer(g, w, i, x, "vectors" if i == tap - 1 else "", stays)
    logits = g.node("MatMul", [x, g.constant("labels.w", w["labels.weight"].T)], "labels.m")
    logits = g.node("Add", [logits, g.constant("labels.b", w["labels.bias"])], "labels.kept" if exits else "labels")
    if exits:
        outside = np.zeros((1, len(w["labels.bias"])), np.float32)
        outside[0, 0] = OUTSIDE
        every = g.node("Expand", [g.constant("outside", outside), g.node("Concat", ["length", "one"], "labels.shape", axis=0)], "labels.outside")
        own = g.node("Squeeze", [logits, "zero"], "labels.rows")
        g.node("Unsqueeze", [g.node("ScatterND", [every, "index.column", own], "labels.whole"), "zero"], "labels")
    inputs = [helper.make_tensor_value_info(n, t, s) for n, t, s in (("pieces", TensorProto.INT64, [1, "n"]), ("shapes", TensorProto.INT64, [1, "n"]),
              ("hints", TensorProto.FLOAT, [1, "n", int(w["hints.weight"].shape[1])]))]  # fmt: skip
    if exits:
        inputs.append(helper.make_tensor_value_info("heads", TensorProto.INT64, [1, "n"]))
    outputs = [helper.make_tensor_value_info("labels", TensorProto.FLOAT, [1, "n", len(weights["labels.bias"])]),
               helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "n", WIDTH])]  # fmt: skip
    graph = helper.make_graph(g.nodes, "recognizer", inputs, outputs, g.constants)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)], ir_version=9, producer_name="pubmed-kg"
    )


def embeddings(g: Graph, w: dict[str, np.ndarray], hints: str) -> str:
    """Add the normalized sum of embeddings; ``hints`` is what hints or marks add to each piece."""
    length = g.node("Shape", ["pieces"], "length", start=1, end=2)
    zero, one = g.constant("zero", np.array([0])), g.constant("one", np.array([1]))
    axes = g.constant("axes", np.array([0]))
    positions = g.node("Slice", [g.constant("positions.t", w["positions.weight"] + w["kind"]), zero, length, axes, one], "positions")
    x = g.node("Add", [g.rows(w["words.weight"], "pieces", "words"), positions], "sum.1")
    x = g.node("Add", [x, g.node("Gather", [g.constant("shapes.t", w["shapes.weight"]), "shapes"], "shapes.g")], "sum.2")
    x = g.node("Add", [x, hints], "sum.3")
    scale, bias = g.constant("norm.w", w["norm.weight"]), g.constant("norm.b", w["norm.bias"])
    return g.node("LayerNormalization", [x, scale, bias], "norm", axis=-1, epsilon=1e-12)


def layer(g: Graph, w: dict[str, np.ndarray], i: int, x: str, name: str = "", stays: str = "") -> str:
    """Add layer ``i`` over the vectors x (1, n, width); return its output, called ``name`` if that is given.

    With ``stays`` (m), places of pieces, it is computed for those only (1, m, width); they look at all.
    """
    p = f"layers.{i}."
    if stays:
        every, x = x, g.node("Gather", [x, stays], p + "stays", axis=1)
        weights, biases = np.split(w[p + "qkv.weight"], 3), np.split(w[p + "qkv.bias"], 3)
        for part, source, weight, bias in zip("qkv", (x, every, every), weights, biases, strict=True):
            g.linear(source, weight, bias, p + part)
    else:
        qkv = g.linear(x, w[p + "qkv.weight"], w[p + "qkv.bias"], p + "qkv")
        g.node("Split", [qkv], p + "split", outputs=[p + "q", p + "k", p + "v"], axis=-1, num_outputs=3)
    heads = w[p + "out.weight"].shape[1] // HEAD
    a = g.node("MultiHeadAttention", [p + "q", p + "k", p + "v"], p + "attention", FUSED, num_heads=heads)
    a = g.linear(a, w[p + "out.weight"], w[p + "out.bias"], p + "out")
    x = skip_norm(g, a, x, w, p + "norm1", p + "norm1")
    up = g.linear(x, w[p + "up.weight"], None, p + "up")
    up = g.node("FastGelu", [up, g.constant(p + "up.b", w[p + "up.bias"])], p + "gelu", FUSED)
    down = g.linear(up, w[p + "down.weight"], w[p + "down.bias"], p + "down")
    return skip_norm(g, down, x, w, p + "norm2", name or p + "norm2")


def who_stays(g: Graph, x: str, exits: dict[str, np.ndarray]) -> str:
    """Add the places (m) of the pieces that stay, by the vectors x (1, n, width); as a column they are `index.column`.

    [CLS] and [SEP] always stay, so there is something to compute in every window.
    """
    heads = g.node("Squeeze", ["heads", "zero"], "heads.s")
    stays = g.node("And", [g.node("Gather", [gate(g, x, exits), heads], "gate.heads"), g.node("Greater", [heads, "zero"], "heads.any")], "stays")
    text = g.node("Squeeze", [g.node("NonZero", [stays], "stays.n"), "zero"], "stays.text")
    index = g.node("Concat", ["zero", text, g.node("Sub", ["length", "one"], "last")], "index", axis=0)
    g.node("Unsqueeze", [index, "one"], "index.column")
    return index


def gate(g: Graph, x: str, exits: dict[str, np.ndarray]) -> str:
    """Add the gate over the vectors x (1, n, width); return (n) whether a piece may be part of a mention."""
    hidden = g.node("MatMul", [x, g.constant("gate.w1", exits["gate.0.weight"].T)], "gate.m1")
    hidden = g.node("Relu", [g.node("Add", [hidden, g.constant("gate.b1", exits["gate.0.bias"])], "gate.1")], "gate.r")
    score = g.node("MatMul", [hidden, g.constant("gate.w2", exits["gate.2.weight"].T)], "gate.m2")
    limit = np.log(STAYS / (1 - STAYS)) - exits["gate.2.bias"]
    surer = g.node("Greater", [score, g.constant("gate.limit", limit.astype(np.float32))], "gate.surer")
    return g.node("Squeeze", [surer, g.constant("axis02", np.array([0, 2]))], "gate")


def skip_norm(g: Graph, a: str, x: str, w: dict[str, np.ndarray], key: str, name: str) -> str:
    """Add the normalization of a + x with the weights called ``key``."""
    scale, bias = g.constant(f"{key}.w", w[f"{key}.weight"]), g.constant(f"{key}.b", w[f"{key}.bias"])
    total = g.node("Add", [a, x], f"{key}.sum")  # SkipLayerNormalization does the same in one node, ten times slower on a CPU
    return g.node("LayerNormalization", [total, scale, bias], name, axis=-1, epsilon=1e-12)


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--model", type=Path, required=True), args.add_argument("--tokenizer", type=Path, required=True)
    args.add_argument("--exits", type=Path, help="what exits.py wrote; without it every piece goes through every layer")
    args.add_argument("--out", type=Path, required=True, help="a folder")
    a = args.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    model = build(load_file(str(a.model)), EXIT, load_file(str(a.exits)) if a.exits else None)
    content = {MODEL: model.SerializeToString(deterministic=True), TOKENIZER: a.tokenizer.read_bytes()}
    for name, data in content.items():
        (a.out / name).write_bytes(data)
        print(f"{a.out / name}: {len(data) / 1e6:.1f} MB")
    manifest = {"format": 1, "files": {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}}
    (a.out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

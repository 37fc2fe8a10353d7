"""Teach which pieces may leave the recognizer after its lower layers.

    python training/exits.py --data prepared.npz --model recognizer.safetensors --out exits.safetensors

Most words of an abstract are surely outside of any mention, and the lower layers already know. The *gate*, a perceptron over
the vectors of layer `EXIT`, learns from the whole network's own answers how probable it is that a word is part of a mention.
The encoder itself is not touched. Training windows only; seeded; takes some minutes on one core.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from safetensors.numpy import load_file, save_file
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parent))
from export import EXIT, STAYS, WIDTH, build
from recognize import Windows

HIDDEN, EPOCHS, BATCH, RATE = 64, 3, 1024, 2e-3


def answers(data: Windows, numbers: np.ndarray, weights: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Run the whole network over windows.

    Returns for every piece of the text its vector after layer `EXIT`, its probability of being part of a mention, and whether it is
    the first of its word.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(build(weights, tap=EXIT).SerializeToString(), options, providers=["CPUExecutionProvider"])
    vectors, shares, firsts = [], [], []
    for number in numbers:
        pieces, shapes, hints, _, masks = (t.numpy() for t in data.batch(np.array([number])))
        here, labels = (t[0, 1:-1] for t in session.run(["vectors", "labels"], {"pieces": pieces, "shapes": shapes, "hints": hints}))
        odds = np.exp(labels - labels.max(axis=1, keepdims=True))
        vectors.append(here.astype(np.float16)), shares.append(1 - odds[:, 0] / odds.sum(axis=1)), firsts.append(masks[0, 1:-1] > 0)
    return np.concatenate(vectors), np.concatenate(shares), np.concatenate(firsts)


def teach_gate(x: torch.Tensor, share: torch.Tensor) -> nn.Sequential:
    """Return the gate: (n, width) vectors -> (n, 1) logits of being part of a mention; inputs are put to scale within its first layer."""
    torch.manual_seed(0)
    gate = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1))
    mean, deviation = x.mean(0), x.std(0)
    optimizer = torch.optim.AdamW(gate.parameters(), lr=RATE, weight_decay=1e-3)
    generator, steps = torch.Generator().manual_seed(1), len(x) // BATCH
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, EPOCHS * steps)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(x), generator=generator).split(BATCH)[:steps]:
            loss = functional.binary_cross_entropy_with_logits(gate((x[chosen] - mean) / deviation)[:, 0], share[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step(), schedule.step()
    with torch.no_grad():
        first = gate[0]
        first.weight /= deviation
        first.bias -= first.weight @ mean
    return gate


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--data", type=Path, required=True), args.add_argument("--model", type=Path, required=True)
    args.add_argument("--out", type=Path, required=True), args.add_argument("--windows", type=int, default=2500)
    a = args.parse_args()
    data = Windows(a.data, "train")
    labelled = data.chosen[data.corpus[data.chosen] != "plain"]  # of the others it is not known which pieces are the first of a word
    numbers = np.random.default_rng(7).permutation(labelled)[: a.windows]
    vectors, share, firsts = answers(data, numbers, load_file(str(a.model)))
    gate = teach_gate(torch.from_numpy(vectors[firsts]).float(), torch.from_numpy(share[firsts]))
    with torch.no_grad():
        sure = gate(torch.from_numpy(vectors).float())[:, 0].sigmoid().numpy()
    stays = firsts & (sure > STAYS)
    print(f"{stays.mean():.3f} of the pieces stay; of the words that the network takes for mentions {(share[firsts & ~stays] > 0.5).sum()} of "
          f"{(share[firsts] > 0.5).sum()} leave")  # fmt: skip
    save_file({f"gate.{name}": value.numpy() for name, value in gate.state_dict().items()}, str(a.out))


if __name__ == "__main__":
    main()

"""Go on with masked-language pre-training of the encoder on PubMed abstracts, so that it has read oncology before it is taught.

    python training/pretrain.py --base MINILM --text ABSTRACTS.jsonl.gz ... --exclude PMIDS.txt --out encoder.safetensors --minutes 40

Texts are joined to streams of 256 pieces; 20 % of the words are masked whole (Devlin et al. 2019, whole-word masking,
80/10/10). The learning rate follows the clock, not the step, so that a run always ends where it was told to. Seeded;
resumable: the state is kept beside `--out` every five minutes and taken up again when the command is repeated.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).parent))
from encoder import WIDTH, Encoder

from kg.nlp.recognizer.hints import HINTS
from kg.nlp.recognizer.pieces import SHAPES, encode, open_tokenizer
from kg.nlp.recognizer.windows import CLS, SEP

LENGTH, BATCH, MASK = 256, 8, 0.20
MASKED = 103


def read_texts(paths: list[Path], excluded: set[str]) -> list[str]:
    """Return title and abstract of every document whose PMID is not excluded, sorted by PMID, each once."""
    texts: dict[str, str] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                pmid = str(row.get("pmid") or row.get("id") or row["title"])
                if pmid not in excluded:
                    texts[pmid] = f"{row['title']} {row['abstract'] or ''}".strip()
    return [texts[pmid] for pmid in sorted(texts)]


def blocks(texts: list[str], tokenizer: object) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cut the stream of all texts into rows of LENGTH: piece ids, shapes and word numbers."""
    ids, shapes, words = [], [], []
    number = 0
    for start in range(0, len(texts), 1000):
        for pieces in encode(tokenizer, texts[start : start + 1000]):
            ids += [[CLS], pieces.ids, [SEP]]
            shapes += [[0], pieces.shapes, [0]]
            words += [[-1], pieces.words + number, [-1]]
            number += int(pieces.words[-1]) + 1 if len(pieces.words) else 0
    rows = [np.concatenate(x) for x in (ids, shapes, words)]
    n = len(rows[0]) // LENGTH
    return tuple(x[: n * LENGTH].reshape(n, LENGTH) for x in rows)  # type: ignore[return-value]


class Head(nn.Module):
    """Predict the masked pieces, with the word embeddings as output weights."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.dense, self.norm, self.bias = nn.Linear(WIDTH, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12), nn.Parameter(torch.zeros(vocabulary))

    def forward(self, x: torch.Tensor, words: torch.Tensor) -> torch.Tensor:
        """Map (n, width) to (n, vocabulary)."""
        return functional.linear(self.norm(functional.gelu(self.dense(x))), words, self.bias)


def main() -> None:
    """Run."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--base", type=Path, required=True), args.add_argument("--text", type=Path, nargs="+", required=True)
    args.add_argument("--exclude", type=Path, nargs="+", required=True), args.add_argument("--out", type=Path, required=True)
    args.add_argument("--minutes", type=float, default=40), args.add_argument("--rate", type=float, default=4e-4)
    a = args.parse_args()
    torch.manual_seed(1)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = open_tokenizer(a.base / "tokenizer.json")
    excluded = {pmid for path in a.exclude for pmid in path.read_text().split()}
    ids, shapes, words = blocks(read_texts(a.text, excluded), tokenizer)
    print(f"{len(ids)} rows of {LENGTH} pieces", flush=True)
    encoder = Encoder(tokenizer.get_vocab_size(), SHAPES, HINTS, dropout=0.0).to(device)
    encoder.load_bert(load_file(str(a.base / "model.safetensors")))
    head = Head(tokenizer.get_vocab_size()).to(device)
    optimizer = torch.optim.AdamW([*encoder.parameters(), *head.parameters()], lr=a.rate, betas=(0.9, 0.98), weight_decay=0.01)
    state_path, spent, step = a.out.with_suffix(".state.pt"), 0.0, 0
    if state_path.exists():
        state = torch.load(state_path, map_location=device, weights_only=True)
        encoder.load_state_dict(state["encoder"]), head.load_state_dict(state["head"]), optimizer.load_state_dict(state["optimizer"])
        spent, step = state["spent"], state["step"]
    total, began, kept, losses = a.minutes * 60, time.monotonic() - spent, time.monotonic(), []
    while (spent := time.monotonic() - began) < total:
        generator = np.random.default_rng([7, step])
        epoch, at = divmod(step * BATCH, len(ids) - BATCH)
        order = np.random.default_rng([11, epoch]).permutation(len(ids))[at : at + BATCH]
        pieces, word = ids[order].astype(np.int64), words[order]
        number = word.max() + 1
        chosen = (generator.random(number) < MASK)[word] & (word >= 0)
        kind = generator.random(number)[word]
        masked = np.where(chosen & (kind < 0.8), MASKED, pieces)
        masked = np.where(chosen & (kind > 0.9), generator.integers(1000, tokenizer.get_vocab_size(), pieces.shape), masked)
        target = torch.from_numpy(pieces[chosen]).to(device)
        done = spent / total
        rate = a.rate * min(1.0, done / 0.03, max(0.0, 1 - done) / 0.9)
        for group in optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(device, dtype=torch.bfloat16):
            x = encoder(torch.from_numpy(masked).to(device), torch.from_numpy(shapes[order].astype(np.int64)).to(device), None, None)
            loss = functional.cross_entropy(head(x[torch.from_numpy(chosen).to(device)], encoder.words.weight).float(), target)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        step += 1
        losses.append(loss.item())
        if step % 50 == 0:
            print(f"step {step}  {spent / 60:5.1f} min  epoch {step * BATCH / len(ids):.2f}  loss {math.fsum(losses) / len(losses):.3f}", flush=True)
            losses.clear()
        if time.monotonic() - kept > 300:
            kept = time.monotonic()
            torch.save(
                {"encoder": encoder.state_dict(), "head": head.state_dict(), "optimizer": optimizer.state_dict(), "spent": spent, "step": step},
                state_path,
            )
            save_file(encoder.state_dict(), str(a.out))
    save_file(encoder.state_dict(), str(a.out))


if __name__ == "__main__":
    main()

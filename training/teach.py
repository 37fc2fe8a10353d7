"""Batches of like lengths, and the loop that teaches a network for a given time, shared by `recognize.py` and `relate.py`.

The learning rate follows the clock: it rises over the first part of the time and then falls to nearly nothing. Weights are averaged over the
last part. The state is kept beside the weights, so that a run that was cut off goes on where it was; the order of the batches is the
caller's, and the same each time.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn


@dataclass(frozen=True)
class Plan:
    """How long and how fast to teach."""

    minutes: float
    rate: float
    until: float = math.inf
    """Stop after so many minutes, the plan unchanged."""
    rising: float = 0.05
    """Part of the time in which the learning rate rises."""
    averaged: float = 0.7
    """Part of the time after which weights are averaged, every `every` steps."""
    every: int = 5
    report: float = 300
    """Seconds between evaluations; the state is kept then."""


def by_length(
    numbers: NDArray[np.int64], lengths: NDArray[np.int64], size: int, generator: np.random.Generator | None, noise: float
) -> list[NDArray[np.int64]]:
    """Cut texts into batches of at most ``size`` pieces when padded, of like lengths; mixed by ``noise`` pieces and shuffled by a generator."""
    shifted = lengths[numbers] + (generator.normal(0, noise, len(numbers)) if generator else 0)
    ordered = numbers[np.argsort(shifted, kind="stable")]
    out, at = [], 0
    while at < len(ordered):
        count, longest = 1, int(lengths[ordered[at]])
        while at + count < len(ordered):
            longest = max(longest, int(lengths[ordered[at + count]]))
            if (count + 1) * longest > size:
                break
            count += 1
        out.append(ordered[at : at + count])
        at += count
    return [out[i] for i in generator.permutation(len(out))] if generator else out


def teach(
    model: nn.Module,
    groups: list[dict[str, Any]],
    batches: Callable[[int], Iterable[Any]],
    loss_of: Callable[[Any, int], tuple[Tensor, int]],
    evaluate: Callable[[], str],
    plan: Plan,
    out: Path,
) -> None:
    """Teach a network and write its weights to ``out``.

    ``groups`` are parameters, each group with its ``scale`` of the learning rate; ``batches`` gives the batches of an epoch by its number;
    ``loss_of`` takes a batch and the number of the step and returns the loss and how many pieces were read; ``evaluate`` says how good it is.
    """
    optimizer = torch.optim.AdamW(groups, lr=plan.rate, weight_decay=0.01, fused=True)
    average: dict[str, Tensor] = {}
    averaged, spent, step, epoch, within = 0, 0.0, 0, 0, 0
    state_path = out.with_suffix(".state.pt")
    if state_path.exists():
        state = torch.load(state_path, weights_only=True)
        model.load_state_dict(state["model"]), optimizer.load_state_dict(state["optimizer"])
        average, averaged, spent, step, epoch, within = (state[k] for k in ("average", "averaged", "spent", "step", "epoch", "within"))
    total, began, told, losses, pieces, before = plan.minutes * 60, time.monotonic() - spent, time.monotonic(), [], 0, spent
    end = min(total, plan.until * 60)
    while spent < end:
        for number, batch in enumerate(batches(epoch)):
            if number < within:
                continue
            within, spent = number + 1, time.monotonic() - began
            if spent >= end:
                break
            done = spent / total
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * group["scale"] * min(1.0, done / plan.rising + 0.01, max(0.0, 1 - done) / (1 - plan.rising) + 0.02)
            loss, read = loss_of(batch, step)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step, pieces = step + 1, pieces + read
            losses.append(loss.item())
            if done > plan.averaged and step % plan.every == 0:
                averaged += 1
                for name, value in model.state_dict().items():
                    average[name] = value.clone() if name not in average else average[name].lerp_(value, 1 / averaged)
            if step % 25 == 0:
                mean, speed = sum(losses) / len(losses), pieces / (spent - before + 1e-9)
                print(f"step {step}  {spent / 60:5.1f} min  epoch {epoch} +{number}  loss {mean:.4f}  {speed:.0f} pieces/s", flush=True)
                losses.clear()
            if time.monotonic() - told > plan.report:
                told = time.monotonic()
                print(evaluate(), flush=True)
                torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "averaged": averaged,
                            "spent": spent, "step": step, "epoch": epoch, "within": within}, state_path)  # fmt: skip
        else:
            epoch, within = epoch + 1, 0
    print("last weights", evaluate(), flush=True)
    if average:
        model.load_state_dict(average)
        print("averaged weights", evaluate(), flush=True)
    save_file(model.state_dict(), str(out))

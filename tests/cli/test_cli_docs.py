"""docs/cli.md and the README say what the program does, no more and no less."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from kg.cli.app import app

ROOT = Path(__file__).resolve().parents[2]


def commands(group: Any, name: str = "kg") -> Iterator[tuple[str, Any]]:
    for key, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {key}")
        else:
            yield f"{name} {key}", command


COMMANDS = dict(commands(typer.main.get_command(app)))
SECTIONS = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8").split("\n## ")[1:]}


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_same_commands() -> None:
    assert list(SECTIONS) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_words_options_and_example(name: str) -> None:
    command, section = COMMANDS[name], SECTIONS[name]
    assert plain(command.help) in plain(section)
    assert command.epilog.removeprefix("Example: ") in section
    cells = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| `")]
    documented = {row[0].strip("` "): row[1].strip() for row in cells}
    expected = {}
    for parameter in command.params:
        names = ", ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.metavar
        metavar = "" if parameter.param_type_name == "argument" or parameter.is_flag else " " + (parameter.metavar or "N")
        expected[names + metavar] = parameter.help
    assert documented == expected


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_an_example_of_the_command(name: str) -> None:
    assert COMMANDS[name].epilog.startswith(f"Example: {name} ")


def test_help_is_instant_and_loads_nothing_heavy() -> None:
    heavy = {"spacy", "numpy", "pyoxigraph", "rdflib", "lxml", "networkx"}
    code = f"import sys, kg, kg.cli.app; print(sorted({{m.split('.')[0] for m in sys.modules}} & {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_every_command_of_the_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    used = {match[1] for match in re.finditer(r"(?:^|`|\$ )kg ([a-z]+)", readme, re.MULTILINE)}
    known = {name.split()[1] for name in COMMANDS}
    assert used == known


def test_the_readme_has_two_commands_that_set_everything_up() -> None:
    part = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## Two commands\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", part, re.DOTALL)
    assert len(blocks) == 2
    assert "pip install" in blocks[0] and "kg build data/" in blocks[0]
    assert "pip install" in blocks[1] and "pytest" in blocks[1]


def test_every_test_that_keeps_a_promise_exists() -> None:
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w/.]*?(\w+\.py)\b", text))
    assert len(named) > 15
    assert named <= {path.name for path in (ROOT / "tests").rglob("*.py")}
    for path in re.findall(r"tests/[\w/]+\.py", text):
        assert (ROOT / path).is_file(), path

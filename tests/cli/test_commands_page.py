"""docs/commands.md shows every command and option as it is, and completion works."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from refaudit.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def commands() -> ModuleType:
    spec = importlib.util.spec_from_file_location("commands", ROOT / "docs" / "commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh(commands: ModuleType):
    """When this fails: ``python docs/commands.py``."""
    assert commands.page() == commands.PAGE.read_text(encoding="utf-8")


def test_every_command_and_option_says_what_it_does(commands: ModuleType):
    silent = []
    for path, command in commands.commands(main, ("refaudit",)):
        if not (command.help or "").strip():
            silent.append(" ".join(path))
        silent += [
            f"{' '.join(path)} {parameter.opts[0]}"
            for parameter in command.params
            if isinstance(parameter, click.Option) and not (parameter.help or "").strip()
        ]
    assert silent == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_there(shell: str):
    env = {**os.environ, "_REFAUDIT_COMPLETE": f"{shell}_source"}
    code = "from refaudit.cli import main; main(prog_name='refaudit')"
    result = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "_REFAUDIT_COMPLETE" in result.stdout, result.stderr


def test_completion_knows_the_commands():
    env = {**os.environ, "_REFAUDIT_COMPLETE": "zsh_complete", "COMP_WORDS": "refaudit ba", "COMP_CWORD": "1"}
    code = "from refaudit.cli import main; main(prog_name='refaudit')"
    result = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "baseline" in result.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("refaudit audit -f s", ["sarif"]),
        ("refaudit audit --fail-on w", ["warning"]),
        ("refaudit audit --select LNK001,AUD00", ["LNK001,AUD001", "LNK001,AUD002", "LNK001,AUD003"]),
        ("refaudit fix --repair d", ["doi-form", "doi-missing", "duplicates"]),
        ("refaudit explain ret05", ["RET051", "RET052", "RET053", "RET054"]),
    ],
)
def test_completion_knows_the_values(words: str, expected: list[str]):
    env = {**os.environ, "_REFAUDIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    code = "from refaudit.cli import main; main(prog_name='refaudit')"
    result = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert [line.partition(",")[2] for line in result.stdout.splitlines()] == expected


def test_every_module_of_the_command_line_stands_in_the_table():
    """A command that is written but not listed would not exist for anybody."""
    from refaudit.cli import COMMANDS

    context = click.Context(main)
    assert all(main.get_command(context, name) is not None for name in COMMANDS)
    assert {name for name, _ in main.to_info_dict(context)["commands"].items()} == set(COMMANDS)
    written = {
        node.targets[0].id if isinstance(node, ast.Assign) else node.name
        for path in (ROOT / "src" / "refaudit" / "cli").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(decorator).startswith(("click.command", "click.group")) for decorator in node.decorator_list)
    }
    assert {name.strip("_") for name in written} - {"main"} == set(COMMANDS)

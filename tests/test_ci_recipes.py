"""The action, the pre-commit hooks and the recipes of docs/: run as far as that goes without the services."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from refaudit.cli import main

ROOT = Path(__file__).resolve().parents[1]
LIST = "\n\n## References\n\nLopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n"
CLEAN = "Rain falls (Lopez, 2019)." + LIST
WRONG = "Rain falls (Lopez, 2019; Mason, 2011)." + LIST


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of papers, and a ``refaudit`` that is found on the path."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a b.md").write_text(WRONG)
    (tmp_path / "papers" / "c.md").write_text(CLEAN)
    (tmp_path / "paper.md").write_text(CLEAN)
    (tmp_path / "references.txt").write_text("Lopez, A. (2019). Rain on bare ground.\n")
    programs = tmp_path / ".bin"
    programs.mkdir()
    program = programs / "refaudit"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m refaudit "$@"\n')
    program.chmod(0o755)
    python = tmp_path / "refaudit-venv" / "bin" / "python"  # where the action puts it
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (tmp_path / "refaudit-venv" / "pyvenv.cfg").symlink_to(Path(sys.prefix, "pyvenv.cfg"))
    (tmp_path / "refaudit-venv" / "lib").symlink_to(Path(sys.prefix, "lib"))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bash(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def test_the_action_never_puts_an_input_into_a_script():
    steps = action()["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) == 2
    assert [script for script in scripts if "${{" in script or "GITHUB_TOKEN" in script] == []
    audit = next(step for step in steps if step.get("id") == "audit")
    assert {re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)[1] for value in audit["env"].values()} == set(
        action()["inputs"]
    )  # type: ignore[index]


def run_action(project: Path, *, env: dict[str, str] | None = None, **inputs: str) -> tuple[int, str, dict[str, str], str]:
    """Run the audit step with inputs as GitHub would: the exit code, the log, the outputs, the summary."""
    step = next(step for step in action()["runs"]["steps"] if step.get("id") == "audit")
    variables = dict(env or {})
    for name, value in step["env"].items():
        key = value[len("${{ inputs.") : -len(" }}")]
        variables[name] = inputs.get(key.replace("-", "_"), str(action()["inputs"][key]["default"]))
    for name in ("output", "summary"):
        (project / name).write_text("")
    result = bash(
        step["run"],
        **variables,
        RUNNER_TEMP=str(project),
        GITHUB_OUTPUT=str(project / "output"),
        GITHUB_STEP_SUMMARY=str(project / "summary"),
    )
    outputs = dict(line.split("=", 1) for line in (project / "output").read_text().splitlines())
    return result.returncode, result.stdout, outputs, (project / "summary").read_text()


def test_the_action_annotates_sums_up_and_fails(project: Path):
    code, log, outputs, summary = run_action(project, paths="papers\npaper.md\n\n", sarif="r.sarif", html="r.html")
    assert (code, outputs) == (1, {"exit-code": "1", "findings": "1"})
    assert log.startswith("::error file=papers/a b.md,line=1,")
    assert summary.startswith("## refaudit: 1 citation has no entry;")
    assert (project / "r.sarif").exists()
    assert (project / "r.html").exists()


def test_the_action_passes_options_on_and_takes_no_command_from_them(project: Path):
    assert run_action(project, paths="papers", fail_on="never")[0] == 0
    assert run_action(project, paths="papers", args="--ignore LNK001 --isolated")[0] == 0
    assert run_action(project, paths="paper.md", fail_on_unchecked="true")[0] == 3
    code, _, outputs, _ = run_action(project, paths="$(touch hacked)\n--exit-zero", args="`touch hacked` ; touch hacked")
    assert (code, (project / "hacked").exists()) == (2, False)
    assert outputs["exit-code"] == "2"
    assert run_action(project, paths="papers", baseline="none.txt")[0] == 2


def test_the_action_runs_no_module_of_the_checkout(project: Path):
    """Neither while it installs nor while it audits, whatever the search path of the job says."""
    for name in ("json", "venv", "pip", "refaudit", "ctypes", "typing", "sitecustomize", "ensurepip", "subprocess"):
        (project / f"{name}.py").write_text("open('ran', 'a').write(__name__)\nraise SystemExit('ran')\n")
    code, log, outputs, _ = run_action(project, paths="papers", env={"PYTHONPATH": str(project), "PYTHONSAFEPATH": ""})
    assert (code, outputs, (project / "ran").exists()) == (1, {"exit-code": "1", "findings": "1"}, False), log
    install, *_ = action()["runs"]["steps"]
    assert install["working-directory"] == "${{ runner.temp }}"
    temporary = project / "temporary"
    temporary.mkdir()
    result = bash(
        install["run"], RUNNER_TEMP=str(temporary), ACTION_PATH=str(project / "none"), GITHUB_PATH=str(project / "output"),
        PYTHONPATH=str(project), PIP_NO_INDEX="1",
    )  # fmt: skip
    assert "none" in result.stderr  # pip itself ran, and says that there is no such package
    assert (temporary / "refaudit-venv" / "bin" / "python").exists()
    assert not (project / "ran").exists()


def test_pre_commit_hooks_run_on_the_files_they_name(project: Path):
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["refaudit", "refaudit-online"]
    assert ("--offline" in hooks[0]["entry"], "--offline" in hooks[1]["entry"]) == (True, False)
    for hook in hooks:
        assert {"id", "name", "entry", "language", "files", "require_serial"} <= set(hook)
        assert [bool(re.search(hook["files"], name)) for name in ("a/b.md", "m.tex", "x.py", "md")] == [True, True, False, False]
    (project / "README.md").write_text("Nothing is cited here.\n")
    program, *arguments = shlex.split(hooks[0]["entry"])
    assert program == "refaudit"
    passing = CliRunner().invoke(main, [*arguments, "README.md", "papers/c.md"])
    failing = CliRunner().invoke(main, [*arguments, "README.md", "papers/a b.md"])
    assert (passing.exit_code, failing.exit_code) == (0, 1)


@pytest.mark.parametrize("page", ["ci.md", "fix.md", "reports.md", "review.md"])
def test_shell_recipes_do_what_they_say(project: Path, page: str):
    lines = [line for block in blocks(page, "sh") for line in block.splitlines() if line and not line.startswith("#")]
    assert lines
    if page == "review.md":
        (project / "review.json").write_text('{"refaudit_review": 1, "decisions": []}')
    for line in lines:
        result = bash(line)
        assert (result.returncode in (0, 1), "Usage" in result.stderr, "rror:" in result.stderr) == (True, False, False), (
            line,
            result.stderr,
        )


def test_yaml_recipes_are_yaml_and_use_what_the_action_has(project: Path):
    github, updates, gitlab, hooks = (yaml.safe_load(block) for block in blocks("ci.md", "yaml"))
    step = next(step for step in github["jobs"]["refaudit"]["steps"] if step["uses"].startswith("OWNER/refaudit"))
    assert set(step["with"]) <= set(action()["inputs"])
    assert hooks["repos"][0]["hooks"][0]["id"] == "refaudit"
    assert [one["package-ecosystem"] for one in updates["updates"]] == ["github-actions"]
    script = gitlab["refaudit"]["script"]
    assert script[0] == "pip install refaudit-manuscript"
    assert bash(script[1]).returncode == 1
    for file in gitlab["refaudit"]["artifacts"]["reports"].values():
        assert (project / file).exists()


@pytest.mark.parametrize(
    ("schema", "page", "number"),
    [("github-actions", "", 0), ("github-workflows", "ci.md", 0), ("dependabot", "ci.md", 1), ("gitlab-ci", "ci.md", 2)],
)
def test_the_services_would_take_the_files(tmp_path: Path, schema: str, page: str, number: int):
    """Each against the schema that the service's own editors use."""
    file = ROOT / "action.yml"
    if page:
        file = tmp_path / "recipe.yml"
        file.write_text(blocks(page, "yaml")[number])
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "ok -- validation done" in done.stdout) == (0, True), done.stdout
    file = tmp_path / "wrong.yml"
    file.write_text("runs: 3\njobs: 4\nrefaudit: {script: {a: 1}}\n")
    command[-1] = str(file)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_the_make_recipe(project: Path):
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    (recipe,) = blocks("ci.md", "make")
    (project / "Makefile").write_text(recipe)
    result = subprocess.run(["make", "references"], capture_output=True, text=True, check=False)
    assert result.returncode == 2  # make's own code for a failed recipe: the papers have a finding
    assert "Error 1" in result.stderr
    assert (project / "reports" / "references.html").exists()


def test_the_settings_of_the_documentation_are_read(project: Path):
    (table,) = blocks("ci.md", "toml")
    (project / "refaudit.toml").write_text(table)
    assert CliRunner().invoke(main, ["audit", "papers/c.md", "--offline"]).exit_code == 0

"""The mutants that are made, and that one is noticed by a test that covers it and by no other."""

import ast
import subprocess
import sys
from pathlib import Path

from benchmarks import mutants


def test_each_place_is_changed_once(tmp_path: Path):
    path = tmp_path / "a.py"
    path.write_text("def f(a: int, b: int = 3) -> bool:\n    return a < 2 and not b + 1 > 0.5\n")
    found = mutants.mutants(path)
    body = [ast.unparse(mutants.changed(one)).splitlines() for one in found]
    original = ast.unparse(ast.parse(path.read_text())).splitlines()
    assert [[line for line in lines if line not in original] for lines in body] == [
        ["def f(a: int, b: int=4) -> bool:"],
        ["    return a < 3 and (not b + 1 > 0.5)"],
        ["    return a <= 2 and (not b + 1 > 0.5)"],
        ["    return a < 2 and (not b + 2 > 0.5)"],
        ["    return a < 2 and (not b - 1 > 0.5)"],
        ["    return a < 2 and (not b + 1 > 0.56)"],
        ["    return a < 2 and (not b + 1 >= 0.5)"],
        ["    return a < 2 and b + 1 > 0.5"],
        ["    return a < 2 or not b + 1 > 0.5"],
        ["    return None"],
    ]


def test_a_mutant_is_killed_by_the_tests_of_its_module_alone(tmp_path: Path):
    (tmp_path / "test_a.py").write_text("from refaudit.text import whole\n\ndef test_a():\n    assert whole('7') == 7\n")
    (tmp_path / "test_b.py").write_text("def test_b():\n    import refaudit.text\n")
    code = (
        "from benchmarks import mutants as m\n"
        "path = m.HOUSE / 'text.py'\n"
        "whole = [one for one in m.mutants(path) if 'int(' in one.what and 'None' in one.what]\n"
        f"print(len(whole) > 0, m.killed(whole[0], [{str(tmp_path / 'test_a.py')!r}]), m.killed(whole[0], [{str(tmp_path / 'test_b.py')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=mutants.ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "True True False\n", done.stderr

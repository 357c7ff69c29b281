"""JUnit XML: a suite a paper, a case a finding, which fails at the level from which the run fails (``--fail-on``) and passes
below it, so that the test report and the exit code say the same; with ``--fail-on-unchecked`` references that were not looked up
are a case that fails. What could not be read is an error."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from refaudit.model import FileReport, Finding, Level, Report
from refaudit.report.ci_text import proof, proofs, where
from refaudit.report.escape import one_line
from refaudit.report.json_contract import least_confidence
from refaudit.report.paths import shown
from refaudit.report.unchecked import told


def _failing(report: Report) -> frozenset[Level]:
    """The levels from which the run fails; none with "never"."""
    least = str(report.options.get("fail_on", Level.ERROR.value))
    return frozenset(level for level in Level if least != "never" and level.rank <= Level(least).rank)


def _case(suite: ET.Element, path: str, finding: Finding, *, fails: bool) -> None:
    place = where(finding.location)
    name = " ".join(filter(None, (finding.code, finding.name, place and f"at {place}", finding.fingerprint[:8])))
    case = ET.SubElement(suite, "testcase", {"classname": path, "name": one_line(name)})
    text = "\n".join([one_line(finding.message), *(proof(row) for row in proofs(finding)), one_line(finding.advice)]).strip()
    if not fails:
        ET.SubElement(case, "system-out").text = text
    else:
        failure = ET.SubElement(case, "failure", {"message": one_line(finding.message), "type": finding.level.value})
        failure.text = text


def _suite(
    suites: ET.Element, file: FileReport, path: str, least: float, failing: frozenset[Level], *, all_checked: bool
) -> tuple[int, int, int]:
    suite = ET.SubElement(suites, "testsuite")
    findings = [f for f in file.findings if f.suppressed is None and f.confidence >= least]
    missed = told([file]) if all_checked else ""
    failures = sum(finding.level in failing for finding in findings) + bool(missed)
    tests, errors = max(1, len(findings) + bool(missed)), int(file.error is not None)
    for key, value in (("name", path), ("tests", tests), ("failures", failures), ("errors", errors), ("skipped", 0)):
        suite.set(key, str(value))
    if file.error is not None:
        case = ET.SubElement(suite, "testcase", {"classname": path, "name": "read"})
        ET.SubElement(case, "error", {"message": one_line(file.error.replace(file.path, path)), "type": "unreadable"})
    elif not findings and not missed:
        ET.SubElement(suite, "testcase", {"classname": path, "name": "citations and references"})
    for finding in findings:
        _case(suite, path, finding, fails=finding.level in failing)
    if missed:
        case = ET.SubElement(suite, "testcase", {"classname": path, "name": "references looked up"})
        ET.SubElement(case, "failure", {"message": missed, "type": "unchecked"})
    return tests, failures, errors


def render(report: Report) -> str:
    """The suites of all papers."""
    show = shown(file.path for file in report.files)
    least = least_confidence(report)
    suites = ET.Element("testsuites")
    failing = _failing(report)
    all_checked = bool(report.options.get("fail_on_unchecked"))
    counts = [_suite(suites, file, one_line(show(file.path)), least, failing, all_checked=all_checked) for file in report.files]
    tests, failures, errors = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    for key, value in (("name", report.tool), ("tests", tests), ("failures", failures), ("errors", errors)):
        suites.set(key, str(value))
    ET.indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"

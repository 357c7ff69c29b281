"""``python -m benchmarks NAME``: one module a benchmark, each with a ``main`` that takes the remaining arguments."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = {
    "speed": "start-up, audits as whole processes, growth with length, memory",
    "pdf": "pages a second that are read from PDF files, and memory",
    "corpora": "citations, links and entries of real manuscripts against gold",
    "wild": "documents that people wrote: how many of the findings shown are right, and which right ones get lost",
    "cases": "small inputs with what a careful editor expects of the audit",
    "fuzz": "every reader on thousands of damaged files: nothing but a document or one line of refusal",
    "mutants": "small changes of the code: would the tests notice?",
    "layouts": "the same lists without heading, hard-wrapped, with other text behind them",
    "rates": "how often each rule fires on real manuscripts, per 100 references",
    "mutations": "known defects planted in real manuscripts: found, and named rightly?",
    "styles": "the style family of entries and lists, against the CSL style they were set in",
    "matching": "reference strings against a registry that has the work, or has it not",
    "real-strings": "the same with real strings, out of PDF files and as deposited",
    "resolver": "the rules that ask a registry: false alarms and altered references",
    "exchanged": "DOIs of other works, altered lists of authors, works without a record, and controls",
    "hallmark": "altered and absent references of a public set, beside its valid ones",
    "registry": "the client: requests, limits, faults, dead servers, hard DOIs",
    "web": "cited web pages: alive, moved, gone, refused, of another work",
    "sources": "works that other sources than Crossref know: found, rightly, in how many requests",
    "snapshot": "the local registry copy: building, looking up, searching, memory",
}


def main() -> None:
    """Run the benchmark named by the first argument, or list them."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in BENCHMARKS:
        listing = "\n".join(f"  {known:<12} {what}" for known, what in BENCHMARKS.items())
        raise SystemExit(f"usage: python -m benchmarks NAME [options]\n\n{listing}")
    import_module(f"benchmarks.{name.replace('-', '_')}").main(sys.argv[2:])


if __name__ == "__main__":
    main()

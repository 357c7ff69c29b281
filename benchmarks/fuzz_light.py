"""Seeds and tokens of light markup, wikitext and RTF for fuzzing: each shows what its reader knows, once."""

from __future__ import annotations

from benchmarks.fuzz_target import Target

ORG = """#+title: Silt
#+bibliography: r.bib
* Intro :tag:
Known [cite:see @a p. 3;@b] and cite:a,b [fn:1], [[https://x.org][there]] =@no= ~@no~ $x$ [cite/t:@c].
#+begin_src python
[cite:@no]
#+end_src
| a | b |
[fn:1] A note [cite:@d].
* References
- Abel, K. (2018). Silt. /Coasts/, 1(2), 3–4.
#+print_bibliography:
"""
ASCIIDOC = """= Silt
:n: rain

== Intro
Known cite:[a(3), b] and <<c>>, {n} `no` footnote:[See cite:[d].] https://x.org[there].

[source]
----
cite:[no]
----
|===
|a |b
|===
include::part.adoc[]

[bibliography]
== References
* [[[c]]] Abel, K. (2018). _Silt_. Coasts, 1, 3–4.
* [[[d,4]]] Dorn, E. (2020). Mud. Shore Press.
bibliography::[]
"""
RST = """Silt
====

Known :cite:p:`a,b` and [c]_, [#n]_ and `x <https://x.org>`_ ``no`` :doi:`10.1000/silt` H\\ :sub:`2`\\ O.

::

    :cite:`no`

=== ===
a   b
=== ===

.. [#n] A note :cite:t:`d`.
.. include:: part.rst
.. bibliography:: r.bib

References
----------

.. [c] Abel, K. (2018). *Silt*. Coasts, 1, 3–4.
"""
WIKITEXT = """== Rain ==
Known<ref name="m">{{cite journal |last=Abel |first=K. |year=2018 |title=Silt in [[river|rivers]] |journal=Coasts |volume=1}}</ref> and<ref name=m />
{{sfn|Dorn|2020|p=4}}. ''More'' [https://x.org there] <nowiki>{{sfn|No}}</nowiki><!-- {{sfn|No}} -->
{| class="a"
| a || b
|}
== Sources ==
* {{cite book |last=Dorn |first=E. |year=2020 |title=Mud |publisher=Shore Press}}
{{reflist}}
"""
RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Serif;}{\f1\fcharset204 S;}}{\*\generator x;}\pard\outlinelevel0 Intro\par"
    r"\pard Known (Abel 2018)\super 1\nosupersub {\footnote\pard See \i Dorn\i0  (2020).}, S\'fcd \u8211?\uc1 {\field{\*\fldinst "
    r'HYPERLINK "https://x.org"}{\fldrslt there}}\par\trowd\intbl a\cell b\cell\row\pard References\par{\listtext 1.\tab}Abel, K. (2018). '
    r"\ldblquote Silt.\rdblquote  Coasts 1: 3-4.\par}"
)

TARGETS: dict[str, Target] = {
    "org": Target("f.org", "org", "text", (ORG.encode(),), ("[cite:@a]", "[cite", "cite:a", "]", "* ", "#+begin_src\n", "#+end_src\n", "[fn:1]", "[fn::",
                  "=", "~", "/", "$", "[[", "][", "]]", "#+include: \"f.org\"\n", ":a:\n", ":end:\n", "| ", "^{2}", "\n\n")),
    "asciidoc": Target("f.adoc", "asciidoc", "text", (ASCIIDOC.encode(),), ("cite:[", "]", "<<", ">>", "[[[a]]]", "= ", "----\n", "....\n", "////\n", "{n}",
        ":n: {n}{n}\n",

        "footnote:[", "include::f.adoc[]\n", "`", "+", "*", "_", "^2^", "|===\n", "|a", "// ", "\n\n")),
    "rst": Target("f.rst", "rst", "text", (RST.encode(),), (":cite:`", "`", "``", "[a]_", "[#n]_", ".. [a] ", ".. ",
        "::\n\n", "    ", "====\n", "----\n", "|", "*", "**",
                  "\\ ", ".. include:: f.rst\n", "=== ===\n", ">>> ", ":doi:`", "\n\n")),
    "wikitext": Target("f.wiki", "wikitext", "text", (WIKITEXT.encode(),), ("{{", "}}", "|", "<ref>", "<ref name=x />", "</ref>", "[[", "]]",
        "{|\n", "|}\n", "<!--", "-->",
                       "<nowiki>", "</nowiki>", "{{sfn|", "{{cite book|", "=", "== ", "''", "\n* ", "&#xD800;", "<br/>")),
    "rtf": Target("f.rtf", "rtf", "text", (RTF.encode(),), ("{", "}", "\\par ", "{\\footnote ", "\\'e9", "\\u55357?", "\\u-9?",
        "\\uc9999 ", "{\\*\\x ", "\\bin9999999 ", "\\bin-1 ",
                  "\\super ", "\\f1 ", "\\cell", "\\row", "{\\field{\\*\\fldinst ", "{\\fldrslt ", "{\\listtext ", "\\",
        "\\fcharset999", "\\ansicpg99999",
        "\\outlinelevel99999999999999999999 ")),
}  # fmt: skip

"""What is told of texts that cite in notes."""

from tests.rules.run import lines

NOTES = """Gardens were rare.[^1] They spread.[^2] Some failed.[^3] Others were sold.[^4] The rest stayed.[^5] One was painted.[^6]

[^1]: Anna Arlov, *Painting and Silence* (Oslo: North Press, 1981), 12.
[^2]: Ibid., 14–15.
[^3]: Bruno Benko, "Gardens of the Coast," *Journal of Gardens* 12, no. 3 (1999): 44.
[^4]: Arlov, *Painting*, 19; Benko, "Gardens," 46.
[^5]: Carla Cernat, *A History of Gardens* (Bern: North Press, {year}), 9.
[^6]: {last}

## Bibliography

Arlov, Anna. *Painting and Silence*. Oslo: North Press, 1981.

Benko, Bruno. "Gardens of the Coast." *Journal of Gardens* 12, no. 3 (1999): 41–60.

Cernat, Carla. *A History of Gardens*. Bern: North Press, 1992.
"""


def test_a_note_that_agrees_with_the_bibliography() -> None:
    assert lines(NOTES.format(year=1992, last="Arlov, *Painting*, 21.")) == []


def test_a_note_that_dates_a_work_otherwise() -> None:
    assert lines(NOTES.format(year=1993, last="Arlov, *Painting*, 21.")) == [
        "7:7 LNK005 Cernat 1993 is cited here, but the list has Cernat only from 1992: "
        "“Cernat, Carla. A History of Gardens. Bern: North Press, 1992.”."
    ]


def test_a_short_title_whose_work_is_not_listed() -> None:
    assert lines(NOTES.format(year=1992, last="Darius, *Voices*, 101.")) == [
        "8:7 LNK001 Darius is cited here, but no entry of the reference list fits."
    ]


def test_what_else_stands_in_notes_is_no_work() -> None:
    for last in (
        "Archive of the North, box 12.",
        "See the plan of 1992, p. 3.",
        "Letter to Darius, 12 May 1943.",
        "The Daily News, 3.",
    ):
        assert lines(NOTES.format(year=1992, last=last)) == []


def test_works_that_notes_name_by_title_or_address() -> None:
    text = """The family left.[^1] It came to the north.[^2] The daughter remembers.[^3] The house stands.[^4] So say the papers.[^5]

[^1]: Aldo Arlov, *Non torneremo mai*, Venezia, Nuova Riva, 2015, p. 17.
[^2]: Cfr. <http://archivio.example.org/persone/7350/cernat-ida.html>.
[^3]: Cfr. *Non torneremo mai*, p. 29.
[^4]: Cfr. *La ragazza del fiume*, cap. I, p. 77.
[^5]: Cfr. <http://archivio.example.org/persone/7351/darius.html>.

## Bibliografia

Arlov, Aldo. 2015. Non torneremo mai. Venezia. Nuova Riva.

Cernat, Ida. 2009. Voce dell'archivio. http://archivio.example.org/persone/7350/cernat-ida.html

Darius, Dario. 2010. Altra voce. http://archivio.example.org/persone/7351/darius.html

Elmas, Roberto. 2014. La ragazza del fiume. Padova. Editrice del Libro.

Fodor, Lia. 2011. Un libro che nessuno nomina. Padova. Editrice del Libro.
"""
    assert [line for line in lines(text) if "LNK003" in line and "Fodor" not in line] == []

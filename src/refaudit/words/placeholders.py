"""Words that ask for a value of an entry that is not there ("[Titel hier einfügen]")."""

from __future__ import annotations

import re

from refaudit.text import fold

# A bracket made of nothing but these words, with at least one that names a field, asks for a value to be put in.
# Descriptors of a medium or of an unknown value ([Video], [Journal article], [date unknown]) do not qualify.
# They are compared with accents off, as texts are.
HEADS = frozenset(
    fold(
        "title titles name names author authors surname lastname year volume issue page pages publisher url doi link journal editor "
        "editors titel autor autoren jahr band seiten verlag titre auteur année annee pages éditeur título titulo autores año ano "
        "volumen páginas paginas editorial editora titolo autore anno pagine editore"
    ).split()
)
FILL = frozenset(
    fold(
        "of the a an and or to here be article paper papers working book chapter work report publication periodical magazine website "
        "source document thesis dissertation last first full exact complete number numbers no nos range city place institution "
        "university if available applicable month day date s et al your "
        "des der das von hier einfügen artikels buchs buches zeitschrift de la le l du d article revue ici del artículo articulo "
        "libro revista aquí do da artigo livro aqui dell della articolo rivista qui"
    ).split()
)
ASK = re.compile(
    r"^(?:insert|add|enter|provide|fill in|supply|complete|check|verify|confirm|replace|your|to be (?:added|completed|confirmed|"
    r"determined|inserted)|tbd|tba|tbc|todo|placeholder|citation needed|missing|einfügen|ergänzen|insérer|compléter|insertar|"
    r"completar|añadir|inserir|inserire)\b",
    re.IGNORECASE,
)

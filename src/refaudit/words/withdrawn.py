"""What a numbered list prints where an entry was taken out on purpose, so that the numbers behind it stay as they are."""

from __future__ import annotations

import re

# Language -> notes that stand in place of the whole entry.
TABLE: dict[str, tuple[str, ...]] = {
    "en": (
        "deleted in press", "deleted in proof", "deleted", "removed", "withdrawn", "not used", "omitted", "number not used", "intentionally left blank",
        "left blank intentionally", "reference deleted", "reference removed", "reference withdrawn", "reference omitted", "citation deleted", "citation removed",
    ),
    "de": ("entfällt", "entfallen", "gelöscht", "gestrichen", "nicht belegt"),
    "fr": ("supprimé", "supprimée", "référence supprimée", "retiré", "retirée"),
    "es": ("eliminado", "eliminada", "referencia eliminada", "suprimido", "suprimida"),
    "pt": ("excluído", "excluída", "referência excluída", "suprimido", "suprimida"),
    "it": ("eliminato", "eliminata", "omesso", "voce eliminata", "soppresso"),
    "nl": ("vervallen", "verwijderd"),
    "pl": ("usunięto", "usunięte"),
    "ru": ("исключено", "исключен", "удалено"),
    "zh": ("已删除", "删除"),
}  # fmt: skip
_LABEL = r"[\s\[(]{0,3}(?:\d{1,4})?[\s\])．.:]{0,4}"
_NOTE = re.compile(
    rf"(?i){_LABEL}[\[(]?(?:this\s|the\s)?(?:{'|'.join(re.escape(form) for forms in TABLE.values() for form in forms)})[\])]?[\s.。]{{0,3}}"
)


def withdrawn(entry: str) -> bool:
    """Whether the text of an entry, with or without its label, is nothing but such a note."""
    return len(entry) <= 60 and _NOTE.fullmatch(" ".join(entry.split())) is not None

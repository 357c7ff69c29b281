"""The links of a page that lead to another place of the file, as LaTeX and publishers set them. Runs in the process that opens the file."""

from __future__ import annotations

import ctypes
from typing import Any

from refaudit.readers.pdf.limits import LIMITS

"""Links of one page; a contents page has some 100."""


def jumps(document: Any, page: Any) -> list[list[float | None]]:
    """Each link as [left, bottom, right, top, page, left, top]: where it can be clicked and where it leads.

    The box is in points from the lower left corner of the page, the target as it stands in the file; what a destination leaves open is None.
    """
    from pypdfium2 import raw

    found: list[list[float | None]] = []
    box = page.get_bbox()
    position, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    has, place = [ctypes.c_int() for _ in range(3)], [ctypes.c_float() for _ in range(3)]
    while len(found) < LIMITS.links_per_page and raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
        target = raw.FPDFLink_GetDest(document.raw, link)
        if not target:
            action = raw.FPDFLink_GetAction(link)
            if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_GOTO:
                target = raw.FPDFAction_GetDest(document.raw, action)
        if not target or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(rect)):
            continue
        number = raw.FPDFDest_GetDestPageIndex(document.raw, target)
        if number < 0:
            continue
        raw.FPDFDest_GetLocationInPage(target, *map(ctypes.byref, has), *map(ctypes.byref, place))
        x, y = (float(value.value) if flag.value else None for flag, value in zip(has[:2], place[:2], strict=True))
        if x is None and y is None:
            x, y = _of_view(raw, target)
        found.append(
            [
                *(round(side, 1) for side in (rect.left - box[0], min(rect.bottom, rect.top) - box[1])),
                *(round(side, 1) for side in (rect.right - box[0], max(rect.bottom, rect.top) - box[1])),
                number,
                None if x is None else round(x, 1),
                None if y is None else round(y, 1),
            ]
        )
    return found


def _of_view(raw: Any, target: Any) -> tuple[float | None, float | None]:
    """Left and top of a destination that names a rectangle or a height to be shown."""
    count, values = ctypes.c_ulong(), (ctypes.c_float * 4)()
    view = raw.FPDFDest_GetView(target, ctypes.byref(count), values)
    if view == raw.PDFDEST_VIEW_FITR and count.value == 4:
        return values[0], values[3]
    if view in (raw.PDFDEST_VIEW_FITH, raw.PDFDEST_VIEW_FITBH) and count.value:
        return None, values[0]
    return None, None

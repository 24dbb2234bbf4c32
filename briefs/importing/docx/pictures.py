"""What a drawing or an object in a line holds: text in boxes, or a picture with a description."""

from collections.abc import Iterator

from briefs.importing.docx.elements import Element

_DESCRIBED = frozenset({"wp:docPr", "v:shape", "v:rect", "v:group"})
_SHAPE = "/wordprocessingShape"


def boxes_in(drawing: Element) -> list[Element]:
    """The text boxes of a drawing, but for those within another one."""
    boxes: list[Element] = []
    waiting = [drawing]
    while waiting:
        each = waiting.pop()
        if each.name == "w:txbxContent":
            boxes.append(each)
        else:
            waiting.extend(reversed(alternatives(each)))
    return boxes


def alternatives(element: Element) -> list[Element]:
    """The children of an element, of alternatives the first alone."""
    if element.name != "mc:AlternateContent":
        return element.children
    return next((each.children for each in element.children if each.children), [])


def is_turned(drawing: Element) -> bool:
    """Whether a picture stands otherwise than upright."""
    return any(each.get("rot") not in ("", "0") for each in drawing.within("a:xfrm"))


def outside_boxes(drawing: Element) -> Iterator[Element]:
    """A drawing and what is in it, in its order, but for the text boxes and all alternatives after
    the first."""
    waiting = [drawing]
    while waiting:
        each = waiting.pop()
        yield each
        if each.name != "w:txbxContent":
            waiting.extend(reversed(alternatives(each)))


def description(drawing: Element) -> str | None:
    """What a picture is said to show, blank when nothing is said; None for a mere line or frame."""
    said = [
        (each.get("descr") or each.get("title") or each.get("alt")).strip()
        for each in outside_boxes(drawing)
        if each.name in _DESCRIBED
    ]
    words = " ".join(" ".join(filter(None, said)).split())
    is_drawn = any(
        each.get("uri").endswith(_SHAPE) for each in drawing.within("a:graphicData")
    ) or not any(True for _each in drawing.within("a:graphicData", "v:imagedata", "w:control"))
    if not words and is_drawn and drawing.name != "w:object":
        return None
    return words

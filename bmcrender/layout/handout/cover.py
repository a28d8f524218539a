"""The first page of a handout: what it is, of whom, and the canvas with its steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from bmcrender.document import Text
from bmcrender.errors import CanvasError, Diagnostic
from bmcrender.handouts import Cover
from bmcrender.layout.handout.drawing import canvas_boxes
from bmcrender.layout.handout.setting import Setting
from bmcrender.sheets import FieldBlock, Rect, TextBlock

_TOUCHING_MM = 0.4


def cover(setting: Setting) -> Cover:
    """Return the cover, its title as large as it stands on few lines above the canvas."""
    return _Cover(setting).cover()


class _Cover:
    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.document = setting.document
        self.x, self.w = setting.content.x, setting.content.w
        self.gap = self.length("fields_gap")
        self.logo = self._logo()
        self.title_w = self.w - (self.logo.w + self.length("logo_gap") if self.logo else 0.0)
        self.foot = tuple(self._foot())
        self.bottom = min(block.rect.y for block in self.foot) - self.length("foot_gap")
        self.fields = tuple(self._fields())
        self.fields_h = max((field.value.rect.bottom for field in self.fields), default=0.0)

    def cover(self) -> Cover:
        head = self._head()
        canvas = self._canvas(head[-1].rect.bottom)
        named = {block.role: block for block in head}
        boxes = tuple(canvas_boxes(self.setting, canvas))
        texts = [*self.foot, *(text for box in boxes for text in (box.number, box.name))]
        if any(_cover(one.rect, other.rect) for one, other in combinations(texts, 2)):
            raise CanvasError([self._crowded(head)])
        return Cover(
            eyebrow=named.get("cover_eyebrow"),
            title=named["cover_title"],
            subtitle=named.get("subtitle"),
            fields=tuple(_lowered(field, canvas.y - self.gap - self.fields_h) for field in self.fields),
            logo=self.setting.placed(self.logo, self.setting.width) if self.logo else None,
            canvas=canvas,
            boxes=boxes,
            foot=self.foot,
        )

    def _crowded(self, head: Sequence[TextBlock]) -> Diagnostic:
        """Say which text of the cover is too long for this page."""
        heights = {"title": head[-1].rect.h, "footer": sum(block.rect.h for block in self.foot)}
        heights |= {"subtitle": head[-1].rect.h, "title": head[-2].rect.h} if self.document.subtitle else {}
        longest = max(heights, key=lambda name: heights[name])
        message = f"the cover leaves no room for the canvas: '{longest}' is too long for this page"
        return Diagnostic("error", "no-room", message, "shorten it, or choose a larger page", path=(longest,))

    def length(self, name: str) -> float:
        return self.setting.length(name, "cover")

    def _block(self, text: Text, role: str, y: float, width: float, size: float | None = None) -> TextBlock:
        return self.setting.block(text, role, Rect(self.x, y, width, 0), self.setting.width, size)

    def _canvas(self, head_bottom: float) -> Rect:
        """Return the place of the canvas: at the page's foot, as high as it is drawn, or as there is room."""
        drawn = self.w * float(self.setting.given["cover"]["canvas_ratio"])
        height = min(drawn, self.bottom - head_bottom - self._between)
        return Rect(self.x, self.bottom - height, self.w, height)

    @property
    def _between(self) -> float:
        """The height from the title's end to the canvas, fields and gaps."""
        return 2 * self.gap + self.fields_h if self.fields else self.gap

    def _head(self) -> list[TextBlock]:
        """Return eyebrow, title and subtitle, the title as large as lines and room allow."""
        given = self.setting.given["cover"]
        shaped = self.setting.typesetter.shaped(self.document.title, "cover_title")
        room = self.bottom - self.length("canvas_least") - self._between
        for points in (self.setting.typesetter.size("cover_title"), *given["title"]):
            size = self.setting.points(float(points))
            head = self._head_at(size)
            few = shaped.lines(self.title_w / size) <= int(given["lines"])
            if few and shaped.widest * size <= self.title_w and head[-1].rect.bottom <= room:
                break
        return head

    def _head_at(self, size: float) -> list[TextBlock]:
        document, blocks, y = self.document, [], self.length("top")
        if document.kind_title.plain != document.title.plain:
            blocks.append(self._block(document.kind_title, "cover_eyebrow", y, self.title_w))
            y = blocks[-1].rect.bottom + self.length("eyebrow_gap")
        blocks.append(self._block(document.title, "cover_title", y, self._balanced(size), size))
        if document.subtitle:
            y = blocks[-1].rect.bottom + self.length("subtitle_gap")
            width = self.w * float(self.setting.given["cover"]["width"])
            blocks.append(self._block(document.subtitle, "subtitle", y, width))
        return blocks

    def _balanced(self, size: float) -> float:
        """Return the narrowest width in which the title has no more lines than in the full one."""
        shaped = self.setting.typesetter.shaped(self.document.title, "cover_title")
        lines = shaped.lines(self.title_w / size)
        low, high = min(shaped.widest * size, self.title_w), self.title_w
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (low, middle) if shaped.lines(middle / size) <= lines else (middle, high)
        return high

    def _logo(self) -> Rect | None:
        image = self.document.logo
        if image is None:
            return None
        width, height = image.within(self.length("logo_width"), self.length("logo_height"))
        return Rect(self.x + self.w - width, self.length("top"), width, height)

    def _fields(self) -> Iterator[FieldBlock]:
        """Yield the fields side by side, from the page's upper edge down."""
        setting, fields, gap = self.setting, self.document.fields, self.length("field_gap")
        width = (self.w - gap * (len(fields) - 1)) / max(len(fields), 1)
        for index, field in enumerate(fields):
            rule = Rect(self.x + index * (width + gap), 0, width, 0)
            area = replace(rule, y=self.length("field_rule_gap"))
            label = setting.block(field.label, "field_label", area, setting.width)
            area = replace(area, y=label.rect.bottom + self.length("field_label_gap"))
            value = setting.block(field.value, "field_value", area, setting.width)
            yield FieldBlock(setting.placed(rule, setting.width), label, value)

    def _foot(self) -> Iterator[TextBlock]:
        """Yield the user's line and the attribution, from the foot of the page upwards."""
        y = self.setting.height - self.length("bottom")
        for text in (self.document.footer, self.document.attribution):
            if text is not None:
                y -= self.setting.height_of(text, "running", self.w)
                yield self._block(text, "running", y, self.w)


def _cover(one: Rect, other: Rect) -> bool:
    """Whether two texts stand on each other; lines may touch."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > _TOUCHING_MM and down > _TOUCHING_MM


def _lowered(field: FieldBlock, by: float) -> FieldBlock:
    """Return a field that stands further down."""

    def moved(rect: Rect) -> Rect:
        return replace(rect, y=rect.y + by)

    label, value = (replace(block, rect=moved(block.rect)) for block in (field.label, field.value))
    return FieldBlock(moved(field.rule), label, value)

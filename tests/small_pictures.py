"""Pictures kept small beside the tests, and how another differs from one of them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageStat

SEEN, MOST_SEEN = 64, 0.0005


@dataclass(frozen=True)
class Small:
    """How pictures are kept: in so many colours, chosen in such a way.

    Other versions of the libraries may draw edges otherwise, not more: `most_mean` is a mean over all
    channels, of 255; MOST_SEEN is the share of pixels in which a channel differs so much that one sees it.
    """

    colors: int
    chosen: Image.Quantize
    most_mean: float

    def kept(self, image: Image.Image) -> bytes:
        """The file of an image."""
        file = BytesIO()
        few = image.quantize(self.colors, self.chosen, dither=Image.Dither.NONE)
        few.save(file, "PNG", optimize=True)
        return file.getvalue()

    def difference(self, image: Image.Image, expected: Image.Image) -> str:
        """How an image differs from a stored one, nothing when one would not see it."""
        if image.size != expected.size:
            return f"is {' × '.join(map(str, image.size))} instead of {' × '.join(map(str, expected.size))} pixels"
        as_stored = Image.open(BytesIO(self.kept(image))).convert("RGB")
        between = ImageChops.difference(as_stored, expected.convert("RGB"))
        mean = sum(ImageStat.Stat(between).mean) / 3
        red, green, blue = between.split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        seen = sum(most.histogram()[SEEN + 1 :]) / (image.width * image.height)
        if mean <= self.most_mean and seen <= MOST_SEEN:
            return ""
        return f"differs by {mean:.2f} of 255 on average, and {seen:.2%} of its pixels differ much"

"""A logo's bytes to an `Image`: PNG or JPEG only, within the limits, decoded whole once, upright, in RGB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bmcrender import limits
from bmcrender.document import Image
from bmcrender.errors import CanvasError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
# What both renderers show alike. CMYK would break PDF/A, 16 bits a sample WeasyPrint cannot write.
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
_ORIENTATION = 0x0112  # the EXIF tag of a camera held askew, which only one of the renderers heeds
_KNOWN = (
    (b"<svg", "an SVG drawing"),
    (b"<?xml", "an SVG drawing"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "a WebP picture"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "an EPS drawing"),
    (b"BM", "a BMP"),
)


def logo_name(data: Any) -> str:
    """Return the path of the logo that a canvas's data names, or nothing."""
    name = data.get("logo") if isinstance(data, dict) else None
    return name.strip() if isinstance(name, str) else ""


def logo_image(data: bytes, name: str) -> Image:
    """Return the picture in a logo's bytes, or raise a CanvasError that says what is wrong with it."""
    if len(data) > limits.LOGO_BYTES:
        raise too_large(name, len(data))
    from PIL import Image as Pictures
    from PIL import ImageFile

    # Another library may have set this for the whole process; a cut-off logo must not pass.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    bound, Pictures.MAX_IMAGE_PIXELS = Pictures.MAX_IMAGE_PIXELS, None
    try:
        return _decoded(data, name)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES, Pictures.MAX_IMAGE_PIXELS = before, bound


def _decoded(data: bytes, name: str) -> Image:
    """Return the picture once every pixel of it was read."""
    from io import BytesIO

    from PIL import Image as Pictures
    from PIL import UnidentifiedImageError

    try:
        with Pictures.open(BytesIO(data), formats=list(_TYPES)) as picture:
            _measured(picture, name)
            picture.load()
            kind = str(picture.format)
            if picture.mode in _MODES and picture.getexif().get(_ORIENTATION, 1) == 1:
                return Image(data, _TYPES[kind], picture.width, picture.height)
            plain = _plain(picture)
            return Image(_encoded(plain, kind), _TYPES[kind], plain.width, plain.height)
    except UnidentifiedImageError:
        raise CanvasError.of(
            "logo-format", f'the logo "{name}" is {_kind(data)}', "save it as PNG or JPEG"
        ) from None
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        reason = " ".join(str(error).split())[:120]
        raise CanvasError.of(
            "logo-broken", f'the logo "{name}" cannot be read whole ({reason})', "save it anew as PNG or JPEG"
        ) from None


def _plain(picture: Picture) -> Picture:
    """Return a picture upright and in a mode that every renderer knows."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _MODES:
        return upright
    if upright.mode.startswith("I"):
        return upright.convert("I").point(lambda value: value / 256).convert("L")
    upright.info.pop("icc_profile", None)  # it describes the colours of before
    return upright.convert("RGB")


def _encoded(picture: Picture, kind: str) -> bytes:
    from io import BytesIO

    written = BytesIO()
    options = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    picture.save(written, kind, **options)
    return written.getvalue()


def _measured(picture: Picture, name: str) -> None:
    pixels = picture.width * picture.height
    if pixels > limits.LOGO_PIXELS:
        size = f"{picture.width:,} × {picture.height:,}"
        most = limits.LOGO_PIXELS // 1_000_000
        raise CanvasError.of(
            "logo-too-large",
            f'the logo "{name}" has {size} pixels; at most {most} million are allowed',
            "make it smaller: 1,000 pixels are plenty",
        )


def too_large(name: str, size: int) -> CanvasError:
    """Return the error for a logo whose file is too large."""
    most = limits.LOGO_BYTES // (1024 * 1024)
    message = f'the logo "{name}" has {size:,} bytes; at most {most} MiB are allowed'
    return CanvasError.of("logo-too-large", message, "make it smaller: 1,000 pixels are plenty")


def _kind(data: bytes) -> str:
    """Return what a file that is no PNG or JPEG probably is."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        return "empty"
    known = next((what for sign, what in _KNOWN if start.startswith(sign)), "")
    return f"{known}, not PNG or JPEG" if known else "no PNG or JPEG picture"

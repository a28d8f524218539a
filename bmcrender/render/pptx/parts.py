"""The parts of an Office file: what each holds, what it refers to, and all of them as one archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import dirname, relpath, split

from bmcrender.document import Image
from bmcrender.render.pptx.archive import archive
from bmcrender.render.pptx.markup import RELATIONSHIPS, escaped, xml_part

OPC = "http://schemas.openxmlformats.org/package/2006"
WHOLE = ""  # stands for the file itself where a part is named that refers to others
_OFFICE = "application/vnd.openxmlformats-officedocument."
# Content types of parts by their names without folder and number, where these are not the kind itself.
_TYPES = {
    "app": f"{_OFFICE}extended-properties+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "presentation": f"{_OFFICE}presentationml.presentation.main+xml",
    "theme": f"{_OFFICE}theme+xml",
}
TYPES_BY_ENDING = {
    "fntdata": "application/x-fontdata",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}

_Related = tuple[str, str, bool]  # kind, target, whether that is outside


class Package:
    """Parts by name, and what each refers to in the order in which it was asked for."""

    def __init__(self) -> None:
        self.parts: dict[str, bytes] = {}
        self._ids: dict[str, dict[_Related, str]] = {}
        self._pictures: dict[bytes, str] = {}

    def write(self, name: str, xml: str) -> None:
        """Add a part."""
        self.parts[name] = xml_part(xml)

    def relate(self, name: str, kind: str, target: str, outside: bool = False) -> str:
        """Return the id under which a part refers to another, or to an address; one id for each target."""
        ids = self._ids.setdefault(name, {})
        return ids.setdefault((kind, target, outside), f"rId{len(ids) + 1}")

    def link(self, name: str, url: str) -> str:
        """Return the id under which a part refers to an address."""
        return self.relate(name, f"{RELATIONSHIPS}/hyperlink", url, outside=True)

    def picture(self, image: Image) -> str:
        """Return the name of the part that holds a picture; the same picture is there once."""
        if image.data not in self._pictures:
            name = f"ppt/media/image{len(self._pictures) + 1}.{image.media_type.partition('/')[2]}"
            self.parts[name] = image.data
            self._pictures[image.data] = name
        return self._pictures[image.data]

    def archived(self) -> bytes:
        """Return the file."""
        related = {_beside(name): xml_part(_relationships(name, ids)) for name, ids in self._ids.items()}
        parts = self.parts | related
        return archive([("[Content_Types].xml", xml_part(_content_types(parts))), *parts.items()])


def _beside(name: str) -> str:
    """Return the name of the part with a part's relationships."""
    folder, file = split(name)
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _relationships(name: str, ids: Mapping[_Related, str]) -> str:
    """Return what a part refers to; parts are named from its own folder."""
    # With a slash before them, names do not depend on the working directory, which may be gone.
    folder = "/" + dirname(name)
    inner = "".join(
        f'<Relationship Id="{number}" Type="{kind}" Target="{escaped(target)}" TargetMode="External"/>'
        if outside
        else f'<Relationship Id="{number}" Type="{kind}" Target="{relpath("/" + target, folder)}"/>'
        for (kind, target, outside), number in ids.items()
    )
    return f'<Relationships xmlns="{OPC}/relationships">{inner}</Relationships>'


def _content_types(names: Iterable[str]) -> str:
    """Return the types of all parts: those of XML one by one, all others by the ends of their names."""
    endings = sorted({"rels", "xml", *(name.rpartition(".")[2] for name in names)})
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{TYPES_BY_ENDING[ending]}"/>' for ending in endings
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_type(name)}"/>'
        for name in sorted(names)
        if name.endswith(".xml")
    )
    return f'<Types xmlns="{OPC}/content-types">{defaults}{overrides}</Types>'


def _type(name: str) -> str:
    """Return the content type of an XML part: presentations name theirs after the kind of part."""
    kind = split(name)[1].removesuffix(".xml").rstrip("0123456789")
    return _TYPES.get(kind, f"{_OFFICE}presentationml.{kind}+xml")

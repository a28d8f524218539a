"""What no validator finds in a .pptx file: dead links and sections, missing titles, unused fonts."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "t": "http://schemas.openxmlformats.org/package/2006/content-types",
}
_R = f"{{{NS['r']}}}"
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_JUMP = "ppaction://hlinksldjump"
_DRAWN = ("ppt/slides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/notesSlides/", "ppt/notesMasters/")


class Package:
    """The parts of a file: XML by name, and the relationships of each part."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as source:
            self.names = source.namelist()
            self.bytes = {name: source.read(name) for name in self.names}
        self.xml = {
            name: etree.fromstring(content)
            for name, content in self.bytes.items()
            if name.endswith((".xml", ".rels"))
        }

    def relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return type, target (a part's name or an address) and whether it is outside, by id."""
        folder, file = posixpath.split(part)
        rels = self.xml.get(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found = {}
        for rel in () if rels is None else rels:
            outside = rel.get("TargetMode") == "External"
            target = rel.get("Target")
            inside = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[rel.get("Id")] = (
                rel.get("Type").rsplit("/", 1)[-1],
                target if outside else inside,
                outside,
            )
        return found

    def find(self, part: str, path: str) -> list:
        """Return what an XPath finds in a part."""
        return self.xml[part].xpath(path, namespaces=NS)

    def parts(self, *folders: str) -> list[str]:
        """Return the XML parts in some folders."""
        return [name for name in self.xml if name.startswith(folders) and "/_rels/" not in name]


def lint(data: bytes) -> list[str]:
    """Return what is wrong with a .pptx file, one sentence for each fault."""
    package = Package(data)
    checks = (
        _package, _presentation, _sections, _fonts, _relationships, _shapes, _slides, _order, _texts, _foreign
    )  # fmt: skip
    return [fault for check in checks for fault in check(package)]


def _package(package: Package) -> Iterator[str]:
    """Every part has a content type and every named part exists; the order is the one readers expect."""
    if package.names[:2] != ["[Content_Types].xml", "_rels/.rels"]:
        yield f"the archive begins with {package.names[:2]}"
    if len(set(package.names)) != len(package.names):
        yield "two parts have one name"
    types = package.xml["[Content_Types].xml"]
    overrides = {node.get("PartName").lstrip("/") for node in types.iterfind("t:Override", NS)}
    defaults = {node.get("Extension") for node in types.iterfind("t:Default", NS)} - {"xml"}
    for name in sorted(overrides - set(package.names)):
        yield f"a content type for {name}, which is not there"
    for name in package.names[1:]:
        if name not in overrides and name.rsplit(".", 1)[-1] not in defaults:
            yield f"no content type for {name}"


def _presentation(package: Package) -> Iterator[str]:
    """Ids are unique and in range, masters are listed, sections name slides that are there."""
    main = "ppt/presentation.xml"
    slides = [int(node.get("id")) for node in package.find(main, "p:sldIdLst/p:sldId")]
    if any(number < 256 for number in slides) or len(set(slides)) != len(slides):
        yield f"slide ids {slides}"
    masters = package.find(main, "p:sldMasterIdLst/p:sldMasterId/@id")
    layouts = [
        i for name in package.parts("ppt/slideMasters/") for i in package.find(name, "//p:sldLayoutId/@id")
    ]
    upper = [int(number) for number in [*masters, *layouts]]
    if len(set(upper)) != len(upper) or any(number < 2**31 for number in upper):
        yield f"ids of master and layouts {upper}"
    listed = package.find(main, "p:notesMasterIdLst/p:notesMasterId")
    if package.parts("ppt/notesMasters/") and not listed:
        yield "the notes master is not listed"


def _sections(package: Package) -> Iterator[str]:
    """Sections, if there are any, hold every slide once, in order, under names of their own."""
    main = "ppt/presentation.xml"
    lists = package.find(main, "//p14:sectionLst")
    if not lists:
        return
    if len(lists) > 1 or package.xml[main][-1].tag != f"{{{NS['p']}}}extLst":
        yield "more lists of sections than one, or one that is not at the end of the presentation"
    slides = package.find(main, "p:sldIdLst/p:sldId/@id")
    held = package.find(main, "//p14:sectionLst//p14:sldId/@id")
    for number in held:
        if number not in slides:
            yield f"a section names slide {number}, which is not there"
    if held != slides:
        yield f"sections hold {held}, the slides are {slides}"
    for what in ("name", "id"):
        given = package.find(main, f"//p14:section/@{what}")
        if len(set(given)) != len(given) or not all(one.strip() for one in given):
            yield f"sections whose {what} is none or not their own: {given}"


def _fonts(package: Package) -> Iterator[str]:
    """Embedded fonts are used, are what their entry says, and each family is there once."""
    main = "ppt/presentation.xml"
    entries = package.find(main, "p:embeddedFontLst/p:embeddedFont")
    if bool(entries) != (package.xml[main].get("embedTrueTypeFonts") == "1"):
        yield "embedded fonts are not announced, or are not there"
    used = {
        face
        for part in package.parts("ppt/")
        if part != main
        for face in package.find(part, "//a:latin/@typeface | //a:cs/@typeface | //a:buFont/@typeface")
    }
    families = [entry.find("p:font", NS).get("typeface") for entry in entries]
    if len(set(families)) != len(families):
        yield f"embedded twice: {families}"
    rels = package.relationships(main)
    for family, entry in zip(families, entries, strict=True):
        if family not in used:
            yield f"the embedded font {family} is used nowhere"
        for slot in entry[1:]:
            kind, target, _ = rels.get(slot.get(f"{_R}id"), ("", "", False))
            if kind != "font" or not _holds(package.bytes.get(target, b""), family):
                yield f"{etree.QName(slot).localname} of {family} is no font of that name"
    named = {rels[key][1] for key in package.find(main, "p:embeddedFontLst//@r:id") if key in rels}
    if named != {name for name in package.names if name.endswith(".fntdata")}:
        yield "fonts that no entry names"


def _holds(data: bytes, family: str) -> bool:
    """Whether a part is a font as Embedded OpenType, of some family."""
    if len(data) < 100 or int.from_bytes(data[:4], "little") != len(data) or data[34:36] != b"LP":
        return False
    size = int.from_bytes(data[82:84], "little")
    return data[84 : 84 + size].decode("utf-16-le") == family


def _relationships(package: Package) -> Iterator[str]:
    """Every relationship leads somewhere, every reference has one, and none is left over."""
    for part in package.parts("ppt/", "docProps/"):
        rels = package.relationships(part)
        used = {
            value for node in package.xml[part].iter() for key, value in node.items() if key.startswith(_R)
        }
        for missing in sorted(used - set(rels)):
            yield f"{part}: no relationship {missing}"
        for name, (kind, target, outside) in rels.items():
            if not outside and target not in package.names:
                yield f"{part}: {name} leads to {target}, which is not there"
            if outside and not target.startswith(("http://", "https://", "mailto:")):
                yield f"{part}: {name} leads out to {target}"
            if kind in ("hyperlink", "image") and name not in used:
                yield f"{part}: {name} ({kind}) is used by nothing"


def _shapes(package: Package) -> Iterator[str]:
    """Ids are unique in a part, names are there, jumps lead to slides, pictures have a description."""
    for part in package.parts(*_DRAWN):
        ids = Counter(package.find(part, "//p:cNvPr/@id"))
        if ids.most_common(1)[0][1] > 1:
            yield f"{part}: shape ids {ids}"
        rels = package.relationships(part)
        for node in package.find(part, "//a:hlinkClick[@action]"):
            kind = rels.get(node.get(f"{_R}id"), ("",))[0]
            if node.get("action") != _JUMP or kind != "slide":
                yield f"{part}: a click does {node.get('action')} with a {kind}"
        for node in package.find(part, "//p:cNvPr[not(parent::p:nvGrpSpPr)]"):
            if not node.get("name"):
                yield f"{part}: shape {node.get('id')} has no name"
            placed = node.getparent().find("p:nvPr/p:ph", NS) is not None
            told = node.get("descr") or node.find(f".//a:ext[@uri='{_DECORATIVE}']", NS) is not None
            written = node.getparent().getparent().find(".//a:t", NS) is not None
            if not placed and not told and not written:
                yield f"{part}: {node.get('name')} has neither text nor description"
        if package.find(part, "//a:spAutoFit | //a:bodyPr[@numCol] | //p:style"):
            yield f"{part}: a shape that resizes, a text in columns, or a style of its own"


def _slides(package: Package) -> Iterator[str]:
    """Every slide has one title with words, and its placeholders are those of its layout."""
    titles = []
    for part in package.parts("ppt/slides/"):
        rels = package.relationships(part)
        layouts = [target for kind, target, _ in rels.values() if kind == "slideLayout"]
        if len(layouts) != 1:
            yield f"{part}: {len(layouts)} layouts"
            continue
        found = package.find(part, "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title' or @type='ctrTitle']]")
        words = ["".join(node.itertext()).strip() for node in found]
        if len(words) != 1 or not words[0]:
            yield f"{part}: titles {words}"
        titles += words
        if package.find(part, "//p:ph[@type='dt' or @type='hdr']"):
            yield f"{part}: a date or a header"
        offered = Counter(map(_key, package.find(layouts[0], "//p:ph")))
        taken = Counter(map(_key, package.find(part, "//p:ph")))
        if max(taken.values(), default=0) > 1 or max(offered.values(), default=0) > 1:
            yield f"{part}: the same placeholder twice"
        for key in sorted(set(taken) - set(offered)):
            if key[0] != "title":
                yield f"{part}: its layout has no placeholder {key}"

    for title, count in Counter(titles).items():
        if count > 1:
            yield f"{count} slides with the title {title!r}"


def _order(package: Package) -> Iterator[str]:
    """The title is read first, after a line above it at most; footer and number come last."""
    for part in package.parts("ppt/slides/"):
        kinds = []
        for shape in package.find(part, "p:cSld/p:spTree/*[self::p:sp or self::p:pic]"):
            hidden = shape.find(f".//a:ext[@uri='{_DECORATIVE}']", NS) is not None
            holder = shape.find("*/p:nvPr/p:ph", NS)
            if not hidden:
                kinds.append("" if holder is None else holder.get("type", "obj"))
        first = next((at for at, kind in enumerate(kinds) if kind in ("title", "ctrTitle")), 99)
        if first > 1 or kinds[:first] not in ([], ["body"]):
            yield f"{part}: the title comes after {kinds[:first]}"
        feet = [kind in ("ftr", "sldNum") for kind in kinds]
        if feet != sorted(feet):
            yield f"{part}: something comes after the footers: {kinds}"


def _key(node: etree._Element) -> tuple[str, str]:
    """Return the type and the index of a placeholder."""
    return node.get("type", "obj"), node.get("idx", "0")


def _texts(package: Package) -> Iterator[str]:
    """Every run has a language and a size, every paragraph a direction and a side."""
    for part in package.parts("ppt/slides/", "ppt/notesSlides/", "ppt/slideLayouts/"):
        for run in package.find(part, "//a:r | //a:fld | //a:br"):
            properties = run.find("a:rPr", NS)
            if properties is None or not properties.get("lang") or not properties.get("sz"):
                yield f"{part}: {''.join(run.itertext())!r} has no language or size"
        for paragraph in package.find(part, "//p:txBody/a:p[a:r]"):
            properties = paragraph.find("a:pPr", NS)
            if properties is None or not properties.get("rtl") or not properties.get("algn"):
                yield f"{part}: {''.join(paragraph.itertext())!r} has no direction or side"
            end = paragraph.find("a:endParaRPr", NS)
            if end is None or not end.get("lang"):
                yield f"{part}: {''.join(paragraph.itertext())!r} has no language at its end"


def _foreign(package: Package) -> Iterator[str]:
    """Nothing is left of a template of another program."""
    for name, root in package.xml.items():
        whole = etree.tostring(root, encoding="unicode")
        for word in ("Calibri", "Steve Canny", "python-pptx", "PowerPoint Presentation", "Click to edit"):
            if word in whole:
                yield f"{name}: {word}"
        if "Default Section" in whole:
            yield f"{name}: a section without a name of its own"

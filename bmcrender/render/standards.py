"""What makes one PDF both PDF/A-3a and PDF/UA-1: the variant to ask for, and the metadata that names both."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint import Document as LaidOut

VARIANT = "pdf/a-3a"

# PDF/UA's identifier is not among PDF/A's own schemas, so PDF/A wants it described (ISO 19005-3, 6.6.2.3).
_IDENTIFIER = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def name_both(laid_out: LaidOut) -> None:
    """Let the metadata of a document laid out as PDF/A say that it is PDF/UA too."""
    metadata = laid_out.metadata
    own = metadata.generate_rdf_metadata

    def both(variant: str, version: int, conformance: str | None) -> bytes:
        rdf = bytes(own(variant, version, conformance))
        before, end, after = rdf.rpartition(b"</rdf:RDF>")
        assert end, "the metadata is not what WeasyPrint 70 writes"
        return before + _IDENTIFIER + end + after

    metadata.generate_rdf_metadata = both

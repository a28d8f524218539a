"""The reference: `plain_poster.py page.html out.pdf` draws a page as WeasyPrint's manual shows it."""

import sys
from pathlib import Path

from weasyprint import HTML

page, out = sys.argv[1:3]
HTML(string=Path(page).read_text("utf-8")).write_pdf(out, pdf_variant="pdf/a-3a")

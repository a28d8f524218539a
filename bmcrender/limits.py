"""The limits of what a canvas may hold: the one place where they are written."""

from __future__ import annotations

FILE_BYTES = 1024 * 1024
DEPTH = 16  # lists and mappings inside each other in the file
NODES = 20_000  # values and keys of one file
NUMBER_DIGITS = 300  # longer ones stay text: Python refuses to read them as numbers

MARKS = 4  # combining marks on one letter
TITLE_CHARACTERS = 200
FIELD_CHARACTERS = 500  # subtitle, organization, author, date, version, footer, a block's own title
ITEM_CHARACTERS = 2_000  # an item, a question
NOTE_CHARACTERS = 10_000  # speaker notes of a block or an item
WORD_CHARACTERS = 500  # without a place where a line may break
TOTAL_CHARACTERS = 60_000
ITEMS = 100  # of one block, nested ones counted
NESTING = 3  # levels of items
AUTHORS = 50
QUESTIONS = 50  # of one block

LOGO_BYTES = 5 * 1024 * 1024
LOGO_PIXELS = 16_000_000

TEMPLATE_BYTES = 50 * 1024 * 1024
TEMPLATE_UNPACKED_BYTES = 300 * 1024 * 1024
TEMPLATE_PARTS = 10_000
TEMPLATE_RATIO = 100  # unpacked to packed

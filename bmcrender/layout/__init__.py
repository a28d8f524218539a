"""Documents to sheets and decks: rectangles in millimetres and sized text."""

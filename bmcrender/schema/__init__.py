"""JSON Schemas of what users write: canvases and project files."""

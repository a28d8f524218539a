"""Fuzzing: mutated files for the loader, made canvases for the renderers, and what must hold for each."""

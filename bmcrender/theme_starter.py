"""The text of a new theme: what it extends, and as comments what most themes change."""

from __future__ import annotations

from bmcrender.model import Theme


def theme_starter(name: str, under: Theme, schema_ref: str) -> str:
    """Return the theme.yaml of a theme that looks like the one under it until a line is changed."""
    tokens = under.tokens
    lines = [
        f"# yaml-language-server: $schema={schema_ref}",
        f"theme: {name}",
        f"description: Made from {under.name}.",
        f"extends: {under.name}",
        "",
        "# Take away the # before what should differ. Only that belongs here; all else stays as it is there.",
        "# tokens:",
        "#   colors:",
        *(f'#     {color}: "{value}"' for color, value in tokens["colors"].items()),
        "#   groups:                # what blocks are about",
        *(f'#     {group}: "{value}"' for group, value in tokens["groups"].items()),
        "#   fonts:",
        "#     scripts:",
        *(f"#       {script}: {family}" for script, family in tokens["fonts"]["scripts"].items()),
        f"#   icons: {{weight: {tokens['icons']['weight']}}}   # light, regular, fill, duotone, thin, none",
        "#   type:                  # sizes in u: a hundredth of the page's short side",
        *(f"#     {role}: {{size: {tokens['type'][role]['size']}}}" for role in ("title", "heading", "item")),
    ]
    return "\n".join(lines) + "\n"

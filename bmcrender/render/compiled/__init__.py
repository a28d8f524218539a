"""The built-in templates as Python: written by `python -m bmcrender.parse_ahead`."""

# fmt: off
# The Jinja that compiled them; name and text (SHA-256) of each -> its module.
JINJA = "3.1.6"
MODULES = {
    ("handout.html.j2", "bba05f66b3f809260f6487b2328dec522a15303370f0bb8c53802af027441179"): "base_handout",
    ("outline.html.j2", "fac63a3c8d5dd06b4804ff7931d8f427b2f089d56147c1577cebd45e3715ae50"): "base_outline",
    ("poster.html.j2", "f63b3933ea2a37bf4cf772a68f4d47579ddc6808099b7dc27c57806eb3844afa"): "base_poster",
    ("text.html.j2", "bca89eb8fb17b63d4d56d73cf4466bb2a743a61aef8f0c3f48b845df6bd4137d"): "base_text",
}

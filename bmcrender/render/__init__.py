"""The leaves that turn a sheet or a deck into bytes: one module or package for each format."""

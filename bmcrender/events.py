"""The events of PyYAML's parsers; no constructor of PyYAML ever runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml


def parser(*, pure: bool = False) -> Any:
    """Return PyYAML's loader class: libyaml's where it is there."""
    return yaml.SafeLoader if pure else getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def events(text: str, *, pure: bool = False) -> Iterator[Any]:
    """Yield the parser's events; its own mistakes with odd escapes become syntax errors."""
    reader = parser(pure=pure)(text)
    try:
        while reader.check_event():
            yield reader.get_event()
    except (ValueError, OverflowError, RecursionError) as error:
        mark = reader.get_mark() if hasattr(reader, "get_mark") else None
        raise yaml.scanner.ScannerError(None, None, str(error), mark) from None
    finally:
        reader.dispose()

"""What every test may use: `golden` compares with a file of expected output, `command` runs a command."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

GOLDENS = Path(__file__).resolve().parent / "goldens"
SHOWN_LINES = 80
OWN_ID = pytest.StashKey[Any]()

# A busy machine is no fault of the code, and a failure must come again when it is looked into.
settings.register_profile("bmcrender", deadline=None, derandomize=True, database=None)
settings.load_profile("bmcrender")


# Programs that tests start are to run as from a shell, not as a part of the `make test` around them.
for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"):
    os.environ.pop(name, None)

# Nor is Ctrl-C to be ignored by them because a shell has started the tests in the background.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="write tests/goldens anew; runs the tests that use them"
    )


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and _shares(item) and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))
    if config.getoption("loadgroup", False):
        _name_groups(items)
    if not config.getoption("--update-goldens"):
        return
    writing = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in writing])
    items[:] = writing


def _name_groups(items: list[pytest.Item]) -> None:
    """Do what pytest-xdist 3.8 does for groups with an attribute that pytest 9.2 no longer reads.

    Without it tests of a group are strewn over all processes; see issue 1386 of pytest-xdist.
    """
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group is not None and hasattr(item, "_id"):
            item.stash[OWN_ID] = item._id
            item._id = type(item._id).parse(f"{item.nodeid}@{group.args[0]}")


@pytest.hookimpl(trylast=True)  # when the groups are told
def pytest_collection_finish(session: pytest.Session) -> None:
    for item in session.items:
        if OWN_ID in item.stash:
            item._id = item.stash[OWN_ID]


def _shares(item: pytest.Function) -> bool:
    """Whether tests of its module keep what they make for each other, so that one process should run them."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    if any(one.scope == "module" for found in fixtures for one in found):
        return True
    made_here = (one for one in vars(item.module).values() if hasattr(one, "cache_info"))
    return any(one.__module__ == item.module.__name__ for one in made_here)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return `golden(name, text)`: fails unless `text` is that of the file tests/goldens/<name>."""
    writes = request.config.getoption("--update-goldens")

    def compare(name: str, text: str) -> None:
        file = GOLDENS / name
        if writes:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
            return
        if not file.is_file():
            pytest.fail(f"tests/goldens/{name} is missing; write it with: make goldens", pytrace=False)
        expected = file.read_bytes().decode()
        if text != expected:
            changes = unified_diff(
                expected.splitlines(), text.splitlines(), f"goldens/{name}", "now", lineterm=""
            )
            shown = "\n".join(islice(changes, SHOWN_LINES)) or "(line endings differ)"
            pytest.fail(f"{shown}\nIf this is meant: make goldens, and look at the diff.", pytrace=False)

    return compare


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give workers a folder for their temporary files, and find it empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return `command(*words)`: exit code, output and messages of a command run in an empty folder."""
    from bmcrender.cli.app import run

    monkeypatch.chdir(tmp_path)

    def ran(*words: str) -> tuple[int, str, str]:
        code = run(words)
        return code, *capsys.readouterr()

    return ran

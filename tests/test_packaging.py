"""What is built is what lies in the folders, and works on its own, without network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

import bmcrender

ROOT = Path(__file__).resolve().parent.parent
DATA = ("schemas", "themes", "fonts")
DIST_INFO = f"bmcrender-{bmcrender.__version__}.dist-info"
DEAD = "http://127.0.0.1:9"
EXAMPLES = ("en-fiddlewood.yaml", "fa-khaknegar.yaml")

# Refuses the network to every Python process of an environment, the worker's too.
FENCE = """
import sys

def fence(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        raise RuntimeError(f"network: {arguments}")
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        raise RuntimeError(f"network: {arguments}")

sys.addaudithook(fence)
"""

# Several tests share one build: a run on many processes keeps them on one (`--dist loadgroup`).
pytestmark = [pytest.mark.xdist_group("packaging"), pytest.mark.slow]


def built(source: Path, target: str, folder: Path) -> Path:
    """Build a wheel or an sdist with the build backend of pyproject.toml; return its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    return file


def contents(wheel: Path) -> dict[str, bytes]:
    """Return the files of a wheel by name."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder of the checkout by their names in it; nothing that is left by tools."""
    found = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in found}
    return {
        name: path.read_bytes()
        for name, path in named.items()
        if "__pycache__" not in path.parts and not path.name.startswith(".") and not name.endswith("~")
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    return message_from_bytes(contents(wheel)[f"{DIST_INFO}/METADATA"])


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel installed and its dependencies in reach, but not this checkout."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--isolated", "--python", str(python), "install", "-q"]
    subprocess.run([*install, "--no-index", "--no-deps", str(wheel)], check=True, timeout=60)
    (site,) = folder.glob("lib/python*/site-packages")
    # Path files inside a folder that is itself named by one are not read: an editable install stays out.
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("\n".join(sorted(paths)), encoding="utf-8")
    (site / "fence.py").write_text(FENCE, encoding="utf-8")
    # Not a sitecustomize: Debian has one of its own, and there is but one.
    (site / "fence.pth").write_text("import fence\n", encoding="utf-8")
    return folder


def run(environment: Path, cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment in a folder, with proxies that lead nowhere."""
    proxies = {f"{scheme}_proxy": DEAD for scheme in ("http", "https", "all")}
    proxies |= {name.upper(): value for name, value in proxies.items()}
    clean = {"PATH": f"{environment / 'bin'}{os.pathsep}{os.defpath}", "HOME": str(cwd), "LC_ALL": "C.UTF-8"}
    kept = {name: value for name, value in os.environ.items() if name.startswith(("LD_", "DYLD_"))}
    program = str(environment / "bin" / command[0])
    return subprocess.run(
        [program, *command[1:]],
        cwd=cwd,
        env=kept | clean | proxies,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two canvases and nothing else."""
    for name in EXAMPLES:
        (tmp_path / name).write_bytes((ROOT / "examples" / name).read_bytes())
    return tmp_path


# -- what is in it -------------------------------------------------------------------------------------


def test_the_wheel_holds_the_package_and_the_root_folders_and_nothing_else(wheel: Path) -> None:
    expected = {f"bmcrender/{name}": data for name, data in files(ROOT / "bmcrender").items()}
    for root in DATA:
        expected |= {f"bmcrender/_data/{root}/{name}": data for name, data in files(ROOT / root).items()}
    assert "bmcrender/_data/fonts/coverage.json" in expected
    assert "bmcrender/_data/themes/classic/theme.yaml" in expected
    assert "bmcrender/languages/fa/bmc.yaml" in expected
    found = {name: data for name, data in contents(wheel).items() if not name.startswith(DIST_INFO)}
    assert sorted(found) == sorted(expected)
    assert [name for name in expected if found[name] != expected[name]] == []


def test_the_sdist_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = built(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's Python has none yet
        archive.extractall(tmp_path)
    (source,) = tmp_path.glob("bmcrender-*")
    again = contents(built(source, "wheel", tmp_path / "wheel"))
    assert sorted(again) == sorted(contents(wheel))
    assert again == contents(wheel)


def test_the_sdist_holds_what_make_needs(tmp_path: Path) -> None:
    with tarfile.open(built(ROOT, "sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "Makefile",
        ".ci/system-packages",
        "LICENSE",
        "pyproject.toml",
        "tests/conftest.py",
        f"examples/{EXAMPLES[0]}",
    } <= names
    assert not {
        name for name in names if name.startswith((".venv", "build/", ".git/")) or "__pycache__" in name
    }


def test_the_metadata_names_three_licences_and_carries_their_texts(wheel: Path, metadata: Message) -> None:
    assert metadata["License-Expression"] == "MIT AND CC-BY-SA-3.0 AND OFL-1.1"
    carried = {
        name.removeprefix(f"{DIST_INFO}/licenses/") for name in contents(wheel) if "/licenses/" in name
    }
    assert set(metadata.get_all("License-File", [])) == carried
    families = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "fonts").rglob("*.ttf")}
    families |= {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "themes").rglob("*.ttf")}
    assert len(families) >= 10
    expected = {"LICENSE", "LICENSES/CC-BY-SA-3.0.txt", "themes/_base/assets/icons/LICENSE"}
    assert carried == expected | {f"{family}/OFL.txt" for family in families}


def test_the_wheel_stays_small_enough_to_install_everywhere(wheel: Path) -> None:
    assert wheel.stat().st_size < 8 * 2**20
    assert wheel.name.endswith("-py3-none-any.whl")


def test_each_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    named = [*project["dependencies"], *(name for name in extras if not name.startswith("bmcrender["))]
    assert len(named) >= 15
    assert [name for name in named if f"| `{name}` |" not in explained] == []


# -- what it does --------------------------------------------------------------------------------------


def test_the_fence_holds(environment: Path, tmp_path: Path) -> None:
    """Without this the tests below could pass on a machine with network, whatever the program does."""
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    assert "RuntimeError: network" in run(environment, tmp_path, "python", "-I", "-c", code).stderr


def test_the_installed_package_is_the_wheels_own(environment: Path, tmp_path: Path) -> None:
    code = "import bmcrender; print(bmcrender.__file__)"
    done = run(environment, tmp_path, "python", "-I", "-c", code)
    assert Path(done.stdout.strip()).is_relative_to(environment), done.stderr


def test_the_installed_program_says_its_version(environment: Path, tmp_path: Path) -> None:
    done = run(environment, tmp_path, "bmcrender", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert bmcrender.__version__ in done.stdout


def test_the_installed_program_checks(environment: Path, folder: Path) -> None:
    assert run(environment, folder, "bmcrender", "check", *EXAMPLES).returncode == 0
    (folder / "wrong.yaml").write_text("title: A\nblocks: {costs: [x]}\n", encoding="utf-8")
    done = run(environment, folder, "bmcrender", "check", "wrong.yaml")
    assert done.returncode == 1
    assert "wrong.yaml:2:10: error[" in done.stderr


def test_the_installed_program_renders_without_network(environment: Path, folder: Path) -> None:
    done = run(environment, folder, "bmcrender", *EXAMPLES, "--pdf", "--pptx")
    assert done.returncode == 0, done.stderr
    starts = {".pdf": b"%PDF-", ".pptx": b"PK\x03\x04"}
    for name in EXAMPLES:
        for suffix, start in starts.items():
            assert (folder / name).with_suffix(suffix).read_bytes().startswith(start)

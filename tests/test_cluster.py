"""A Dask cluster: the same bytes as a local run, its versions checked, what fails told in one line."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bmcrender.cluster import _checked, crew, versions_here
from bmcrender.errors import MachineError, UsageError

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = [ROOT / "examples" / f"{name}.yaml" for name in ("fa-khaknegar", "fr-premier-jet")]
NEEDS_DASK = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="the package distributed is not installed"
)
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two processes."""
    folder = tmp_path_factory.mktemp("cluster")
    script = folder / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment(),
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        yield running.stdout.readline().strip()
        running.stdin.close()


def ran(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bmcrender", *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@NEEDS_DASK
def test_a_cluster_gives_the_same_bytes(tmp_path: Path, address: str) -> None:
    (tmp_path / "wrong.yaml").write_text("titel: x\n", encoding="utf-8")
    words = (*map(str, EXAMPLES), "wrong.yaml", "--pdf")
    here = ran(tmp_path, *words, "-o", "here/", "-j", "2")
    there = ran(tmp_path, *words, "-o", "there/", "--dask", address)
    assert (here.returncode, there.returncode) == (1, 1), there.stderr
    assert there.stdout.replace("there/", "here/") == here.stdout
    assert "wrong.yaml:1:1: error[unknown-key]" in there.stderr
    assert "3 canvases: 2 done, 1 with errors, 2 files, " in there.stderr
    made = sorted((tmp_path / "here").iterdir())
    assert len(made) == 2
    assert [one.read_bytes() for one in made] == [
        (tmp_path / "there" / one.name).read_bytes() for one in made
    ]


@NEEDS_DASK
@pytest.mark.matrix
def test_a_cluster_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    ended = ran(tmp_path, str(EXAMPLES[0]), "-o", "x.pdf", "--dask", "tcp://127.0.0.1:1")
    assert ended.returncode == 4
    assert ended.stderr.startswith("error[no-cluster]: tcp://127.0.0.1:1 cannot be reached: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["nowhere", "tcp://host", "host:8786"])
def test_what_is_no_address_is_wrong_usage(address: str) -> None:
    with pytest.raises(UsageError, match=f"--dask {address} is no address"), crew(address):
        pass


def test_without_dask_it_is_said_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not here')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bmcrender", str(EXAMPLES[0]), "-o", "x.pdf", "--dask", "tcp://a:1"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr == (
        "error[no-cluster]: --dask needs the package distributed, which is not installed; "
        "install bmcrender[dask]\n"
    )


# -- versions --------------------------------------------------------------------------------------------


def cluster_with(**answers: Any) -> SimpleNamespace:
    """What is asked of a connection, answered by a cluster of two that has these versions."""
    ours = versions_here()
    theirs = {"tcp://a:1": ours, "tcp://b:2": {**ours, **answers}}
    return SimpleNamespace(nthreads=lambda: dict.fromkeys(theirs, 2), run=lambda _: theirs)


def test_equal_versions_are_taken() -> None:
    assert _checked(cluster_with(), "tcp://x:1") == 4


def test_other_versions_are_refused_by_worker_and_name() -> None:
    with pytest.raises(MachineError) as raised:
        _checked(cluster_with(weasyprint="1.0", pango="1.2.3"), "tcp://x:1")
    (one,) = raised.value.diagnostics
    assert one.code == "cluster-versions"
    assert one.message.startswith("the worker tcp://b:2 would give other bytes: it has weasyprint 1.0 (here ")
    assert "pango 1.2.3 (here " in one.message
    assert "tcp://a:1" not in one.message


def test_a_cluster_without_workers_or_without_bmcrender_is_told() -> None:
    def lacks(_: object) -> None:
        raise ModuleNotFoundError("No module named 'bmcrender'")

    with pytest.raises(MachineError, match="has no workers"):
        _checked(SimpleNamespace(nthreads=dict), "tcp://x:1")
    with pytest.raises(MachineError, match="cannot load this bmcrender: No module named"):
        _checked(SimpleNamespace(nthreads=lambda: {"a": 1}, run=lacks), "tcp://x:1")


@NEEDS_DASK
def test_a_cluster_that_breaks_down_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import CancelledError

    from bmcrender import cluster

    answers = cluster_with()

    class Connection(nullcontext[Any]):
        def __enter__(self) -> SimpleNamespace:
            return SimpleNamespace(**vars(answers), get_executor=lambda: None)

    monkeypatch.setattr(cluster, "_client", lambda _: Connection())
    with pytest.raises(MachineError, match="tcp://x:1 was lost: it is gone"), crew("tcp://x:1"):
        raise CancelledError("it is gone")

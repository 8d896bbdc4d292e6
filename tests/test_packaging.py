"""The wheel carries everything that a command needs, and nothing of the machine it was made on."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kernegotiate as kn
from kernegotiate.analysis import experiment_names

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = "kernegotiate/_shipped"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("kernegotiate-*.whl")
    return zipfile.ZipFile(made)


def in_wheel(wheel: zipfile.ZipFile, folder: str, ending: str = "") -> set[str]:
    start = f"{folder}/"
    names = (name.removeprefix(start) for name in wheel.namelist() if name.startswith(start))
    return {name for name in names if name.endswith(ending)}


def in_repository(folder: str) -> set[str]:
    return {
        path.relative_to(ROOT / folder).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("folder", ["scenarios", "experiments", "viz"])
def test_data_travel_inside(wheel: zipfile.ZipFile, folder: str) -> None:
    assert in_wheel(wheel, f"{SHIPPED}/{folder}") == in_repository(folder)


def test_all_code_travels(wheel: zipfile.ZipFile) -> None:
    inside = in_wheel(wheel, "kernegotiate")
    assert {name for name in inside if not name.startswith("_shipped/")} == in_repository(
        "kernegotiate"
    )
    assert {name.partition("/")[0] for name in wheel.namelist()} == {
        "kernegotiate",
        f"kernegotiate-{kn.__version__}.dist-info",
    }


def test_built_ins_are_found_in_the_unpacked_wheel(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}

    def python(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(
            command, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    where = Path(python("-c", "import kernegotiate; print(kernegotiate.__file__)").strip())
    assert where.is_relative_to(tmp_path / "site")
    listed = python("-m", "kernegotiate", "list")
    for name in (*kn.scenario_names(), *kn.institution_names(), *experiment_names()):
        assert name in listed
    code = "from kernegotiate.scenario import shipped; print(shipped('viz') / 'app.py')"
    app = Path(python("-c", code).strip())
    assert app.is_relative_to(tmp_path / "site")
    assert app.is_file()
    assert python("-m", "kernegotiate", "describe", "mekong_delta").startswith("mekong_delta (")


def test_the_lock_names_no_host() -> None:
    assert "http" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_no_file_names_a_place_on_a_machine() -> None:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("needs the repository")
    place = re.compile(rb"/(?:work|root)/\w")
    names = [name for name in done.stdout.decode().split("\0") if (ROOT / name).is_file()]
    assert len(names) > 100
    found = [name for name in names if place.search((ROOT / name).read_bytes())]
    assert found == []

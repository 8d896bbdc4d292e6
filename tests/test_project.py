"""What surrounds the code: workflows, templates, releases."""

import re
import sys
from pathlib import Path

import pytest
import yaml

import kernegotiate

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import release  # noqa: E402 (a tool, not a package)

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands(workflow: Path) -> list[str]:
    """All commands of a workflow."""
    jobs = yaml.safe_load(workflow.read_text())["jobs"]
    return [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_calls_targets_of_the_makefile(workflow):
    called = [word for line in commands(workflow) for word in re.findall(r"make ([a-z -]+)", line)]
    assert called
    assert {target for words in called for target in words.split()} <= TARGETS


def test_the_service_asks_what_ci_asks():
    asked = set(re.findall(r"^make (\w+)", (ROOT / ".ci" / "run").read_text(), re.MULTILINE))
    called = set(commands(ROOT / ".github" / "workflows" / "test.yml"))
    assert {f"make {target}" for target in asked} <= called


def test_the_matrix_holds_the_pythons_that_are_promised():
    promised = re.findall(
        r"Programming Language :: Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text()
    )
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == promised


def test_types_travel_with_the_package():
    assert (Path(kernegotiate.__file__).parent / "py.typed").exists()


def released(tmp_path: Path, **changed: str) -> Path:
    """A project that can be released as 1.2.3, but for what is changed."""
    files = {
        "kernegotiate/__init__.py": '__version__ = "1.2.3"\n',
        "pyproject.toml": '[project]\nversion = "1.2.3"\n',
        "CITATION.cff": "version: 1.2.3\n",
        "CHANGELOG.md": "## [1.2.3] - 2026-01-31\n",
        "dist/kernegotiate-1.2.3-py3-none-any.whl": "",
        "dist/kernegotiate-1.2.3.tar.gz": "",
    }
    for name, text in (files | changed).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_a_release_that_agrees_with_itself_passes(tmp_path):
    assert release.problems("v1.2.3", released(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("kernegotiate/__init__.py", '__version__ = "1.2.4"\n'),
        ("pyproject.toml", '[project]\nversion = "1.2"\n'),
        ("CITATION.cff", "version: 1.2.4\n"),
        ("CHANGELOG.md", "## [Unreleased]\n"),
        ("dist/kernegotiate-1.2.2.tar.gz", ""),
    ],
)
def test_a_release_that_contradicts_itself_is_refused(tmp_path, file, text):
    (problem,) = release.problems("v1.2.3", released(tmp_path, **{file: text}))
    assert problem.startswith(file.split("/", maxsplit=1)[0])


def test_the_present_files_name_one_version():
    assert set(release.versions().values()) == {kernegotiate.__version__}

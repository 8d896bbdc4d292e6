"""`explain`: tables for a reader, numbers for a program, a figure for a page."""

import re
from pathlib import Path
from typing import Any

import pytest

import kernegotiate as kn
from kernegotiate.analysis.explanation import LEDGER_LINES, PARTS
from kernegotiate.analysis.labels import (
    CAUSE_MEANING,
    CAUSE_WORDS,
    LINE_WORDS,
    PART_WORDS,
    RISK_WORDS,
    causes_by_risk,
)
from kernegotiate.analysis.plot import FAINT, HAD, INK, LOST, _number
from kernegotiate.cli import output
from kernegotiate.engine.diagnosis import CAUSES, RISK

ONE = "explain mekong_delta --coordinator lga --runs 10 --seed 2 --set years=6"
TWO = "explain mekong_delta --coordinator none empowered_board --runs 10 --set years=6 trust=.4"


def lines(text: str, start: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip().startswith(start)]


def test_every_line_and_cause_has_words() -> None:
    assert tuple(LINE_WORDS) == LEDGER_LINES
    assert set(CAUSE_WORDS) == set(CAUSE_MEANING) == set(CAUSES)
    assert set(RISK_WORDS) == set(RISK.values())
    assert tuple(PART_WORDS) == PARTS
    assert sorted(cause for of_risk in causes_by_risk().values() for cause in of_risk) == sorted(
        CAUSES
    )
    assert all(len(words) < 31 for words in LINE_WORDS.values())


def test_one_institution(say: Any) -> None:
    said = say(ONE)
    assert (said.code, said.err) == (0, "")
    found = kn.explain("mekong_delta", "lga", runs=10, seed=2, years=6)
    welfare = found.ledger.set_index("line").loc["welfare"]
    half = 50 * (welfare["share_high"] - welfare["share_low"])
    assert f"{100 * welfare['share']:.1f} ±{half:.1f}" in lines(said.out, "Welfare")[0]
    assert "Difference" not in said.out
    assert "10 runs of 6 years (seed 2). With years=6." in said.out
    for part, share in zip(found.parts["part"], found.parts["share"], strict=True):
        assert f" {100 * share:.1f} ±" in lines(said.out, PART_WORDS[part])[0]
    assert lines(said.out, "Signed, not kept")[-1].endswith("broke their promise")
    assert len(max(said.out.splitlines(), key=len)) <= output.WIDEST


def test_several_institutions_are_compared_with_the_first(say: Any) -> None:
    said = say(TWO)
    assert said.code == 0
    assert "Difference from No coordinator, in points of the best possible" in said.out
    assert len(lines(said.out, "Welfare")) == 3
    assert len(lines(said.out, "The best possible")) == 2  # does not differ
    assert len(lines(said.out, "Defection risk")) == 2
    assert "~ cannot be told from no difference" in said.out


def test_json(say: Any) -> None:
    found = say(f"{TWO} --json").json
    expected = kn.explain("mekong_delta", ["none", "empowered_board"], runs=10, years=6, trust=0.4)
    assert [row["share"] for row in found["ledger"]] == expected.ledger["share"].tolist()
    assert [row["value"] for row in found["causes"]] == expected.causes["value"].tolist()
    assert [row["share"] for row in found["parts"]] == expected.parts["share"].tolist()
    assert {row["baseline"] for row in found["differences"]} == {"none"}
    assert found["residual"] < 1e-9
    assert found["settings"] == {"years": 6, "trust": 0.4}
    assert {row["risk"] for row in found["risks"]} == set(RISK_WORDS)


def test_nothing_to_explain(say: Any) -> None:
    line = "explain mekong_delta --coordinator lga --runs 2 --set rate=0 years=2"
    said = say(line)
    assert said.code == 0
    assert "Every work that should have been built jointly was built." in said.out
    assert say(f"{line} --json").json["ledger"][0]["share"] is None


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "PNG"])
def test_figure(say: Any, tmp_path: Path, ending: str) -> None:
    file, drawn = tmp_path / f"own.{ending}", []
    for _ in range(2):  # the second replaces the first, which is the program's own
        said = " ".join(say(f"{TWO} --figure {file}").out.split())
        assert said.endswith(f"The figure is in {file}.")
        drawn.append(file.read_bytes())
    one, two = drawn
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[ending.lower()]
    assert one.startswith(start)
    assert one == two
    if ending == "svg":
        text = one.decode()
        for words in ("Empowered board", "Short horizons", "Welfare", "Defection risk"):
            assert words in text


EVERY = "none advisory_council lga conditional_funding empowered_board statute_planning"


def drawn(say: Any, file: Path, coordinators: str = "none empowered_board") -> str:
    """A figure as the text of an SVG."""
    line = f"explain mekong_delta --coordinator {coordinators} --runs 10 --set years=6 trust=.4"
    assert say(f"{line} --figure {file}").code == 0
    return file.read_text()


def test_a_figure_tells_what_was_lost(say: Any, tmp_path: Path) -> None:
    """Numbers of causes, risks and their sum are shares of the first best, in their order."""
    told = re.findall(r">([^<>]+)</text>", drawn(say, tmp_path / "own.svg", "none"))
    found = kn.explain("mekong_delta", "none", runs=10, years=6, trust=0.4)
    parts, risks, causes = (
        table.set_index(key)[column]
        for table, key, column in (
            (found.parts, "part", "share"),
            (found.risks, "risk", "lost"),
            (found.causes, "cause", "lost"),
        )
    )
    rows = [(PART_WORDS["not_built"], parts["not_built"])]
    for risk, of_risk in causes_by_risk().items():
        here = [cause for cause in of_risk if causes[cause] > 0.001]
        rows += [(RISK_WORDS[risk], risks[risk])] if here else []
        rows += [(CAUSE_WORDS[cause], causes[cause]) for cause in here]
    below = told[next(place for place, text in enumerate(told) if "not built" in text) :]
    numbers = [text for text in below if re.fullmatch(r"\d+\.\d", text)]
    assert numbers[-len(rows) :] == [f"{100 * share:.1f}" for _, share in rows]
    joined = " ".join(told)
    assert all(words in joined for words, _ in rows)
    assert "in % of the best possible" in joined


def test_colours_of_a_figure_mean_one_thing_each(say: Any, tmp_path: Path) -> None:
    filled = re.findall(r"fill: (#\w{6})", drawn(say, tmp_path / "own.svg"))
    coloured = {one for one in filled if one not in (INK, FAINT, "#ffffff")}
    assert coloured == {HAD, LOST}


@pytest.mark.parametrize("coordinators", ["none", "none lga", EVERY], ids=["one", "two", "six"])
def test_a_figure_fits_between_the_margins_of_a_page(
    say: Any, tmp_path: Path, coordinators: str
) -> None:
    text = drawn(say, tmp_path / "own.svg", coordinators)
    width = float(re.findall(r'<svg [^>]*width="([\d.]+)pt"', text)[0])
    assert width <= 72 * 6.7 + 0.01
    assert text.count("good works a run not built") == len(coordinators.split())
    told = re.findall(r">([^<>]+)</text>", text)
    assert "Crowded out: copies" in told  # "instead" stands on the next line


@pytest.mark.parametrize(
    ("share", "signed", "told"),
    [(0.1, False, "10.0"), (-0.1, True, "\N{MINUS SIGN}10.0"), (-1e-5, True, "0.0")],
)
def test_numbers_of_a_figure(share: float, signed: bool, told: str) -> None:
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    _number(axes, 0.0, 0, share, signed=signed)
    assert [text.get_text() for text in axes.texts] == [told]


def test_a_figure_of_nothing(say: Any, tmp_path: Path) -> None:
    file = tmp_path / "none.png"
    line = f"explain mekong_delta --coordinator lga --runs 2 --set rate=0 years=2 --figure {file}"
    assert say(line).code == 0
    assert file.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--figure x.jpg", "--figure: found 'x.jpg', allowed is a file that ends in .png, .svg"),
        ("--figure no/x.png", "--figure: there is no folder no"),
        ("--set quota=2", "override: quota: found 2, allowed is"),
        ("--coordinator lga", "coordinators: found 'lga' twice, allowed is once"),
        ("--coordinator counsel", "institution: there is no built-in 'counsel'"),
    ],
)
def test_errors_are_one_sentence(say: Any, options: str, sentence: str) -> None:
    said = say(f"explain mekong_delta --coordinator lga --runs 2 {options}")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"kernegotiate: {sentence}")
    assert said.err.count("\n") == 1


def test_a_folder_is_no_figure(say: Any, tmp_path: Path) -> None:
    (tmp_path / "x.png").mkdir()
    said = say(f"{ONE} --figure {tmp_path}/x.png")
    assert said.code == 2
    assert "is a folder, allowed is a file" in said.err


def test_a_figure_replaces_figures_only(say: Any, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.pdf"
    thesis.write_bytes(b"%PDF-1.7 years of work")
    said = say(f"{ONE} --figure {thesis}")
    assert (said.code, said.out) == (2, "")
    assert "is there and no figure of this program; choose another name" in said.err
    assert thesis.read_bytes() == b"%PDF-1.7 years of work"

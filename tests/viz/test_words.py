"""The languages of the window: each says everything, with the same braces, in its own words."""

import ast
import dataclasses
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import kernegotiate as kn
from kernegotiate.analysis.explanation import LEDGER_LINES
from kernegotiate.engine.diagnosis import CAUSES, FRICTIONS
from kernegotiate.scenario.projects import KINDS
from viz import words
from viz.state import LATER, MOVABLE
from viz.words import FOLDER, LANGUAGES, LOCAL, DoorWords, FeedWords, Words, sentence, speak

SAME = {"undefined", "nobody", "sentences.many_names"}  # a dash, a comma: alike in every language
MINUS = "\N{MINUS SIGN}"
OTHERS = [code for code in LANGUAGES if code != "en"]
# "hoà", "thuỷ" and the like, where this catalogue writes "hòa", "thủy"; "quý" is right
LATE_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b", re.IGNORECASE)


def flat(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Address and text of each string, such as ``terms.dues`` or ``sentences.nth.0``."""
    for key, value in table.items():
        if isinstance(value, list):
            yield from flat(
                {str(place): text for place, text in enumerate(value)}, f"{above}{key}."
            )
        elif isinstance(value, dict):
            yield from flat(value, f"{above}{key}.")
        else:
            yield above + key, value


def catalogue(code: str) -> dict[str, str]:
    """All strings of a language by address."""
    return dict(flat(tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))))


def braces(text: str) -> list[str]:
    """Names in braces, in alphabetical order."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def differing(code: str, what: Any) -> list[str]:
    """Addresses at which `what` of a string is not that of the English one."""
    english, other = catalogue("en"), catalogue(code)
    return [key for key in english if what(english[key]) != what(other.get(key, ""))]


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Words:
    """The words of each language in turn."""
    return speak(request.param)


def test_every_language_loads(spoken: Words) -> None:
    assert spoken.language
    assert spoken.sentences.work


def test_every_file_is_a_language_and_english_comes_first() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(LANGUAGES) >= {"vi"}
    assert LANGUAGES[0] == "en"


def test_names_are_told_in_a_language_of_the_files(spoken: Words) -> None:
    assert spoken.names_in in {"en", LOCAL}


@pytest.mark.parametrize("word", ["pause", "failed"])  # a word and one of a sentence
def test_a_language_that_lacks_a_word_does_not_load(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    text = (FOLDER / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "xx.toml").write_text(text, encoding="utf-8")
    assert replace(speak.__wrapped__("xx"), code="en") == speak("en")
    less = re.sub(rf"^{word} = .*\n", "", text, flags=re.MULTILINE)
    (tmp_path / "xx.toml").write_text(less, encoding="utf-8")
    with pytest.raises(TypeError, match=word):
        speak.__wrapped__("xx")


@pytest.mark.parametrize("code", OTHERS)
def test_the_same_keys(code: str) -> None:
    assert set(catalogue(code)) == set(catalogue("en"))


@pytest.mark.parametrize("code", OTHERS)
def test_the_same_braces(code: str) -> None:
    assert differing(code, braces) == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_same_lines_and_the_same_end(code: str) -> None:
    assert differing(code, lambda text: text.count("\n")) == []
    assert differing(code, lambda text: re.findall(r"(?<=.)[.:…]$", text)) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_capital_where_the_english_has_one(code: str) -> None:
    english, other = catalogue("en"), catalogue(code)
    both = english.keys() & other.keys()
    told = [key for key in both if "{" not in english[key][:1] + other[key][:1]]
    assert [key for key in told if english[key][0].isupper() != other[key][0].isupper()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_string_is_empty_or_padded(code: str) -> None:
    padded = {k for k, text in catalogue(code).items() if not text or text != text.strip()}
    assert padded <= {"percent_mark"}  # begins with a no-break space in English
    assert [key for key, text in catalogue(code).items() if "  " in text] == []


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_left_in_english(code: str) -> None:
    english, other = catalogue("en"), catalogue(code)
    assert {key for key in english if english[key] == other.get(key)} == SAME


def test_one_way_to_write_vietnamese() -> None:
    vietnamese = catalogue("vi")
    composed = {key: unicodedata.normalize("NFC", text) for key, text in vietnamese.items()}
    assert vietnamese == composed
    assert {key: text for key, text in vietnamese.items() if LATE_TONE.search(text)} == {}
    assert LATE_TONE.search("hoà giải")
    assert LATE_TONE.search("thuỷ lợi")
    assert not LATE_TONE.search("hòa giải, hoàn toàn, quý, khoản, thủy, khoán")


def test_every_setting_that_may_differ_has_a_label(spoken: Words) -> None:
    """With a slider or without one: a chip names what a link has changed."""
    movable = {p.name: p for p in kn.parameters() if p.part in MOVABLE and p.type != "list"}
    movable[LATER] = next(p for p in kn.parameters() if p.name == LATER)
    assert {"quota", "term", "foresight"} <= set(movable)
    assert set(movable) == set(spoken.settings)
    assert {p.group for p in movable.values() if p.part == "levers"} <= set(spoken.groups)


def test_choices_have_words(spoken: Words) -> None:
    known = {parameter.name: parameter for parameter in kn.parameters()}
    choices = {choice for name in spoken.settings for choice in known[name].choices}
    assert choices == set(spoken.values)


def test_labels_differ(spoken: Words) -> None:
    for table in (
        spoken.settings,
        spoken.values,
        spoken.cause_words,
        spoken.remedies,
        spoken.ledger_lines,
        spoken.terms,
    ):
        assert len(set(table.values())) == len(table)


def test_every_cause_friction_and_line_has_its_words(spoken: Words) -> None:
    assert set(spoken.cause_words) == set(CAUSES)
    assert set(spoken.remedies) == set(FRICTIONS)
    assert set(spoken.ledger_lines) == set(LEDGER_LINES)


def test_every_kind_of_work_has_its_word() -> None:
    assert len({kind.name_vi for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.name_vi != kind.name
        assert kind.name_vi == unicodedata.normalize("NFC", kind.name_vi).lower().strip()


def test_what_files_name_is_told_in_both_languages() -> None:
    scenario, council = kn.load_scenario("mekong_delta"), kn.load_institution("advisory_council")
    can_tho = next(g for g in scenario.region.governments if g.name == "Can Tho")
    english, vietnamese = speak("en"), speak("vi")
    assert (english.place(can_tho), vietnamese.place(can_tho)) == ("Can Tho", "Cần Thơ")
    for named in (scenario, council):
        assert (english.title_of(named), vietnamese.title_of(named)) == (
            named.title,
            named.title_vi,
        )


def test_a_file_says_whose_names_its_language_takes() -> None:
    scenario = kn.load_scenario("mekong_delta")
    third = replace(speak("en"), code="xx", names_in=LOCAL)
    assert third.title_of(scenario) == scenario.title_vi
    assert third.kind("port", {"port": "cảng"}) == "cảng"
    other = replace(speak("vi"), code="xx", names_in="en")
    assert other.title_of(scenario) == scenario.title
    assert other.kind("port", {"port": "cảng"}) == "port"


def test_every_currency_has_its_word(spoken: Words) -> None:
    shipped = {kn.load_scenario(name).region.currency for name in kn.scenario_names()}
    assert shipped <= set(spoken.currencies)


def test_the_opening_names_the_button(spoken: Words) -> None:
    assert re.search(rf"\b{spoken.step}\b", spoken.opening)


@pytest.mark.parametrize(
    ("value", "decimals", "english", "vietnamese"),
    [
        (1234567, 0, "1,234,567", "1.234.567"),
        (1234.5, 2, "1,234.50", "1.234,50"),
        (0.125, 2, "0.12", "0,12"),
        (-1234.56, 1, f"{MINUS}1,234.6", f"{MINUS}1.234,6"),
        (-0.4, 0, "0", "0"),
        (999, 0, "999", "999"),
    ],
)
def test_numbers(value: float, decimals: int, english: str, vietnamese: str) -> None:
    assert speak("en").number(value, decimals) == english
    assert speak("vi").number(value, decimals) == vietnamese


def test_shares_and_decimals() -> None:
    english, vietnamese = speak("en"), speak("vi")
    assert (english.percent(0.625), vietnamese.percent(0.625)) == ("62\N{NO-BREAK SPACE}%", "62%")
    assert english.percent(12.5) == "1,250\N{NO-BREAK SPACE}%"
    assert vietnamese.percent(12.5) == "1.250%"
    assert english.percent(float("nan")) == vietnamese.percent(float("nan")) == "\N{EN DASH}"
    assert (english.decimal(0.5), vietnamese.decimal(0.5)) == ("0.50", "0,50")


def test_values_of_levers() -> None:
    english, vietnamese = speak("en"), speak("vi")
    assert (english.value(True), vietnamese.value(True)) == ("on", "bật")
    assert (english.value("random"), vietnamese.value("random")) == ("at random", "ngẫu nhiên")
    assert (english.value(6), vietnamese.value(6)) == ("6", "6")
    assert (english.value(0.35), vietnamese.value(0.35)) == ("0.35", "0,35")
    assert (english.value(0.5), english.value(0.05)) == ("0.5", "0.05")
    assert (english.value(-0.25), english.value(1.234)) == (f"{MINUS}0.25", "1.23")
    assert (english.value(0.003), vietnamese.value(0.003)) == ("0.003", "0,003")


@pytest.mark.parametrize(
    ("value", "english", "vietnamese"),
    [
        (0.999, "1", "1"),
        (2.9999999999999996, "3", "3"),
        (-0.999, f"{MINUS}1", f"{MINUS}1"),
        (0.00999, "0.01", "0,01"),
        (0.0999, "0.1", "0,1"),
        (1234.999, "1,235", "1.235"),
        (1234.5, "1,234.5", "1.234,5"),
        (100.0, "100", "100"),
        (0.0, "0", "0"),
        (1e-9, "0.000000001", "0,000000001"),
        (float("nan"), "\N{EN DASH}", "\N{EN DASH}"),
    ],
)
def test_a_value_has_no_zeros_behind_and_no_mark(
    value: float, english: str, vietnamese: str
) -> None:
    assert (speak("en").value(value), speak("vi").value(value)) == (english, vietnamese)


def test_what_is_undefined_is_told_as_a_dash(spoken: Words) -> None:
    nothing = float("nan")
    told = {spoken.number(nothing, 1), spoken.percent(nothing), spoken.decimal(nothing)}
    assert told == {spoken.undefined}


def test_lists_of_names_and_ways() -> None:
    english, vietnamese = speak("en"), speak("vi")
    assert english.names("ABC") == "A, B and C"
    assert vietnamese.names("ABC") == "A, B và C"
    assert english.ways("ABCD") == "A, B, C or D"
    assert vietnamese.ways("ABCD") == "A, B, C, hoặc D"
    assert vietnamese.names("AB") == "A và B"
    assert vietnamese.names("A") == "A"
    assert vietnamese.names("") == ""


def test_numerals() -> None:
    assert [speak("en").nth(n) for n in (2, 10, 11)] == ["second", "tenth", "11th"]
    assert [speak("vi").nth(n) for n in (2, 10, 11)] == ["thứ hai", "thứ mười", "thứ 11"]


def test_a_vietnamese_story() -> None:
    spoken = speak("vi")
    say = spoken.sentences
    work = say.work.format(kind="cảng", host="Cà Mau")
    another = say.another_work.format(kind="cảng", nth=spoken.nth(2), host="Cà Mau")
    assert work == "cảng tại Cà Mau"
    assert another == "cảng thứ hai tại Cà Mau"
    names = spoken.names(["Bạc Liêu", "Cà Mau"])
    assert sentence(say.agreed.format(names=say.everyone.format(n=5), work=work)) == (
        "Cả 5 bên ký thỏa thuận về cảng tại Cà Mau."
    )
    assert sentence(say.failed_by_many.format(names=names, work=work)) == (
        "Cảng tại Cà Mau không được thông qua; Bạc Liêu và Cà Mau đều từ chối."
    )
    ways = spoken.ways([spoken.remedies["trust"], spoken.remedies["division"]])
    assert say.helped.format(ways=ways) == (
        "Lẽ ra đã được thông qua nếu các bên hoàn toàn tin nhau, "
        "hoặc bên được lợi bù cho bên thiệt."
    )


@pytest.mark.parametrize("kind", [kind.name_vi for kind in KINDS])
def test_a_sentence_starts_with_a_capital_also_beyond_ascii(kind: str) -> None:
    told = sentence(speak("vi").sentences.work.format(kind=kind, host="Cà Mau"))
    assert told[0].isupper()
    assert told[1:] == f"{kind} tại Cà Mau"[1:]
    assert sentence("đường") == "Đường"


WORDS = {"words", "self.words"}
"""What the code calls the words of a language; in their own methods also `self`."""
DOOR = {"door"}
SENTENCES = {"say", "self.sentences", "words.sentences", "self.words.sentences"}


def shown_words(code: str, called: set[str]) -> set[str]:
    """Words that a module takes from what it calls so, or names to something that takes them."""
    return {name for node in ast.walk(ast.parse(code)) for name in taken(node, called)}


def taken(node: ast.AST, called: set[str]) -> Iterator[str]:
    """Words that one node of the code takes.

    Four ways: `words.title`; names in a function that has `getattr(words, name)`; the sentence of
    a `Wrong`, which takes it from the words when it is told; the heading of a refusal.
    """
    if isinstance(node, ast.Attribute):
        of = ast.unparse(node.value)
        if of in called or of.startswith("speak("):
            yield node.attr
    if isinstance(node, ast.FunctionDef) and "getattr(words, name)" in ast.unparse(node):
        yield from texts(node)
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Wrong", "self._try"}:
        yield from texts(node.args[0])
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "pages.refusal":
        for name in texts(node.args[1]):
            yield from (name, f"{name}_help")


def texts(node: ast.AST) -> Iterator[str]:
    """Strings in a piece of code."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


@pytest.mark.parametrize(
    ("kind", "called"), [(Words, WORDS), (FeedWords, SENTENCES), (DoorWords, DOOR)]
)
def test_every_word_is_used(kind: type, called: set[str]) -> None:
    folder, shown = Path(words.__file__).parent, set[str]()
    for path in folder.rglob("*.py"):
        own = {"self"} if path.stem in {"words", "numerals"} else set()
        shown |= shown_words(path.read_text(encoding="utf-8"), called | own)
    names = {field.name for field in dataclasses.fields(kind)}
    assert names - shown == set()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("Panel('map', words.map)", {"map"}),
        ("Tab(speak(code).language)", {"language"}),
        ("import map, share; step = map.picture(share, 'keys', view.year)", set()),
        ("def Clock(words):\n    names = ('play',)\n    [getattr(words, name) for name in names]",
         {"play"}),
        ("def Clock(words):\n    names = ('play',)", set()),
        ("Wrong('bad_file', error)", {"bad_file"}),
        ("self._try('bad_file', 'title')", {"bad_file"}),
        ("pages.refusal(404, 'nothing', form=True)", {"nothing", "nothing_help"}),
    ],
)  # fmt: skip
def test_other_code_is_no_use_of_a_word(code: str, found: set[str]) -> None:
    assert shown_words(code, WORDS) == found

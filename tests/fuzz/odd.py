"""Odd values: numbers at the edge, texts that break terminals and tables, objects of any type."""

import math
from random import Random
from typing import Any

NUMBERS: tuple[Any, ...] = (
    0, 1, 2, 3, -1, 0.5, -0.0, 1.0, 1e-320, 5e-324, 1e-9, 0.1 + 0.2, 1 - 2**-53, 1e15, 2**31,
    2**53,
    2**63 - 1, 2**63, 2**64, 10**30, 10**400, -(2**63), 1.7976931348623157e308, -1e308,
    float("nan"), float("inf"), float("-inf"),
)  # fmt: skip

NUMERALS = (
    "0", "1", "-1", "+1", "007", ".5", "5.", "1e3", "1E400", "1e-400", "1_0", "0x1F", "0b1", "1,5",
    "1.000", "1.000,5", "1 000", "1\u00a0000", "1'000", "\u0660.\u0665", "½", "Ⅷ", "१",
    "\u22121", "--1", "1-",
    "nan", "NaN", "inf", "-Infinity", "1/2", "50 %", "50%", "1d", "1e", "1e5e5", "9" * 400,
    "9" * 5000, "0." + "0" * 400 + "1", "true", "1979-05-27",
)  # fmt: skip

TEXTS = (
    "", " ", "  x ", "x", "X", "none", "lga", "mekong_delta", "a", "b", "c", "d", "null", "true",
    "Cần Thơ", "Câ\u0300n Thơ", "\uff4c\uff47\uff41", "İ", "ß", "ﬁ", "a\u0301", "\u0301",
    "\u202eabc\u202c", "\u2066x\u2069", "a\u200bb", "\u200d", "\ufeffa", "a\u00adb", "\u2028",
    "\u0085",
    "a\u0000b", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "\x08\x08", "\r", "a\nb",
    "a\tb",
    "\U0001f600", "👩‍👩‍👧", "\ud800", "\udcff", "\U0010ffff", "A" * 300, "A" * 20_000, "ầ" * 5000,
    "{}", "{0}", "{x}", "%s", "%(x)s", "%", "$HOME", "`id`", "$(id)", "'", '"', "\\", ";", "a;b",
    ",",
    "=", "=1+1", "@x", "-", "--", "-x", "--json", "[red]x[/red]", "[/]", "<b>x</b>",
    "<script>1</script>",
    ":smile:", ".", "/", "./", "a/b", "x.toml", "C:\\x", "con", "file:x", "s3://b/x", "~", "*",
    "?",
    "__class__", "self", "__init__", "model_config", "name", "value", "levers",
)  # fmt: skip

OBJECTS = (
    "None", "True", "False", "0", "1", "-1", "0.5", "1.0", "2", "3.7", "2**31", "2**63", "10**30",
    "10**400", "1e308", "1e-320", "float('nan')", "float('inf')", "-float('inf')", "1j", "''",
    "'x'",
    "'1'", "'0.5'", "'true'", "b'x'", "bytearray(b'1')", "'\\ud800'", "'a\\x00b'", "'\\x1b[31m'",
    "'A' * 20000", "[]", "[1]", "[0.5, 0.5]", "()", "(1, 2)", "{}", "{'a': 1}", "{1, 2}", "set()",
    "frozenset()", "range(3)", "iter([])", "(i for i in 'ab')", "object()", "object", "int", "len",
    "lambda *a: True", "lambda: 1", "slice(1)", "Ellipsis", "NotImplemented", "Path('x')",
    "Path()",
    "Decimal('0.5')", "Decimal('NaN')", "Fraction(1, 2)", "datetime(2020, 1, 1)", "np.int8(3)",
    "np.uint8(255)", "np.int16(3)", "np.int64(3)", "np.uint64(2**63)", "np.float16(0.5)",
    "np.float32(0.5)", "np.float64('nan')", "np.longdouble(0.5)", "np.bool_(True)",
    "np.str_('lga')",
    "np.array(3)", "np.array(0.5)", "np.array([1, 2])", "np.array([])", "np.array('x')", "np.nan",
    "np.datetime64('2020')", "np.zeros((2, 2))", "pd.NA", "pd.NaT", "pd.Series([1])",
    "pd.DataFrame()",
    "pd.Timestamp(0)", "kn.Levers()", "kn.load_scenario('mekong_delta')",
    "kn.load_institution('lga')",
    "[[]] * 3", "nested(50)", "nested(100000)", "Color.RED", "Loud()", "Whole(3)", "Word('lga')",
)  # fmt: skip
"""Python source; the names are those that `actions.NAMES` holds."""

PATHS = (
    "", ".", "..", "/", "/dev/null", "/dev/zero", "/dev/urandom", "/dev/stdin", "/proc/self/mem",
    "/proc/self/environ", "/proc/kmsg", "/root", "~", "~nobody", "no.toml", "folder", "folder/",
    "a\nb",
    "pipe", "x" * 300, "x/" * 3000, "\udcff", "file:x", "http://localhost/x", "./loop",
    "self.toml",
    "./self.toml", "\u202ex", "\x1b[31m",
)  # fmt: skip
"""To read from; nothing is written to them."""


def number(rng: Random) -> Any:
    """A number, at an edge or anywhere."""
    if rng.random() < 0.6:
        return rng.choice(NUMBERS)
    return rng.choice((rng.randint(-3, 30), rng.random(), rng.uniform(-1e3, 1e6), rng.gauss(0, 1)))


def source(rng: Random) -> str:
    """A number as Python source."""
    found = number(rng)
    return repr(found) if isinstance(found, int) or math.isfinite(found) else f"float('{found}')"


def text(rng: Random) -> str:
    """A text, odd or of random letters."""
    if rng.random() < 0.8:
        return rng.choice(TEXTS)
    return "".join(chr(rng.choice((rng.randrange(128), rng.randrange(0x3000)))) for _ in range(6))


def numeral(rng: Random) -> str:
    """A number as somebody writes it."""
    return rng.choice(NUMERALS) if rng.random() < 0.8 else repr(number(rng))


def value(rng: Random, depth: int = 0) -> Any:
    """Anything that a file can hold."""
    roll = rng.random()
    if roll < 0.4:
        return number(rng)
    if roll < 0.7 or depth > 2:
        return text(rng)
    if roll < 0.8:
        return rng.random() < 0.5
    if roll < 0.9:
        return [value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {text(rng): value(rng, depth + 1) for _ in range(rng.randrange(4))}

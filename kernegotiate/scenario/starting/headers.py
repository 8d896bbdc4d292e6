"""Which column of somebody's table says what: headers are recognised in English and Vietnamese.

A header is the name of a quantity and, behind it, nothing but its unit, its year and words that
change nothing. Whatever has another word in it (``GRDP per head``, ``dân số thành thị``) is about
something else.
"""

from dataclasses import dataclass
from functools import cache

from kernegotiate.scenario.errors import is_slip_of
from kernegotiate.scenario.starting.plain_words import plain_words
from kernegotiate.scenario.starting.units import Unit, is_unit, read_unit

KINDS = {
    "code": "text",
    "name": "text",
    "name_vi": "text",
    "population": "people",
    "grdp": "money",
    "budget": "money",
    "lon": "degrees",
    "lat": "degrees",
    "land_dependence": "share",
    "ceiling": "share",
}
"""Columns of the house's form, and what kind of unit each has."""
EXAMPLES = {
    "code": "92",
    "name": "Can Tho",
    "population (persons)": "1252350",
    "grdp (billion VND)": "108942",
    "lon": "105.5",
    "lat": "10.1",
}
"""A row that would do, by headers that are recognised."""

_ALIASES = {
    "code": (
        "code; id; gso code; province code; region code; area code; adm code; ma; ma so; ma tinh; "
        "ma tp; ma tinh thanh; ma tinh tp; ma tinh thanh pho; ma dvhc; ma don vi; ma dia phuong; "
        "ma don vi hanh chinh; ma hanh chinh; ma gso"
    ),
    "name": (
        "name; government; local government; province; province city; city; municipality; "
        "district; county; prefecture; name en; english name; name english; ten tieng anh"
    ),
    "name_vi": (
        "name vi; name local; local name; vietnamese name; ten; ten tinh; ten tinh thanh; "
        "ten tinh tp; ten tinh thanh pho; ten thanh pho; ten dia phuong; ten don vi; ten dvhc; "
        "ten don vi hanh chinh; ten huyen; ten quan huyen; ten tieng viet; tinh; tinh thanh; "
        "tinh tp; tinh thanh pho; tinh va thanh pho; thanh pho; dia phuong; don vi; "
        "don vi hanh chinh; quan huyen; huyen"
    ),
    "population": (
        "population; pop; residents; inhabitants; dan so; so dan; nhan khau; quy mo dan so"
    ),
    "grdp": (
        "grdp; gdp; grp; regional gdp; gross regional domestic product; gross regional product; "
        "gross domestic product; tong san pham; tong san pham tren dia ban; quy mo grdp; "
        "tong san pham tinh; tong san pham trong tinh; tong san pham dia phuong; "
        "tong san pham trong nuoc; tong san pham tren dia ban tinh"
    ),
    "budget": (
        "budget; development budget; development expenditure; capital budget; capital expenditure; "
        "investment budget; public investment; ngan sach dau tu; ngan sach phat trien; "
        "ngan sach dau tu phat trien; ngan sach dau tu cong; chi dau tu; chi dau tu phat trien; "
        "chi dau tu cong; von dau tu cong; dau tu cong; von dau tu phat trien"
    ),
    "lon": "lon; lng; long; longitude; kinh do",
    "lat": "lat; latitude; vi do",
    "land_dependence": "land dependence; phu thuoc dat; muc phu thuoc dat; phu thuoc thu tu dat",
    "ceiling": "ceiling; tran; tran vuot ngan sach",
}
_WORDS = {
    tuple(alias.split()): column
    for column, aliases in _ALIASES.items()
    for alias in aliases.split("; ")
}
_LONGEST = max(map(len, _WORDS))
_SHORTEST_SLIP = 5  # letters; shorter words are one letter from too many others


@dataclass(frozen=True)
class Meaning:
    """What a header says.

    Attributes:
        column: Of the house's form.
        unit: Of its figures.
    """

    column: str
    unit: Unit


@cache
def meaning(header: str) -> Meaning | None:
    """What a header says; None if it is none that is known."""
    words = plain_words(header)
    for length in range(min(_LONGEST, len(words)), 0, -1):
        column = _WORDS.get(words[:length])
        if column is None:
            continue
        unit = read_unit(words[length:], KINDS[column])
        return None if unit.rest else Meaning(column, unit)
    return None


def is_known(header: str) -> bool:
    """Whether a header is recognised."""
    return meaning(header) is not None


def unit_of(header: str, column: str) -> Unit:
    """The unit that a header states for a column that somebody said it is."""
    words = [word for word in plain_words(header) if is_unit(word)]
    return read_unit(words, KINDS[column])


def slip_of(header: str) -> str:
    """The column whose name a header misspells by one letter; "" if none."""
    words = [word for word in plain_words(header) if not is_unit(word)]
    if len("".join(words)) < _SHORTEST_SLIP or is_known(header):
        return ""
    for alias, column in _WORDS.items():
        if len("".join(alias)) >= _SHORTEST_SLIP and is_slip_of("".join(words), ["".join(alias)]):
            return column
    return ""

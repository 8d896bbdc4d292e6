"""Headers in two languages, however they are written, and those of something else."""

import unicodedata

import pytest

from kernegotiate.scenario.starting.headers import EXAMPLES, KINDS, meaning, slip_of
from kernegotiate.scenario.starting.plain_words import plain_words, without_accents

KNOWN = {
    "code": ("code", "Code", "Mã tỉnh", "MÃ SỐ", "ma_tinh", "Mã ĐVHC", "provinceCode"),
    "name": ("name", "Province", "NAME_EN", "Local government"),
    "name_vi": ("name_vi", "Tên", "Tỉnh/Thành phố", "Tỉnh, thành phố", "Địa phương", "ten tinh"),
    "population": ("population", "Dân số", "dan_so", "DÂN SỐ", "Dân số TB năm 2022", "Pop 2022"),
    "grdp": ("grdp", "GRDP", "GDP", "Tổng sản phẩm trên địa bàn (giá hiện hành)"),
    "budget": ("budget", "Ngân sách đầu tư", "Chi đầu tư phát triển", "development budget"),
    "lon": ("lon", "Long", "longitude", "Kinh độ", "Kinh độ (Đông)", "kinh_do"),
    "lat": ("lat", "Latitude", "Vĩ độ", "Vĩ độ Bắc"),
    "land_dependence": ("land_dependence", "Land dependence", "Phụ thuộc đất"),
    "ceiling": ("ceiling", "Trần vượt ngân sách"),
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("column", "headers"), KNOWN.items(), ids=KNOWN)
def test_a_header_is_recognised_in_any_writing(column, headers, form):
    for header in headers:
        found = meaning(unicodedata.normalize(form, header))
        assert found is not None, header
        assert found.column == column


@pytest.mark.parametrize(
    "header",
    [
        "STT",
        "Ghi chú",
        "Đơn vị tính",
        "Mật độ dân số (người/km2)",
        "Dân số thành thị (nghìn người)",
        "Dân số (%)",
        "Tỷ lệ dân số",
        "GRDP bình quân đầu người (triệu đồng)",
        "GRDP per head",
        "GRDP growth",
        "Tổng chi ngân sách",
        "Ngân sách",
        "source",
        "",
    ],
)
def test_a_header_of_something_else_is_not_taken(header):
    assert meaning(header) is None


@pytest.mark.parametrize(
    ("header", "scale", "currency"),
    [
        ("Dân số", None, ""),
        ("Dân số (người)", 1, ""),
        ("Dân số trung bình (nghìn người)", 1000, ""),
        ("Dân số (1.000 người)", 1000, ""),
        ("Population ('000)", 1000, ""),
        ("population, thousand persons", 1000, ""),
        ("Dân số (triệu người)", 1e6, ""),
        ("GRDP", None, ""),
        ("GRDP (đồng)", 1, "VND"),
        ("GRDP (tỷ đồng)", 1e9, "VND"),
        ("GRDP (tỷ đ)", 1e9, "VND"),
        ("GRDP (nghìn tỷ đồng)", 1e12, "VND"),
        ("GRDP (ngàn tỉ VNĐ)", 1e12, "VND"),
        ("grdp_bn_vnd", 1e9, "VND"),
        ("GRDP, billion VND a year", 1e9, "VND"),
        ("GDP (million US$)", 1e6, "USD"),
        ("GDP (million $)", 1e6, ""),  # there are many dollars
        ("GRDP (IDR trillion)", 1e12, "IDR"),
        ("GRDP 2022, nghìn tỷ", 1e12, ""),
        ("Phụ thuộc đất (%)", 0.01, ""),
    ],
)
def test_a_unit_is_read_from_a_header(header, scale, currency):
    found = meaning(header)
    assert (found.unit.scale, found.unit.currency) == (scale, currency)


@pytest.mark.parametrize(
    ("header", "column"),
    [("Populaton", "population"), ("Dân sôs", "population"), ("Longitde", "lon"), ("Popp", "")],
)
def test_a_header_one_letter_off_is_a_slip(header, column):
    assert slip_of(header) == column


def test_no_alias_is_a_slip_of_another_column():
    for header in KINDS:
        assert slip_of(header) == ""


def test_the_example_row_would_be_read():
    assert [meaning(header).column for header in EXAMPLES] == [
        "code", "name", "population", "grdp", "lon", "lat",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "plain"), [("Cần Thơ", "Can Tho"), ("Đồng Tháp", "Dong Thap"), ("北京", "北京")]
)
def test_letters_without_accents(text, plain):
    assert without_accents(unicodedata.normalize("NFD", text)) == plain


def test_words_of_a_header():
    assert plain_words("GRDP (nghìn tỷ đồng)\n2022") == ("grdp", "nghin", "ty", "dong", "2022")

"""What the window tells of a run: a sentence for each thing that happened, in both languages."""

import re
from dataclasses import replace
from functools import partial

import pytest

import kernegotiate as kn
from kernegotiate.agents import Event
from kernegotiate.agents.refusals import Refusal
from kernegotiate.engine.diagnosis import CAUSES
from viz import feed
from viz.ballot import afterwards, votes
from viz.clock import tell_year
from viz.teller import Line, tell
from viz.view import View, Work
from viz.words import LANGUAGES, Words, speak
from viz_helpers import run_of, views_of

ENGLISH, VIETNAMESE = speak("en"), speak("vi")
PARTIES = ["Tra Vinh", "Ben Tre", "Soc Trang", "Vinh Long", "Tien Giang", "Hau Giang"]
YEAR = 3


@pytest.fixture(scope="module")
def council() -> View:
    """A run whose first work is the port of Tra Vinh, with six parties."""
    view = views_of(run_of("advisory_council"))[-1]
    work = first(view)
    assert [view.region.governments[party].name for party in work.parties] == PARTIES
    assert (work.kind, work.nth) == ("port", 1)
    return view


def first(view: View) -> Work:
    return next(iter(view.works.values()))


def events_of(view: View, *happened: tuple[str, str | None, float]) -> list[Event]:
    """Events of the first work: (event, name of a government, amount)."""
    codes = {g.name: g.code for g in view.region.governments} | {None: None}
    code = first(view).code
    return [Event(YEAR, event, code, codes[name], amount, None) for event, name, amount in happened]


def story(
    view: View, *happened: tuple[str, str | None, float], words: Words = ENGLISH
) -> list[str]:
    """The sentences on the first work of a view; a motion that failed had no remedy."""
    refused = {(first(view).code, YEAR): Refusal(frozenset(), (), 6)}
    bare = replace(view, refusals=refused, works=with_causes(view, {}))
    return [line.text for line in tell(bare, events_of(view, *happened), words)]


def with_causes(view: View, causes: dict[str, float]) -> dict[str, Work]:
    """The works of a view, the first one with these causes."""
    work = first(view)
    return view.works | {work.code: replace(work, causes=tuple(causes.items()))}


def test_a_failed_motion_names_those_who_refused_its_last_draft(council: View) -> None:
    one_yes = [("voted", name, float(name == "Tra Vinh")) for name in PARTIES]
    one_no = [("voted", name, float(name != "Ben Tre")) for name in PARTIES]
    nobody = [("voted", name, 0.0) for name in PARTIES]
    failed = ("failed", None, 0.0)
    assert story(council, *one_yes, *one_no, failed) == [
        "The port of Tra Vinh fails; Ben Tre refuses."
    ]
    assert story(council, *one_no, *one_yes, failed) == [
        f"The port of Tra Vinh fails; {', '.join(PARTIES[1:5])} and Hau Giang refuse."
    ]
    assert story(council, *nobody, failed) == ["The port of Tra Vinh fails; all 6 parties refuse."]
    assert story(council, failed) == ["The port of Tra Vinh fails."]  # tied to another work
    assert story(council, *one_no, failed, words=VIETNAMESE) == [
        "Cảng tại Trà Vinh không được thông qua; Bến Tre từ chối."
    ]


@pytest.mark.parametrize(
    ("remedies", "told"),
    [
        ([("trust",)], "It would have passed with full trust."),
        (
            [("trust",), ("budget",)],
            "It would have passed with full trust or larger budgets.",
        ),
        (
            [("horizon", "trust"), ("division",)],
            "It would have passed with longer horizons of leaders and full trust or side payments.",
        ),
        (
            [("trust",), ("budget",), ("outside",), ("division",)],  # three of them are told
            "It would have passed with full trust, larger budgets or no way to go it alone.",
        ),
        ([("horizon", "trust", "budget")], ""),  # much together is no advice
        ([()], ""),
        ([], ""),
    ],
)
def test_what_would_have_helped_a_failed_motion(
    council: View, remedies: list[tuple[str, ...]], told: str
) -> None:
    work = first(council)
    refused = {(work.code, YEAR): Refusal(frozenset({"83"}), tuple(remedies), 6)}
    events = events_of(council, ("voted", "Ben Tre", 0.0), ("failed", None, 0.0))
    (line,) = tell(replace(council, refusals=refused), events, ENGLISH)
    assert line.kind == "failed"
    assert line.text == f"The port of Tra Vinh fails; Ben Tre refuses. {told}".rstrip()


def test_remedies_in_vietnamese_are_clauses(council: View) -> None:
    work = first(council)
    refused = {(work.code, YEAR): Refusal(frozenset({"83"}), (("trust",), ("division",)), 6)}
    events = events_of(council, ("voted", "Ben Tre", 0.0), ("failed", None, 0.0))
    (line,) = tell(replace(council, refusals=refused), events, VIETNAMESE)
    assert line.text == (
        "Cảng tại Trà Vinh không được thông qua; Bến Tre từ chối. "
        "Lẽ ra đã được thông qua nếu các bên hoàn toàn tin nhau, "
        "hoặc bên được lợi bù cho bên thiệt."
    )


@pytest.mark.parametrize(
    ("causes", "told"),
    [
        ({"trust": 0.15, "defection": 0.85}, " It was worth building. Cause: signed, not kept."),
        (
            {"trust": 0.3, "defection": 0.7},
            " It was worth building. Cause: signed, not kept and lack of trust.",
        ),
        ({"trust": 0.1, "horizon": 0.19}, ""),
        ({}, ""),
    ],
)
def test_why_a_good_work_was_not_built(council: View, causes: dict[str, float], told: str) -> None:
    view = replace(council, works=with_causes(council, causes))
    for happened, text in (
        (("expired", None, 0.0), "The port of Tra Vinh leaves the agenda unsigned."),
        (
            ("died", None, 0.4),
            (
                "Ben Tre breaks its promise on the port of Tra Vinh; "
                "the work dies with 40\N{NO-BREAK SPACE}% paid."
            ),
        ),
    ):
        given = [("reneged", "Ben Tre", 5.0)] if happened[0] == "died" else []
        (line,) = tell(view, events_of(view, *given, happened), ENGLISH)
        assert line.text == text + told


@pytest.mark.parametrize("words", [ENGLISH, VIETNAMESE], ids=LANGUAGES)
@pytest.mark.parametrize("cause", CAUSES)
def test_each_cause_can_be_told(council: View, cause: str, words: Words) -> None:
    view = replace(council, works=with_causes(council, {cause: 1.0}))
    (line,) = tell(view, events_of(view, ("expired", None, 0.0)), words)
    assert line.text.endswith(f"{words.cause_words[cause]}.")


def test_a_broken_promise_and_what_became_of_the_work(council: View) -> None:
    one = ("reneged", "Ben Tre", 5.0)
    broken = "Ben Tre breaks its promise on the port of Tra Vinh"
    assert story(council, one) == [f"{broken}; the others carry the share."]
    assert story(council, one, ("taken_over", None, 5.0)) == [
        f"{broken}; the fund carries the share."
    ]
    assert story(council, one, ("died", None, 0.4)) == [
        f"{broken}; the work dies with 40\N{NO-BREAK SPACE}% paid."
    ]
    assert story(council, one, ("fined", "Ben Tre", 2.0), ("died", None, 0.0)) == [
        f"{broken}; the work dies before anything is paid. Ben Tre pays a fine."
    ]
    assert story(council, one, ("reneged", "Hau Giang", 5.0)) == [
        broken.replace("Ben Tre breaks its promise", "Ben Tre and Hau Giang break their promises")
        + "; the others carry the share."
    ]


def test_a_broken_promise_in_vietnamese(council: View) -> None:
    happened = [("reneged", "Ben Tre", 5.0), ("died", None, 0.4), ("fined", "Ben Tre", 2.0)]
    assert story(council, *happened, words=VIETNAMESE) == [
        (
            "Bến Tre không giữ cam kết về cảng tại Trà Vinh; "
            "công trình phải dừng khi mới chi 40% vốn. Bến Tre nộp phạt."
        )
    ]


@pytest.mark.parametrize(
    ("happened", "english", "vietnamese"),
    [
        (
            ("arrived", "Tra Vinh", 12345.6),
            (
                "New on the agenda: the port of Tra Vinh, with Ben Tre, Soc Trang, Vinh Long, "
                "Tien Giang and Hau Giang ({cost} billion VND). "
                "It does not come to the table this year."
            ),
            (
                "Đề xuất mới: cảng tại Trà Vinh ({cost} tỷ đồng), thực hiện cùng Bến Tre, "
                "Sóc Trăng, Vĩnh Long, Tiền Giang và Hậu Giang. Năm nay chưa được đưa ra bàn."
            ),
        ),
        (
            ("agreed", None, 6.0),
            "All 6 parties sign the port of Tra Vinh.",
            "Cả 6 bên ký thỏa thuận về cảng tại Trà Vinh.",
        ),
        (
            ("agreed", None, 4.0),
            "4 of 6 parties sign the port of Tra Vinh, which binds them all.",
            "4 trong số 6 bên ký thỏa thuận về cảng tại Trà Vinh, ràng buộc tất cả các bên.",
        ),
        (
            ("approved", None, 1.2),
            "The coordinator approves the port of Tra Vinh and binds its 6 parties.",
            "Cơ quan điều phối phê duyệt cảng tại Trà Vinh, ràng buộc cả 6 bên.",
        ),
        (
            ("refused", None, 0.946),
            (
                "The coordinator refuses the port of Tra Vinh: "
                "it expects benefits of 0.95 times the costs."
            ),
            (
                "Cơ quan điều phối không phê duyệt cảng tại Trà Vinh: "
                "lợi ích dự kiến bằng 0,95 lần chi phí."
            ),
        ),
        (("opened", None, 9.0), "The port of Tra Vinh opens.", "Khánh thành cảng tại Trà Vinh."),
        (
            ("copied", "Ben Tre", 9.0),
            "Ben Tre goes alone and builds its own in place of the port of Tra Vinh.",
            "Bến Tre tự làm, xây công trình riêng thay cho cảng tại Trà Vinh.",
        ),
        (
            ("expired", None, 0.0),
            "The port of Tra Vinh leaves the agenda unsigned.",
            "Cảng tại Trà Vinh bị rút khỏi chương trình nghị sự khi chưa được ký kết.",
        ),
    ],
)
def test_the_other_news(
    council: View, happened: tuple[str, str | None, float], english: str, vietnamese: str
) -> None:
    cost = first(council).cost
    assert story(council, happened) == [english.format(cost=ENGLISH.number(cost))]
    told = story(council, happened, words=VIETNAMESE)
    assert told == [vietnamese.format(cost=VIETNAMESE.number(cost))]


def test_payments_and_first_leaders_are_no_news(council: View) -> None:
    assert story(council, ("paid", "Ben Tre", 9.0), ("tabled", None, 1.0)) == []
    new = [event for event in council.log if event.event == "took_office" and event.year == 1]
    assert len(new) == 13
    assert tell(council, new, ENGLISH) == []
    sixth = [event._replace(year=6) for event in new]
    assert tell(council, sixth[:1], ENGLISH) == [Line("other", "Long An has a new leader.")]
    assert tell(council, sixth, ENGLISH) == [
        Line("other", "13 of the 13 governments have new leaders.")
    ]


@pytest.mark.parametrize("coordinator", kn.institution_names())
@pytest.mark.parametrize("words", [ENGLISH, VIETNAMESE], ids=LANGUAGES)
def test_every_year_of_every_coordinator_can_be_told(coordinator: str, words: Words) -> None:
    view = views_of(run_of(coordinator))[-1]
    told = feed.chapters(view, words)
    assert [chapter["heading"] for chapter in told] == [
        words.year_heading.format(year=year) for year in range(view.year, 0, -1)
    ]
    lines = [line for chapter in told for line in chapter["lines"]]
    texts = [line["text"] for line in lines]
    assert [text for text in texts if text[0].islower() or text[-1] != "."] == []
    assert [text for text in texts if re.search(r"[{}]|\bnan\b|  ", text)] == []
    latest = view.history.iloc[-1]
    kinds = [line["kind"] for line in lines]
    assert kinds.count("new") == latest.arrived
    assert kinds.count("signed") == latest.signed
    assert kinds.count("open") == latest.completed
    assert kinds.count("died") >= latest.died  # with broken promises that others carried
    paid = words.sentences.then_dies.partition("{share}")[0].partition(";")[2]
    unpaid = words.sentences.then_dies_unpaid.partition(";")[2]
    assert sum(paid in text or unpaid in text for text in texts) == latest.died


def test_causes_and_remedies_are_told_of_a_real_run(council: View) -> None:
    texts = [line["text"] for c in feed.chapters(council, ENGLISH) for line in c["lines"]]
    helped = [text for text in texts if "It would have passed with " in text]
    assert helped
    for text in helped:
        assert " fails" in text
    blamed = [text for text in texts if "It was worth building. Cause: " in text]
    good = [w for w in council.works.values() if max((v for _, v in w.causes), default=0) >= 0.2]
    assert len(blamed) == len(good) > 0


def test_tied_motions_can_be_told() -> None:
    view = views_of(run_of("advisory_council", linkage=3))[-1]
    assert sum(len(chapter["lines"]) for chapter in feed.chapters(view, ENGLISH)) > 50


def test_before_a_merger_the_parties_were_more() -> None:
    years = views_of(run_of("advisory_council", mergers="15 82 87 80 92"))
    last = years[-1]
    later, then = feed.chapters(last, ENGLISH)[-14:], feed.chapters(years[14], ENGLISH)[-14:]
    told = [line["text"] for line in feed.chapters(years[15], ENGLISH)[0]["lines"]]
    assert "Tien Giang, Dong Thap, Long An and Can Tho are one government from now on." in told
    assert [chapter["heading"] for chapter in later] == [chapter["heading"] for chapter in then]
    for one, other in zip(later, then, strict=True):
        told = [[line["text"] for line in chapter["lines"]] for chapter in (one, other)]
        assert told[0] == told[1]


def test_who_merged_voted_under_another_leader() -> None:
    long = {"calendar": "synchronised", "term": 10}
    last = views_of(run_of("none", mergers="8 92 93 94", **long))[-1]
    cast = [vote for code in ("93", "94") for vote in votes(last, code)]
    assert cast
    for vote in cast:
        assert vote.year < 8
        assert ENGLISH.predecessor in afterwards(last, vote, ENGLISH)


def test_a_work_of_one_party_is_told_so() -> None:
    merged = "2 " + " ".join(kn.load_scenario("mekong_delta").region.codes)
    for coordinator in ("none", "empowered_board"):
        last = views_of(run_of(coordinator, mergers=merged))[-1]
        told = [line["text"] for year in feed.chapters(last, ENGLISH) for line in year["lines"]]
        assert [text for text in told if re.search(r"\b1 parties| sign (the|another)", text)] == []
        assert any(" decides to build " in text or "approves" in text for text in told)


def test_the_start_says_what_it_is_all_about(council: View) -> None:
    start = views_of(run_of("advisory_council"))[0]
    assert feed.chapters(start, ENGLISH) == []
    for words in (ENGLISH, VIETNAMESE):
        told = feed.opening(start, words)
        assert len(told) == 1
        assert told[0].startswith("13 ")


@pytest.mark.parametrize("coordinator", ["none", "advisory_council"])
def test_the_year(coordinator: str) -> None:
    views = views_of(run_of(coordinator))
    end = len(views) - 1
    assert end > 42
    say = [partial(tell_year, view) for view in views]
    assert say[0](ENGLISH) == "Year 0 of 40"
    assert say[40](ENGLISH) == "Year 40 of 40"
    assert say[41](ENGLISH) == "Year 41, winding up"
    assert say[end](ENGLISH) == f"Year {end}, all settled"
    assert say[40](VIETNAMESE) == "Năm 40/40"
    assert say[41](VIETNAMESE) == "Năm 41, chờ kết thúc"
    assert say[end](VIETNAMESE) == f"Năm {end}, đã kết thúc"


def test_a_work_that_comes_to_the_table_is_not_said_to_wait() -> None:
    view, waiting = views_of(run_of("advisory_council"))[-1], 0
    tabled = {(event.year, event.project) for event in view.log if event.event == "tabled"}
    for event in (event for event in view.log if event.event == "arrived"):
        happened = [one for one in view.log if one[:1] + one[2:3] == event[:1] + event[2:3]]
        told = " ".join(line.text for line in tell(view, happened, ENGLISH))
        waits = (event.year, event.project) not in tabled
        assert (ENGLISH.sentences.waits in told) == waits
        waiting += waits
    assert waiting > 0


@pytest.mark.parametrize(
    ("happened", "english", "vietnamese"),
    [
        (("outvoted", None, 0.4), "delegates vote the port of Tra Vinh down", "Đại diện"),
        (
            ("kept_off", None, 0.75),
            "kept off the agenda: who sets it expects",
            "lợi ích dự kiến bằng",
        ),
        (("cleared", None, 2.0), "is given approval 2", "qua lần phê duyệt thứ 2"),
        (
            ("sent_back", None, 3.0),
            "is sent back at approval 3",
            "bị trả lại ở lần phê duyệt thứ 3",
        ),
        (("overran", None, 1234.0), "turns out dearer by 1,234", "đội vốn thêm"),
        (("reopened", "Ben Tre", 9.0), "so that Ben Tre can pay less", "Ben Tre được góp ít"),
    ],
)
def test_what_becomes_of_a_work_between_the_agenda_and_its_opening(
    council: View, happened: tuple[str, str | None, float], english: str, vietnamese: str
) -> None:
    (told,) = story(council, happened)
    assert english in told
    (said,) = story(council, happened, words=VIETNAMESE)
    assert vietnamese in said.replace("Bến Tre", "Ben Tre")


def test_a_bad_year_is_told_of_whom_it_befalls(council: View) -> None:
    codes = [government.code for government in council.region.governments]

    def told(n: int) -> list[str]:
        events = [Event(YEAR, "lacked", None, code, 5.0, None) for code in codes[:n]]
        return [line.text for line in tell(council, events, ENGLISH)]

    assert told(0) == []
    (one,) = told(1)
    assert one.startswith("A bad year for the budget of ")
    assert told(len(codes)) == [
        f"A bad year for the budgets of {len(codes)} of the {len(codes)} governments."
    ]


def test_what_the_fund_pays_of_copies_is_told_with_them(council: View) -> None:
    happened = [
        *(("copied", "Ben Tre", 90.0), ("aided", "Ben Tre", 50.0)),
        *(("copied", "Soc Trang", 90.0), ("aided", "Soc Trang", 4.0)),
    ]
    (told,) = story(council, *happened)
    assert told == (
        "Ben Tre and Soc Trang go alone; each builds its own in place of the port of Tra Vinh. "
        "The regional fund pays 54 billion VND of it."
    )
    (said,) = story(council, *happened, words=VIETNAMESE)
    assert said.endswith("Quỹ vùng chi 54 tỷ đồng cho việc này.")


def test_the_fund_s_debt_is_told_with_what_is_owed_by_then(council: View) -> None:
    steps = [("borrowed", 70.0), ("repaid", 30.0), ("repaid", 40.0)]
    log = [Event(n + 1, event, None, None, amount, None) for n, (event, amount) in enumerate(steps)]
    other = council.region.governments[0].code  # whose own debt is no matter of the fund
    log.append(Event(1, "borrowed", None, other, 5.0, None))
    owing = replace(council, events=log, count=len(log))

    def told(year: int, words: Words = ENGLISH) -> list[str]:
        return [line.text for line in tell(owing, log[year - 1 : year], words)]

    assert told(1) == ["The regional fund borrows 70 billion VND; it owes 70 billion VND."]
    assert told(2) == ["The regional fund repays 30 billion VND; it owes 40 billion VND."]
    assert told(3, VIETNAMESE) == ["Quỹ vùng trả nợ 40 tỷ đồng; dư nợ 0 tỷ đồng."]


def test_who_must_borrow_is_told(council: View) -> None:
    codes = {g.name: g.code for g in council.region.governments}
    events = [Event(YEAR, "borrowed", None, code, 5.0, None) for code in codes.values()]
    assert [line.text for line in tell(council, events, ENGLISH)] == [
        "13 of the 13 governments must borrow to pay."
    ]
    few = [event for event in events if event.government in (codes["Ben Tre"], codes["Soc Trang"])]
    (told,) = tell(council, few, ENGLISH)
    assert sorted(told.text.removesuffix(" must borrow to pay.").split(" and ")) == [
        "Ben Tre", "Soc Trang",
    ]  # fmt: skip

"""The deals of a year, one after the other."""

from itertools import pairwise

import pytest

from viz import deals, feed
from viz.words import speak
from viz_helpers import run_of, views_of

ENGLISH = speak("en")
RUN = run_of("consensus_or_no_money")


def test_every_work_in_the_news_of_a_year_is_a_deal_and_no_other() -> None:
    for view in views_of(RUN):
        codes = {line["work"] for line in of_the_year(view, 0)}
        assert set(deals.of_year(view)) == codes
        assert len(deals.of_year(view)) == len(codes)


def test_works_become_what_they_are_one_deal_after_the_other() -> None:
    views = views_of(RUN)
    for before, view in pairwise(views):
        there = deals.of_year(view)
        for deal in range(1, len(there)):
            told = deals.told(view, deal)
            for code, work in told.items():
                late = code in there[deal:]
                assert work == (before.works[code] if late else view.works[code])
            news = set(view.works) - set(before.works)
            assert set(told) == set(view.works) - (news & set(there[deal:]))
        assert deals.told(view, 0) == deals.told(view, len(there)) == view.works


@pytest.mark.parametrize("deal", [-1, 0, 1000])
def test_what_is_no_deal_is_the_whole_year(deal: int) -> None:
    view = views_of(RUN)[9]
    assert deals.told(view, deal) == view.works
    assert deals.current(view, deal) == ""


def test_the_feed_tells_no_more_than_the_deals_so_far() -> None:
    view = views_of(RUN)[21]
    there = deals.of_year(view)
    assert len(there) > 3
    for deal in range(1, len(there) + 1):
        assert list(dict.fromkeys(one["work"] for one in of_the_year(view, deal))) == there[:deal]
        caption = feed.of_a_deal(view, deal, "", ENGLISH)
        assert caption == [
            one["text"] for one in of_the_year(view, deal) if one["work"] == there[deal - 1]
        ]


def test_the_life_of_a_work_is_every_year_that_brought_it_news() -> None:
    view = views_of(RUN)[-1]
    for code in view.works:
        life = feed.of_a_deal(view, 0, code, ENGLISH)
        told = [
            (chapter["heading"], line["text"])
            for chapter in reversed(feed.chapters(view, ENGLISH))
            for line in chapter["lines"]
            if line["work"] == code
        ]
        assert [one.split(": ", 1)[0] for one in life] == list(dict.fromkeys(y for y, _ in told))
        assert all(any(text in one for one in life) for _, text in told)
    assert feed.of_a_deal(view, 0, "", ENGLISH) == feed.of_a_deal(view, 0, "no-such", ENGLISH) == []


def of_the_year(view: object, deal: int) -> list[dict]:
    """The lines of the latest year that are about a work."""
    chapters = feed.chapters(view, ENGLISH, deal)
    return [line for line in chapters[0]["lines"] if line["work"]] if chapters else []

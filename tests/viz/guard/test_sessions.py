"""How many pages may be open."""

from viz.guard.sessions import Sessions


def test_pages_of_one_and_in_all() -> None:
    kept: set[str] = set()
    sessions = Sessions(lambda: kept, most=3, of_one=2)
    assert sessions.enter("1", "a")
    assert sessions.enter("2", "a")
    assert sessions.full("a")
    assert not sessions.enter("3", "a")
    assert sessions.enter("3", "b")
    assert sessions.full("c")
    assert not sessions.enter("4", "c")


def test_a_page_that_comes_back_finds_its_place_and_a_gone_one_leaves_it() -> None:
    kept = {"1"}
    sessions = Sessions(lambda: kept, most=1, of_one=1)
    assert sessions.enter("1", "a")
    sessions.leave("1")
    assert not sessions.enter("2", "a")  # what the first holds is still kept for it
    assert sessions.enter("1", "b")
    sessions.leave("1")
    kept.clear()
    assert sessions.enter("2", "a")


def test_a_page_has_two_sockets_at_most() -> None:
    sessions = Sessions(set)
    assert [sessions.enter("1", "a") for _ in range(3)] == [True, True, False]
    sessions.leave("1")
    assert sessions.enter("1", "a")

"""Purses by address."""

from viz.guard import budget
from viz.guard.budget import Budget


def test_some_at_once_and_then_so_many_a_second() -> None:
    now = [0.0]
    purses = Budget(2, 0.5, lambda: now[0])
    assert [purses.take("a") for _ in range(3)] == [True, True, False]
    assert purses.take("b")
    now[0] = 2.0
    assert [purses.take("a") for _ in range(2)] == [True, False]
    now[0] = 1000.0
    assert [purses.take("a") for _ in range(3)] == [True, True, False]


def test_debts_are_paid_by_waiting() -> None:
    now = [0.0]
    purses = Budget(1, 10, lambda: now[0])
    assert [purses.owe("a") for _ in range(3)] == [0.0, 0.1, 0.2]
    now[0] = 1.0
    assert purses.owe("a") == 0.0


def test_only_so_many_addresses_are_remembered() -> None:
    purses = Budget(1, 0.001)
    for number in range(budget.KNOWN + 10):
        assert purses.take(str(number))
    assert len(purses._purses) == budget.KNOWN
    assert purses.take("0")
    assert not purses.take(str(budget.KNOWN))

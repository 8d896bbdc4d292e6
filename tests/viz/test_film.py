"""A recorded run: every year as the model has it, recorded once, kept small."""

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from kernegotiate.scenario import ScenarioError
from viz import asking
from viz.film import KEPT, Film, film
from viz.state import LAST_YEAR, Run
from viz.view import HISTORY
from viz_helpers import model_of, run_of, views_of

RUNS = [
    run_of("advisory_council"),
    run_of("empowered_board", 7),
    run_of("conditional_funding", 3, trust=0.3, calendar="random"),
]


@pytest.fixture(scope="module", params=RUNS, ids=lambda run: run.coordinator)
def recorded(request: pytest.FixtureRequest) -> tuple[Run, Film]:
    """A run and its film, recorded to the end."""
    made = Film(request.param)
    made.at(1000)
    return request.param, made


@pytest.fixture
def fresh_films() -> Iterator[None]:
    """No film is kept before the test or after it."""
    film.cache_clear()
    yield
    film.cache_clear()


def test_each_view_is_the_model_stepped_so_many_years(recorded: tuple[Run, Film]) -> None:
    run, made = recorded
    model = model_of(run)
    for year, view in enumerate(made.views):
        if year:
            model.step()
            assert view.history[HISTORY].iloc[1:].to_numpy().tolist() == (
                model.trajectory()[HISTORY].to_numpy().tolist()
            )
        assert view.year == model.year == year
        assert view.over == model.is_over
        assert view.history.iloc[0].tolist() == [0] * len(HISTORY)
        known = np.where(model.world.partners, model.world.trust, np.nan)
        assert np.array_equal(view.trust, known, equal_nan=True)
        assert view.trusted.tolist() == [g.trusted for g in model.governments]
        assert [leader.years_left for leader in view.leaders] == [
            g.leader.years_left for g in model.governments
        ]
        assert {w.code: w.status for w in view.works.values()} == {
            p.code: p.status for p in model.projects
        }
        assert view.log == tuple(model.log)
    assert made.views[-1].over
    assert sum(view.over for view in made.views) == 1


def test_money_is_what_the_log_tells(recorded: tuple[Run, Film]) -> None:
    view = recorded[1].views[-1]
    sums: Counter[tuple[str, str | None]] = Counter()
    for event in view.log:
        sums[event.event, event.government] += event.amount
    assert sum(purse.works for purse in view.purses) > 0
    for code, purse in zip(view.region.codes, view.purses, strict=True):
        assert purse.works == pytest.approx(sums["paid", code], abs=1e-6)
        assert purse.copies == pytest.approx(sums["copied", code], abs=1e-6)
        if not recorded[0].resolved()[1].levers.levy_rate:
            assert purse.levies_and_fines == pytest.approx(sums["fined", code], abs=1e-6)


def test_help_of_the_fund_and_debts_are_what_the_log_tells() -> None:
    """With a year to repay a government owes at the end of a year what it has borrowed in it."""
    owed = helped = 0.0
    for view in views_of(run_of(levy_rate=0.1, earmark=0.3, ceiling=1.0, debt_years=1)):
        lent, paid = Counter[str | None](), Counter[str | None]()
        for event in view.log:
            if event.event == "borrowed" and event.year == view.year:
                lent[event.government] += event.amount
            if event.event in ("copied", "aided"):
                paid[event.government] += event.amount * (1 if event.event == "copied" else -1)
            if event.event == "aided":
                helped += event.amount
        for code, purse in zip(view.region.codes, view.purses, strict=True):
            assert purse.debt == pytest.approx(lent[code], abs=1e-6)
            assert purse.copies == pytest.approx(paid[code], abs=1e-6)
            owed += purse.debt
    assert owed > 0
    assert helped > 0


@pytest.mark.parametrize("life", [3, 25])
def test_benefits_begin_the_year_after_the_opening_and_end_with_the_work(life: int) -> None:
    run, spells = run_of("conditional_funding", life=life), Counter[str]()
    model = model_of(run)
    while not model.is_over:
        model.step()
    opened = {event.project: event.year for event in model.log if event.event == "opened"}
    for view in views_of(run):
        expected = dict.fromkeys(view.region.codes, 0.0)
        for project in model.projects:
            since = view.year - opened.get(project.code, view.years + LAST_YEAR)
            spell = "before" if since < 1 else "open" if since <= life else "over"
            spells[spell] += 1
            spells["opening"] += since == 0
            if spell == "open":
                for code, benefit in project.own_benefits.items():
                    expected[code] += benefit
        assert [purse.benefits for purse in view.purses] == pytest.approx(list(expected.values()))
    assert all(spells[spell] for spell in ("opening", "before", "open", "over"))


def test_going_back_runs_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Film(RUNS[0])
    steps = []
    step = made._model.step
    monkeypatch.setattr(made._model, "step", lambda: (steps.append(1), step()))
    fifth, ninth = made.at(5), made.at(9)
    assert len(steps) == 9
    assert made.at(5) is fifth
    assert [made.at(year).year for year in (0, 3, 9)] == [0, 3, 9]
    assert made.at(9) is ninth
    assert len(steps) == 9
    made.at(10)
    assert len(steps) == 10


def test_beyond_the_end_is_the_end(recorded: tuple[Run, Film]) -> None:
    _, made = recorded
    assert made.at(1000) is made.at(len(made.views) - 1) is made.views[-1]


def test_no_later_year_changes_a_view() -> None:
    made = Film(RUNS[0])
    view = made.at(8)
    before = (view.history.copy(), view.trust.copy(), view.trusted.copy(), dict(view.works))
    log = [event for event in made._model.log if event.year <= 8]
    made.at(1000)
    assert view.history.equals(before[0])
    assert np.array_equal(view.trust, before[1], equal_nan=True)
    assert np.array_equal(view.trusted, before[2])
    assert view.works == before[3]
    assert view.log == tuple(log)  # asked for only now
    assert all(event.year <= 8 for event in view.log)


def test_works_that_did_not_change_are_the_same_object(recorded: tuple[Run, Film]) -> None:
    views = recorded[1].views
    same = changed = 0
    for before, now in pairwise(views):
        for code, work in before.works.items():
            assert (now.works[code] is work) == (now.works[code] == work)
            same += now.works[code] is work
            changed += now.works[code] is not work
    assert same > 3 * changed > 0


def test_a_film_asked_from_many_threads_records_each_year_once() -> None:
    made, found = Film(RUNS[0]), []
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that threads meet within a step
    try:
        threads = [
            threading.Thread(target=lambda: found.append([made.at(y) for y in range(12)]))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert [view.year for view in made.views] == list(range(12))
    assert all(views == list(made.views) for views in found)
    assert len(found) == 4


def test_a_run_that_cannot_be_made_has_no_film() -> None:
    with pytest.raises(ScenarioError, match="nobody"):
        Film(Run("mekong_delta", "nobody", 1))


@pytest.mark.usefixtures("fresh_films")
def test_so_many_films_are_kept_and_no_more() -> None:
    first = film(run_of(seed=0))
    assert film(run_of(seed=0)) is first
    for seed in range(KEPT + 2):
        film(run_of(seed=seed))
    assert film.cache_info().currsize == KEPT
    assert film(run_of(seed=KEPT + 1)) is film(run_of(seed=KEPT + 1))
    assert film(run_of(seed=0)) is not first


def test_the_size_of_a_film_is_what_it_holds(recorded: tuple[Run, Film]) -> None:
    _, made = recorded
    assert made.size == len(made.views[-1].log) + sum(len(view.works) for view in made.views)


@pytest.mark.usefixtures("fresh_films")
def test_films_that_have_grown_make_room_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Film(RUNS[0])
    whole.at(1000)
    monkeypatch.setattr("viz.film.MOST", 5 * whole.size // 2)
    films = [film(run_of(seed=seed)) for seed in range(1, 5)]  # small as long as nobody watches
    assert film.cache_info().currsize == 4
    for one in films[:2]:
        one.at(1000)
    assert film.cache_info().currsize == 4
    assert film(run_of(seed=1)) is films[0]  # is looked at: the second goes before it
    films[2].at(1000)
    kept = [one for seed, one in enumerate(films, 1) if film(run_of(seed=seed)) is one]
    assert films[0] in kept
    assert films[1] not in kept


@pytest.mark.usefixtures("fresh_films")
def test_the_one_film_that_is_watched_stays_however_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.film.MOST", 10)
    first, second = film(run_of(seed=1)), film(run_of(seed=2))
    first.at(1)
    second.at(3)
    assert film.cache_info().currsize == 1
    assert film(run_of(seed=2)) is second
    assert film(run_of(seed=1)) is not first


@pytest.mark.usefixtures("fresh_films")
def test_forty_who_open_one_link_watch_one_film() -> None:
    found = []

    def watch() -> None:
        found.append(film(run_of(seed=1)))
        found[-1].at(6)

    threads = [threading.Thread(target=watch) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 40
    assert len(set(map(id, found))) == 1


def test_so_many_ensembles_are_kept_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.asking.simulate", lambda *_, **__: object())
    asking.ensemble.cache_clear()
    try:
        first = asking.ensemble(run_of(seed=0))
        assert asking.ensemble(run_of(seed=0)) is first
        for seed in range(asking.KEPT + 2):
            asking.ensemble(run_of(seed=seed))
        assert asking.ensemble.cache_info().currsize == asking.KEPT
        assert asking.ensemble(run_of(seed=0)) is not first
    finally:
        asking.ensemble.cache_clear()

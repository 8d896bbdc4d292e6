"""The engine gives what it gave when numbers last changed; `make baseline` renews the table."""

import pandas as pd
import pytest

from tools.baseline import (
    INSTITUTIONS,
    KEYS,
    RUNS,
    SETTINGS,
    differences,
    entries,
    made_with,
    read,
    renew,
    simulated,
    write,
)

LOG = "# Changelog\n\n## [Unreleased]\n\n### Changes numbers\n\n- {}\n\n### Added\n\n- Much.\n"


@pytest.fixture(scope="module")
def now():
    return simulated()


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_number_has_moved(now, setting):
    """If one has on purpose: a line under "Changes numbers" of CHANGELOG.md, and make baseline."""
    rows = [table[table.setting == setting].reset_index(drop=True) for table in (read(), now)]
    moved = differences(*rows)
    assert not moved, "\n".join(moved)


def test_the_table_holds_the_seven_institutions_in_all_settings():
    counts = read().groupby(["setting", "institution"]).size()
    assert len(counts) == len(INSTITUTIONS) * len(SETTINGS)
    assert set(counts) == {RUNS}


def test_the_changelog_still_has_the_lines_that_the_table_was_made_with():
    from tools.baseline import CHANGELOG

    lines = set(entries(CHANGELOG.read_text(encoding="utf-8")))
    assert set(made_with()) <= lines, "a line was reworded or taken out: run make baseline"


def test_every_column_varies_or_is_what_these_regions_do_not_have():
    table = read().drop(columns=KEYS)
    still = {name for name in table if table[name].equals(table[name] * 0 + table[name][0])}
    causes = {f"{kind}_{cause}" for kind in ("cause", "loss") for cause in STRANGE}
    assert still <= causes | {"start_wait", "start_delay"}  # something is due at signing


STRANGE = ("budget", "taken_over", "package")


@pytest.fixture
def small(now):
    return now[now.setting == "table"].reset_index(drop=True)


def test_a_number_that_moved_is_named(small):
    other = small.copy()
    other.loc[5, "welfare"] += 0.25
    (said,) = differences(small, other)
    run = small.loc[5]
    assert said.startswith(f"{run.institution} (table), run {run.run}, welfare: was ")
    assert said.endswith("moved by 0.25")


def test_rounding_is_no_change_and_a_number_that_comes_or_goes_is_one(small):
    other = small.copy()
    other["welfare"] *= 1 + 1e-12
    other["delayed"] += 1e-8  # a difference of sums that are a hundred and more
    assert differences(small, other) == []
    other["completed"] += 1e-6
    assert len(differences(small, other)) == 51  # fifty, and how many more
    gone = small.copy()
    gone.loc[0, "mean_trust"] = float("nan")
    assert len(differences(small, gone)) == 1


def test_another_shape_is_told(small):
    assert differences(small, small.drop(columns="welfare")) == ["columns: ['welfare']"]
    assert "others than in the table" in differences(small, small.iloc[:-1])[0]


def test_a_new_table_needs_a_new_line_in_the_changelog(tmp_path, small):
    file, log = tmp_path / "baseline.csv", tmp_path / "CHANGELOG.md"
    log.write_text(LOG.format("Nothing yet."), encoding="utf-8")
    assert "for the first time" in renew(small, file, log)
    assert differences(read(file), small) == []
    assert "no number has moved" in renew(small, file, log)
    other = small.assign(welfare=small.welfare + 1)
    before = file.read_bytes()
    with pytest.raises(SystemExit, match=r'(?s)welfare: was.*a line under "Changes numbers"'):
        renew(other, file, log)
    assert file.read_bytes() == before
    log.write_text(LOG.format("Welfare\n  is one more."), encoding="utf-8")
    assert "written anew" in renew(other, file, log)
    assert made_with(file) == entries(log.read_text(encoding="utf-8"))
    # The same line does not serve twice.
    with pytest.raises(SystemExit):
        renew(small, file, log)


def test_a_line_is_known_again_when_it_is_wrapped_otherwise_or_released():
    assert entries(LOG.format("Nothing yet: no version.")) == []
    released = LOG.format("One thing.").replace("[Unreleased]", "[0.2.0]")
    both = LOG.format("Another\n  thing.") + released
    assert entries(both)[1:] == entries(released)
    assert entries(LOG.format("Another thing.")) == entries(both)[:1]


def test_a_table_survives_being_written(tmp_path, small):
    write(small, ["00"], tmp_path / "table.csv")
    again = read(tmp_path / "table.csv")
    assert isinstance(again, pd.DataFrame)
    assert differences(again, small) == []

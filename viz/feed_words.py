"""The sentences of the feed, in one language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FeedWords:
    """Sentences of the feed. `work` is a work's name, `names` a list of governments."""

    work: str
    another_work: str  # if the host has had one of that kind before
    nth: tuple[str, ...]  # from the second on
    later: str  # beyond the list
    two_names: str
    many_names: str
    two_ways: str  # "A or B"
    everyone: str

    law: str  # another institution, or other levers, from this year on
    merged: str  # several governments are part of another from this year on
    new_leader: str
    new_leaders: str
    arrived: str
    arrived_within: str  # among members of one government alone
    waits: str  # it is not on the table in its first year
    agreed: str
    agreed_within: str  # by a single party
    agreed_by_some: str
    declared: str
    declared_within: str  # by a single party
    declared_by_some: str
    approved: str
    approved_within: str  # by a single party
    refused: str
    kept_off: str
    outvoted: str
    cleared: str
    sent_back: str
    failed_by_one: str
    failed_by_many: str
    failed: str
    helped: str  # what would have let it pass
    overran: str
    reopened: str
    bad_year: str
    bad_years: str
    joins: str
    joins_since: str  # and why
    join: str
    join_many: str
    leaves: str
    leaves_since: str
    leave: str
    leave_many: str
    joining_costs: str
    no_part: str  # of the body, in a work whose host is outside
    no_company: str  # likewise, since no partner of the host is in it
    apart: str  # before what happens to such a work
    outsiders: str  # parties that have no seat
    borrowing: str
    borrowing_many: str
    fund_borrows: str
    fund_repays: str
    breaks_promise: str
    break_promises: str
    others_carry: str
    fund_carries: str
    then_dies: str
    then_dies_unpaid: str
    fined_one: str
    fined_many: str
    opened: str
    goes_alone: str
    go_alone: str
    fund_helps: str  # who goes alone
    expired: str
    cause: str  # why a good work was not built

"""What can happen in a year, as the plain year reports it. The compiled year reports nothing.

Beside each name: what the amount that is reported with it means.
"""

TABLED, VOTED, AGREED, FAILED, APPROVED, REFUSED = 1, 2, 3, 4, 5, 6
PAID, RENEGED, FINED, TAKEN_OVER, OPENED, DIED = 7, 8, 9, 10, 11, 12
COPIED, EXPIRED, DECLARED = 13, 14, 15
REOPENED, OVERRAN, OUTVOTED, LACKED = 16, 17, 18, 19
CLEARED, SENT_BACK, KEPT_OFF = 20, 21, 22
BORROWED, REPAID, AIDED = 23, 24, 25
MERGED = 26
JOINED, LEFT = 27, 28

NAMES = {
    TABLED: "tabled",  # 0
    VOTED: "voted",  # 1 for yes, 0 for no
    AGREED: "agreed",  # yeses to the draft that passed
    FAILED: "failed",  # 0
    APPROVED: "approved",  # estimated benefits over costs
    REFUSED: "refused",  # likewise
    PAID: "paid",  # money, this year's instalment
    RENEGED: "reneged",  # money, left unpaid
    FINED: "fined",  # money
    TAKEN_OVER: "taken_over",  # money, by the fund
    OPENED: "opened",  # money, benefit a year
    DIED: "died",  # share of the cost, as it has grown, paid by then
    COPIED: "copied",  # money, cost of the copy
    EXPIRED: "expired",  # 0
    DECLARED: "declared",  # yeses to the declaration
    REOPENED: "reopened",  # money that its partners will pay in its place
    OVERRAN: "overran",  # money, by which the cost has grown
    OUTVOTED: "outvoted",  # part of the delegates who were for it
    MERGED: "merged",  # 0; the government becomes part of another; about no project
    LACKED: "lacked",  # money, missing in a bad year; about no project
    CLEARED: "cleared",  # number of the approval, from 1 on
    SENT_BACK: "sent_back",  # likewise
    KEPT_OFF: "kept_off",  # estimated benefits over costs
    BORROWED: "borrowed",  # money, by a government or (nobody) the fund; about no project
    REPAID: "repaid",  # money, by the fund; likewise
    AIDED: "aided",  # money, by the fund, for a copy
    JOINED: "joined",  # money, the cost of joining; a voluntary body; about no project
    LEFT: "left",  # 0; likewise
}
NOBODY = -1

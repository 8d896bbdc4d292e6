"""What can happen in a year, as the plain year reports it. The compiled year reports nothing."""

TABLED, VOTED, AGREED, FAILED, APPROVED, REFUSED = 1, 2, 3, 4, 5, 6
PAID, RENEGED, FINED, TAKEN_OVER, OPENED, DIED = 7, 8, 9, 10, 11, 12
COPIED, EXPIRED = 13, 14

NAMES = {
    TABLED: "tabled",
    VOTED: "voted",
    AGREED: "agreed",
    FAILED: "failed",
    APPROVED: "approved",
    REFUSED: "refused",
    PAID: "paid",
    RENEGED: "reneged",
    FINED: "fined",
    TAKEN_OVER: "taken_over",
    OPENED: "opened",
    DIED: "died",
    COPIED: "copied",
    EXPIRED: "expired",
}
NOBODY = -1

"""Solara keeps to itself: it reports nothing, advertises nothing, warns of nothing moot."""

import warnings

from solara.server import settings


def hush() -> None:
    """Turn off what leaves the machine or clutters page and log, however the app was started."""
    settings.telemetry.mixpanel_enable = False
    settings.theme.show_banner = False
    # It concerns pages inside a frame of another site; ours stands alone.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")

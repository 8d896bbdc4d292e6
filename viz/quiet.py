"""How Solara serves a room: it reports nothing, advertises nothing, and pages find back."""

import os
import warnings

from solara.server import settings


def hush() -> None:
    """Turn off what leaves the machine or clutters page and log, however the app was started."""
    settings.telemetry.mixpanel_enable = False
    settings.theme.show_banner = False
    # A page whose program was started again, or that slept for long, loads itself anew: its address
    # says what it showed. Without this it stands there and answers nothing.
    settings.theme.force_refresh = True
    # What a page held whose connection dropped is kept for so long; one that comes back later loads
    # itself anew, and its address says what it showed.
    settings.kernel.cull_timeout = os.environ.get("SOLARA_KERNEL_CULL_TIMEOUT", "3m")
    settings.main.root_path = ""  # else the first visitor's headers decide where scripts come from
    settings.session.http_only = True
    # It concerns pages inside a frame of another site; ours stands alone.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none require https")

"""The few pages that the guard itself shows, each in all languages; how a browser treats ours."""

from html import escape

import segno
from starlette.responses import HTMLResponse

from viz import palette
from viz.words import LANGUAGES, DoorWords, speak

TREATED = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; connect-src 'self' blob:; "
        "img-src 'self' data: blob:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
"""Headers of every answer. Solara's page compiles its templates in the browser, which needs `eval`
and `blob:`, and holds scripts of its own; but no page can load anything from elsewhere, nor tell
anybody what it has seen.
"""
PLAIN = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'"
"""For the pages below, which need no script."""
STYLE = f"""
body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 2rem;
  padding: 1.5rem; box-sizing: border-box; background: {palette.PAPER}; color: {palette.INK};
  font: 1.25rem/1.5 {palette.FONT}; }}
section {{ max-width: 40rem; }}
h1 {{ font-size: 1.6rem; margin: 0 0 .5rem; }}
p {{ margin: 0 0 .75rem; }}
section + section {{ border-top: 1px solid {palette.RULE}; padding-top: 1.5rem; }}
form {{ display: flex; gap: .5rem; flex-wrap: wrap; }}
input, button {{ font: inherit; padding: .4rem .6rem; border: 1px solid {palette.FAINT};
  border-radius: .3rem; }}
input {{ flex: 1; min-width: 12rem; }}
button {{ background: {palette.WELFARE}; color: {palette.PAPER}; cursor: pointer; }}
.room {{ grid-template-columns: auto auto; align-items: center; gap: 4rem; }}
.room svg {{ display: block; height: min(80vh, 40vw); width: auto; }}
.room section + section {{ margin-top: 1.5rem; }}
.address {{ font-size: 1.7rem; font-weight: 600; overflow-wrap: anywhere; }}
.key {{ font-size: 2.6rem; font-weight: 700; letter-spacing: .04em; white-space: nowrap; }}
@media (max-width: 50rem) {{ .room {{ grid-template-columns: auto; }} }}
"""


def refusal(status: int, heading: str, *, form: bool = False, wait: int = 0) -> HTMLResponse:
    """A page that says, in each language, why there is nothing to see and what helps.

    Args:
        status: Of HTTP.
        heading: Field of `DoorWords`; the field of that name with `_help` stands below it.
        form: Whether to ask for the key.
        wait: Seconds after which it makes sense to try again.
    """
    sections = "".join(_section(code, door, heading, form=form) for code, door in _doors().items())
    response = _page(sections, status)
    if wait:
        response.headers["retry-after"] = str(wait)
    return response


def invitation(address: str, key: str) -> HTMLResponse:
    """What a presenter shows the room: a picture for phones, an address and a key to type.

    Args:
        address: As others reach the window, such as "http://192.168.1.7:8765".
        key: Lets them in.
    """
    picture = segno.make(f"{address}/?key={key}", micro=False, error="m").svg_inline(
        dark=palette.INK, omitsize=True
    )
    told = "".join(
        f'<section lang="{code}"><h1>{escape(door.invite)}</h1><p>{escape(door.invite_help)}</p>'
        f"</section>"
        for code, door in _doors().items()
    )
    body = (
        f"{picture}<div>{told}<section><p class=address>{escape(address)}</p>"
        f"<p class=key>{escape(key)}</p></section></div>"
    )
    return _page(body, 200, "room")


def _section(code: str, door: DoorWords, heading: str, *, form: bool) -> str:
    help_ = getattr(door, f"{heading}_help")
    field = (
        '<form action="/"><input name="key" autocomplete="off" autocapitalize="none" '
        f'spellcheck="false" required aria-label="{escape(door.key)}" '
        f'placeholder="{escape(door.key)}"><button>{escape(door.enter)}</button></form>'
        if form
        else ""
    )
    return (
        f'<section lang="{code}"><h1>{escape(getattr(door, heading))}</h1>'
        f"<p>{escape(help_)}</p>{field}</section>"
    )


def _page(body: str, status: int, kind: str = "") -> HTMLResponse:
    title = escape(speak(LANGUAGES[0]).title)
    return HTMLResponse(
        f'<!doctype html><html lang="{LANGUAGES[0]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{title}</title><style>{STYLE}</style></head>'
        f'<body class="{kind}">{body}</body></html>',
        status,
        headers={"content-security-policy": PLAIN, "cache-control": "no-store"},
    )


def _doors() -> dict[str, DoorWords]:
    told = {code: speak(code) for code in LANGUAGES}
    return {code: words.door for code, words in told.items()}

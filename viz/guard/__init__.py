"""What stands between the network and the window: one guard in front of Solara's own server.

`serve.serve` starts it. Every request and every message of a socket passes through `gate.Guard`,
which lets through what the page of the window needs and nothing else; `docs/security.md` says what
that promises. Plain pages of our own are served behind the same guard: see `Guard`'s `own`.
"""

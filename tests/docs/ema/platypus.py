"""Stands in for a library of search methods, under the GPL, that the EMA workbench imports.

No example here searches. Whatever is asked of it is a class that does nothing, so the workbench can
be imported and all else that it does is its own.
"""


class Nothing(type):
    """A class with every attribute."""

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing(name, (), {"__init__": lambda *_, **__: None})


def __getattr__(name):
    return getattr(Nothing("platypus", (), {}), name)

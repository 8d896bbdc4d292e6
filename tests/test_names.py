"""Names of the package: none hides another, each command has a room of its own."""

import argparse
import importlib
import pkgutil
from types import ModuleType

import pytest

import kernegotiate
from kernegotiate.cli.parser import build_parser

PACKAGES = [
    found.name
    for found in pkgutil.walk_packages(kernegotiate.__path__, "kernegotiate.")
    if found.ispkg and "_shipped" not in found.name
]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_name_of_a_package_hides_its_module(package):
    """`import kernegotiate.scenario.x` would give a function instead."""
    here = importlib.import_module(package)
    for name in getattr(here, "__all__", ()):
        getattr(here, name)  # loaded when first used
    for found in pkgutil.iter_modules(here.__path__):
        if found.name != "__main__":
            importlib.import_module(f"{package}.{found.name}")
            assert isinstance(getattr(here, found.name), ModuleType), found.name


def test_each_command_has_a_module_of_its_name():
    (choices,) = (
        action.choices
        for action in build_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    here = importlib.import_module("kernegotiate.cli.commands")
    modules = {found.name for found in pkgutil.iter_modules(here.__path__)}
    assert modules == {name.replace("-", "_") for name in choices}

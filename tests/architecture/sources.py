"""The program's own source files, for tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("queueapp", "kiosk", "counters")


def modules(*, tests: bool = False) -> list[Path]:
    """Every module of the program, and of the tests if asked."""
    folders = (*PACKAGES, "tests") if tests else PACKAGES
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """A path as somebody who reads a failure wants it."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def at_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported, also those of classes and branches."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        yield statement
        waiting += [
            child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)
        ]


def calls(node: ast.AST) -> Iterator[str]:
    """The names of everything that is called within ``node``."""
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            yield ast.unparse(child.func)

"""Every word that a person reads on a screen comes from the Language: no screen has its own.

What is looked at: the strings and the fixed parts of f-strings that are handed to whatever shows
them, and constants of several words that no ``sentence(…)`` marks.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name_of, parsed

PACKAGES = ("kiosk/", "counters/", "queueapp/tui/", "queueapp/demo/")
WORD = re.compile(r"[^\W\d_]{2,}")
SEVERAL_WORDS = re.compile(r"[^\W\d_]{2,},? [^\W\d_]{2,}")

SHOWING = {
    *("Static", "Label", "Button", "Input", "Option", "Content", "Text", "Segment"),
    *("Content.styled", "Content.assemble", "Content.from_markup", "Words", "Heading", "Cell"),
    *("CardWords", "Column", "Choice", "ConfirmScreen", "PromptScreen", "ChoiceScreen"),
    *("NotedChoiceScreen", "NoticeScreen", "BigNumber", "Standing"),
}
"""What shows the strings that it is given."""
SHOWING_METHODS = {"update", "say", "notify", "append", "show_welcome", "count_down"}
SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "placeholder", "title", "sub_title"}
NOT_SHOWN = {
    *("id", "classes", "key", "action", "restrict", "variant", "name", "style", "value"),
}
"""Keywords of those that nobody reads."""
TRANSLATING = {"sentence", "text", "plural"}

ALLOWED: dict[str, set[str]] = {
    # Each language is named in itself, on the button that leads to it.
    "kiosk/welcome_screen.py": {"English", "فارسی"},
    # Keys have their names engraved; a Persian keyboard has the same.
    "kiosk/pad_screen.py": {"Esc"},
    "queueapp/demo/role_bar.py": {"^Q"},
    # The window's title, as the command is called.
    "queueapp/demo/demo_terminal.py": {"queueapp demo"},
    # Programs are called by their names, and settings are typed as they are.
    "queueapp/tui/persian_window.py": {
        *("force_ltr yes", "windows terminal", "GNOME Terminal (VTE)", "Windows Terminal"),
        "the Linux console",
    },
    # A style.
    "queueapp/tui/themes.py": {"bold reverse"},
}
"""Few, and each with its reason."""


def screens() -> list[Path]:
    return [path for path in modules() if name_of(path).startswith(PACKAGES)]


def fixed_parts(node: ast.expr) -> Iterator[ast.Constant]:
    """The strings that ``node`` surely becomes a part of what is shown."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node
        return
    for part in parts_of(node):
        yield from fixed_parts(part)


def parts_of(node: ast.expr) -> Sequence[ast.expr]:
    """Of what an expression takes its words."""
    match node:
        case ast.JoinedStr(values=parts) | ast.BoolOp(values=parts):
            return [part for part in parts if not isinstance(part, ast.FormattedValue)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.Tuple(elts=[words, *_]):
            return [words]  # a style may follow
        case ast.Starred(value=value):
            return [value]
    return []


def shown_by(call: ast.Call) -> Iterator[ast.Constant]:
    """The fixed strings that ``call`` shows."""
    called = ast.unparse(call.func)
    if called in SHOWING:
        first_only = called in {"Cell", "Content.styled", "Segment"}
        arguments = call.args[:1] if first_only else call.args
        keywords = [each.value for each in call.keywords if each.arg not in NOT_SHOWN]
    elif isinstance(call.func, ast.Attribute) and call.func.attr in SHOWING_METHODS:
        arguments, keywords = call.args, []
    else:
        return
    for argument in (*arguments, *keywords):
        yield from fixed_parts(argument)


def shown_strings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from shown_by(node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in SHOWN_ATTRIBUTES:
                    yield from fixed_parts(node.value)


def constants_of_words(tree: ast.Module) -> Iterator[ast.Constant]:
    """Module and class constants that read like something for people."""
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for statement in (statement for body in bodies for statement in body):
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if ast.unparse(target) in {"CSS", "DEFAULT_CSS"}:
            continue
        marked = {
            id(argument)
            for call in ast.walk(statement.value)
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in TRANSLATING
            for argument in call.args
        }
        for node in ast.walk(statement.value):
            if not isinstance(node, ast.Constant) or id(node) in marked:
                continue
            if SEVERAL_WORDS.search(str(node.value)):
                yield node


def raw(path: Path, tree: ast.Module) -> list[str]:
    allowed = ALLOWED.get(name_of(path), set())
    shown = [node for node in shown_strings(tree) if WORD.search(str(node.value))]
    found = [*shown, *constants_of_words(tree)]
    return [
        f"{name_of(path)}:{node.lineno}: {node.value!r}"
        for node in found
        if node.value not in allowed
    ]


def test_no_screen_has_words_of_its_own() -> None:
    assert [line for path in screens() for line in raw(path, parsed(path))] == []


@pytest.mark.parametrize(
    "code",
    [
        'Static("Please wait")',
        'self.query_one(Static).update("Nobody waits")',
        'Static(f"{count} waiting")',
        'Content.styled("waiting", "$quiet")',
        'Content.assemble(("waiting", "bold"))',
        'CardWords(title=name or "Nobody")',
        'panel.border_title = "Queue"',
        'self.say("Saved" if saved else "")',
        'GREETING = "Please take a number"',
        'class Screen:\n    hint = "Type your number"',
        'Static("لطفاً صبر کنید")',
    ],
)
def test_a_raw_word_is_found(code: str) -> None:
    assert raw(Path(__file__), ast.parse(code)) != []


@pytest.mark.parametrize(
    "code",
    [
        'Static(self.language.text("Please wait"))',
        'GREETING = sentence("Please take a number")',
        'Static(id="waiting-people", classes="quiet strong")',
        'Content.styled(name, "bold $accent")',
        'Static(f"{ticket} · {time}")',
        'Cell(name, "quiet")',
    ],
)
def test_what_is_translated_or_read_by_nobody_is_not(code: str) -> None:
    assert raw(Path(__file__), ast.parse(code)) == []

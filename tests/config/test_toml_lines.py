"""The scanner knows the line of each key, however the TOML is written."""

import tomllib
from collections.abc import Iterator

import pytest

from queueapp.config.sample_branch import sample_branch_toml, telecom_office_toml
from queueapp.config.toml_lines import KeyPath, key_lines, written

EVERY_KIND_OF_VALUE = '''\
# comment = 1
plain = 1_000          # a comment with = and [brackets]
"quoted # key" = "a # in \\"quotes\\""
'literal.key' = 'C:\\dir'
dotted . key = 1979-05-27T07:32:00Z
dotted."other key" = -inf
long = """
not_a_key = 1
[not.a.table]
ends with quotes: ""\\"""""
longer = \'\'\'
[[neither]] = "here"
it''s\'\'\'
list = [ # comment ]
  "]", # not the end
  [ 1, [2] ],

  { a = 1, b = [ "}" ] },
]
[ table . "with space" ]
key = { x.y = true, z = {} }
[[array]]
name = "first"
[array.inner]
key = 1
[[array.rows]]
v = 1
[[array.rows]]
v = 2
[[array]]
name = "second"
[[array.rows]]
v = 3
[array.rows.deeper]
empty = []
'''


def paths_in(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_in(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths_in(inner, (*path, index))


@pytest.mark.parametrize(
    "text", [EVERY_KIND_OF_VALUE, sample_branch_toml(), telecom_office_toml(), "", "# nothing\n"]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_each_key_that_tomllib_finds_has_a_line(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    assert set(key_lines(text)) == set(paths_in(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("plain",), 2),
        (("quoted # key",), 3),
        (("literal.key",), 4),
        (("dotted",), 5),
        (("dotted", "other key"), 6),
        (("long",), 7),
        (("longer",), 11),
        (("list",), 14),
        (("list", 0), 15),
        (("list", 1, 1, 0), 16),
        (("list", 2, "b", 0), 18),
        (("table", "with space"), 20),
        (("table", "with space", "key", "x", "y"), 21),
        (("array",), 22),
        (("array", 0, "inner", "key"), 25),
        (("array", 0, "rows", 1, "v"), 29),
        (("array", 1), 30),
        (("array", 1, "rows", 0, "v"), 33),
        (("array", 1, "rows", 0, "deeper", "empty"), 35),
    ],
)
def test_the_line_is_the_one_where_the_key_stands(path: KeyPath, line: int) -> None:
    assert key_lines(EVERY_KIND_OF_VALUE)[path] == line


def test_a_path_is_written_as_people_count() -> None:
    assert written(("counters", "3", "services", 0)) == "counters.3.services[1]"
    assert written(("services", "two words", "name")) == 'services."two words".name'

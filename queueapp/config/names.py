"""Names that a branch writes in each of its languages."""

from queueapp.config.languages import LANGUAGES
from queueapp.config.toml_lines import KeyPath
from queueapp.config.toml_table import TomlFile, TomlTable, did_you_mean, listed, shown
from queueapp.domain.words import Text


def read_languages(top: TomlTable) -> tuple[str, ...]:
    """The branch's languages, the one that a kiosk starts in first."""
    if "languages" not in top:
        return LANGUAGES
    languages: list[str] = []
    before = len(top.file.problems)
    for path, item in top.items("languages"):
        if not isinstance(item, str) or item not in LANGUAGES:
            guess = did_you_mean(item, LANGUAGES)
            top.file.report(path, f"must be {listed(LANGUAGES)}, not {shown(item)}{guess}")
        elif item in languages:
            top.file.report(path, f"is there twice: {shown(item)}")
        else:
            languages.append(item)
    if not languages and len(top.file.problems) == before:
        top.report("languages", "must name at least one language")
    return tuple(languages)


def read_name(table: TomlTable, key: str, languages: tuple[str, ...]) -> Text:
    """A required name: one text for all languages, or one for each."""
    value = table.require(key, _example(languages))
    if value is None:
        return Text()
    return check_name(table.file, (*table.path, key), value, languages)


def check_name(file: TomlFile, path: KeyPath, value: object, languages: tuple[str, ...]) -> Text:
    """``value`` as a name; mistakes are noted at ``path``."""
    if isinstance(value, str) and value.strip():
        return Text(dict.fromkeys(languages, value.strip()))
    if not isinstance(value, dict):
        file.report(path, f"must be a name like {_example(languages)}, not {shown(value)}")
        return Text()
    names: dict[str, str] = {}
    for language, name in value.items():
        if language not in LANGUAGES:
            guess = did_you_mean(language, LANGUAGES)
            file.report((*path, language), f"is not a language of this program{guess}")
        elif isinstance(name, str) and name.strip():
            names[language] = name.strip()
        else:
            file.report((*path, language), f"must be a name, not {shown(name)}")
    for language in languages:
        if language not in value:
            file.report(path, f'has no name in "{language}", a language of this branch')
    return Text(names)


def _example(languages: tuple[str, ...]) -> str:
    examples = {"en": '"Bill payment"', "fa": '"پرداخت قبض"'}
    return f"{{ {', '.join(f'{code} = {examples[code]}' for code in languages or LANGUAGES)} }}"

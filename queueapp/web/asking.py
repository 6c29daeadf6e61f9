"""What a request says about who asks: their language, and the words of a form."""

from urllib.parse import parse_qs

from starlette.requests import Request

MOST_FIELDS = 20


def language_code(request: Request, known: tuple[str, ...], usual: str) -> str:
    """The language to answer in: the one asked for, the browser's own, or ``usual``."""
    asked = request.query_params.get("lang", "")
    if asked in known:
        return asked
    header = request.headers.get("accept-language", "")
    for part in header.split(",")[:MOST_FIELDS]:
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in known:
            return code
    return usual


def language_of_program(request: Request) -> str:
    """The same for programs, which read English unless they ask for another."""
    return language_code(request, ("en", "fa"), "en")


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, each once; nothing when it is no form.

    Without the letter NUL, which nobody types and PostgreSQL does not take.
    """
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[-1].replace("\0", "") for name, values in fields.items()}

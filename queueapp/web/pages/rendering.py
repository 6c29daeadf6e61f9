"""Pages from templates, escaped by themselves, and the few files that they bring along."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from queueapp.domain.words import sentence
from queueapp.language import Language
from queueapp.web.problems import Problem

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
FOR_EVER = "public, max-age=31536000, immutable"
"""A file's address holds its digest: another file has another address."""
LANGUAGE_NAMES = {"en": "English", "fa": "فارسی"}
SORRY = sentence("That did not work")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """One file, as it is sent."""

    body: bytes
    media_type: str
    digest: str


def other_languages(codes: Sequence[str], spoken: Language) -> list[tuple[str, str]]:
    """The languages that a page may be read in besides the one it is ``spoken`` in, with names."""
    return [(code, LANGUAGE_NAMES.get(code, code)) for code in codes if code != spoken.code]


class Rendering:
    """The templates and files of one application, read once."""

    def __init__(self) -> None:
        self._files = {
            name: _read(name, each.read_bytes())
            for each in files("queueapp.web").joinpath("static").iterdir()
            if (name := each.name).rpartition(".")[2] in KINDS
        }
        self._templates = Environment(
            loader=PackageLoader("queueapp.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["file"] = self.address

    def address(self, name: str) -> str:
        """Where a file is, for as long as it is this one."""
        return f"/static/{self._files[name].digest}/{name}"

    def page(
        self,
        template: str,
        language: Language,
        facts: Mapping[str, Any],
        *,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        """One page in ``language``."""
        body = self._templates.get_template(template).render(
            lang=language.code, direction=language.direction.value, **facts
        )
        return HTMLResponse(body, status_code=status)

    def problem(self, problem: Problem, language: Language) -> Response:
        """A page that says what did not work."""
        facts = {
            "title": language.text(SORRY),
            "sentence": problem.detail,
        }
        response = self.page("problem.html", language, facts, status=problem.status)
        response.headers.update(problem.headers)
        return response

    def routes(self) -> APIRouter:
        """The files, and the service worker at the root, where it reaches every page."""
        routes = APIRouter(include_in_schema=False)

        @routes.get("/static/{digest}/{name}")
        async def static(digest: str, name: str) -> Response:
            found = self._files.get(name)
            if found is None or found.digest != digest:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            return Response(
                found.body, media_type=found.media_type, headers={"Cache-Control": FOR_EVER}
            )

        @routes.get("/worker.js")
        async def worker() -> Response:
            found = self._files["worker.js"]
            return Response(
                found.body, media_type=found.media_type, headers={"Cache-Control": "no-cache"}
            )

        return routes


def _read(name: str, body: bytes) -> StaticFile:
    return StaticFile(
        body=body,
        media_type=KINDS[name.rpartition(".")[2]],
        digest=hashlib.sha256(body).hexdigest()[:12],
    )

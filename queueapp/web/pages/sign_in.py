"""Signing in with code and PIN, for pages that are for staff; a key does as well."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from queueapp.domain.access import Scope
from queueapp.domain.refusal import Refused
from queueapp.domain.staff import PERMISSIONS, Permission
from queueapp.domain.words import StaffCode, sentence
from queueapp.language import Language
from queueapp.web.asking import form_of
from queueapp.web.office import Office
from queueapp.web.pages.rendering import Rendering
from queueapp.web.problems import problem_of_refusal
from queueapp.web.signing import COOKIE, SESSION, session_of, staff_of

STAFF_PAGES = ("/wall", "/poster")
"""Where signing in may lead; nowhere else, whatever a form says."""
PURPOSE = "session"
CODE = sentence("Your code")
PIN = sentence("Your PIN")
SIGN_IN = sentence("Sign in")


class SignIn:
    """Knows who is signed in, and asks those who are not."""

    def __init__(self, office: Office, rendering: Rendering) -> None:
        self._office = office
        self._rendering = rendering

    def routes(self) -> APIRouter:
        """``/sign-in``."""
        routes = APIRouter(include_in_schema=False)
        routes.post("/sign-in")(self.sign_in)
        return routes

    async def is_known(self, request: Request) -> bool:
        """Whether a supervisor signed in here, or a key for the wall was sent."""
        if "authorization" in request.headers:
            await self._office.require(request, Scope.WALL)
            return True
        staff = await asyncio.to_thread(self._staff_of, request.cookies.get(COOKIE, ""))
        person = None if staff is None else self._office.live.staff.get(staff)
        return person is not None and Permission.STEER in PERMISSIONS[person.role]

    def ask(
        self, language: Language, then: str, *, status: HTTPStatus, notice: str = ""
    ) -> Response:
        """The page that asks who it is."""
        facts = {
            "title": language.text(SIGN_IN),
            "branch": language.name(self._office.live.branch.name),
            "code": language.text(CODE),
            "pin": language.text(PIN),
            "then": then,
            "notice": notice,
        }
        return self._rendering.page("sign_in.html", language, facts, status=status)

    async def sign_in(self, request: Request) -> Response:
        """Check code and PIN, slowly on purpose, and remember it in a cookie."""
        language = self._office.spoken_language(request)
        form = await form_of(request)
        then = form.get("then", "")
        then = then if then in STAFF_PAGES else STAFF_PAGES[0]
        code, pin = StaffCode(form.get("staff", "")), form.get("pin", "")
        try:
            # Read before: a PIN that is changed meanwhile ends this session, too. Without a mark,
            # for somebody whom the picture does not know yet, it is over at once.
            pin_mark = await asyncio.to_thread(self._pin_mark, code)
            await self._office.lane.sign_in(code, pin, Permission.STEER)
        except Refused as refused:
            problem = problem_of_refusal(refused, language)
            return self.ask(language, then, status=problem.status, notice=problem.detail)
        response = RedirectResponse(then, status_code=HTTPStatus.SEE_OTHER)
        response.set_cookie(
            COOKIE,
            await asyncio.to_thread(self._session_of, code, pin_mark or ""),
            max_age=int(SESSION.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    # -- in a thread: each asks the database ------------------------------------------------------

    def _staff_of(self, cookie: str) -> StaffCode | None:
        if not cookie:
            return None
        return staff_of(self._secret(), cookie, self._pin_mark, self._office.context.clock())

    def _session_of(self, staff: StaffCode, pin_mark: str) -> str:
        return session_of(self._secret(), staff, pin_mark, self._office.context.clock())

    def _secret(self) -> bytes:
        context = self._office.context
        return context.store.secret(context.branch, PURPOSE)

    def _pin_mark(self, staff: StaffCode) -> str | None:
        if staff not in self._office.live.staff:
            return None
        context = self._office.context
        return context.store.pin_mark(context.branch, staff)

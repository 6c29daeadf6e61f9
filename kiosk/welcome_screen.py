"""The first screen of a kiosk: choose a service and have a ticket, with one tap."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from kiosk import offers
from kiosk.appointment_screen import AppointmentScreen
from kiosk.card import CardWords
from kiosk.card_groups import CardGrid, CardGroup, CardRow
from kiosk.check_in_screen import CheckInScreen
from kiosk.find_ticket_screen import FindTicketScreen
from kiosk.join_code import JoinCode
from kiosk.kiosk_screen import KioskScreen, Pace
from kiosk.my_ticket_screen import MyTicketScreen, Wish
from kiosk.notice_screen import NoticeScreen
from kiosk.number_keys import KEYS, number_bindings
from kiosk.question_screen import MORE, QuestionScreen
from kiosk.rating_screen import RatingScreen
from kiosk.scanner import Scanner
from kiosk.ticket_screen import TicketScreen
from kiosk.welcome_head import WelcomeHead
from kiosk.wrong_codes import WrongCodes
from queueapp.domain.appointment import takes_appointments
from queueapp.domain.branch import Category
from queueapp.domain.live import LiveBranch
from queueapp.domain.printing import PrinterName
from queueapp.domain.refusal import Refused
from queueapp.domain.words import CategoryCode, ServiceCode, Text, sentence
from queueapp.language import Language
from queueapp.operations.commands import IssueTicket
from queueapp.operations.ports import Receipt

Answer = TypeVar("Answer")

APPOINTMENT = sentence("I have an appointment")
APPOINTMENT_FOR = sentence("Check in with a code")
HAVE_TICKET = sentence("I already have a number")
HAVE_TICKET_FOR = sentence("Look it up, rate, leave the queue")

WHICH_SERVICE = sentence("Which service do you come for?")
WHY_SOONER = sentence("Why do you need to go sooner?")
LEFT_QUEUE = sentence("You have left the queue. Goodbye!")

SOONER_KEY, APPOINTMENT_KEY, HAVE_TICKET_KEY = "8", "9", "0"


class Way(NamedTuple):
    """Something to begin besides taking a ticket."""

    key: str
    words: CardWords
    begin: Callable[[], Awaitable[None]]


class WelcomeScreen(KioskScreen[None]):
    """Everything a customer may begin, in one look.

    ``idle_seconds``: without a touch for so long, every screen comes back here and to the first
    language. ``ticket_seconds``: how long a ticket is shown. ``settle_seconds``: after a change of
    screen, a touch within this time is the second half of a double tap. ``language``: the one to
    start in; without it, the first of the branch. ``printer``: where its tickets come out.
    ``join_code``: the code that is good at a moment, to take a number by phone with.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *number_bindings("press"),
        Binding("asterisk,*,٭", "next_language", show=False),
    ]
    SPEAKS_IN_SHOW = True
    CSS = """
    WelcomeScreen #head { height: 5; margin: 0 2; }
    WelcomeScreen #middle { height: 1fr; margin: 0 2; }
    WelcomeScreen #services { width: 1fr; height: 1fr; }
    WelcomeScreen #ways { height: 5; margin: 0 2; }
    WelcomeScreen.-narrow #head, WelcomeScreen.-narrow #middle, WelcomeScreen.-narrow #ways {
        margin: 0 1;
    }
    WelcomeScreen.-low #head, WelcomeScreen.-low #languages { height: 4; }
    WelcomeScreen.-tight #languages { width: 34; }
    WelcomeScreen.-low #choose, WelcomeScreen.-low #kept { display: none; }
    WelcomeScreen.-roomy #head { margin: 1 2 0 2; }
    WelcomeScreen.-roomy #middle { margin: 1 2; }
    WelcomeScreen.-roomy #ways { margin: 0 2 1 2; }
    """

    def __init__(
        self,
        *,
        idle_seconds: float = 20,
        ticket_seconds: float = 15,
        settle_seconds: float = 0.6,
        language: str | None = None,
        printer: PrinterName | None = None,
        join_code: Callable[[datetime], str] | None = None,
    ) -> None:
        pace = Pace(idle=idle_seconds, ticket=ticket_seconds, settle=settle_seconds)
        super().__init__(pace, language=language)
        self._home_language = language
        self._printer = printer
        self._join_code = join_code
        self._wrong_codes = WrongCodes()
        self._scanner = Scanner()

    # -- how it looks ----------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Where we are and in which language; the services; the other ways."""
        yield WelcomeHead(id="head")
        with Horizontal(id="middle"):
            yield CardGrid(KEYS, id="services")
            yield JoinCode(id="join")
        yield CardRow(id="ways")

    def show(self, live: LiveBranch) -> None:
        """Draw the branch as it is now."""
        if self._home_language is None:
            self._home_language = live.branch.languages[0]
            self.rest()
        now, languages = self.now(), self._languages(live)
        self.query_one(WelcomeHead).show(live, now, languages)
        self._show_services(live, now, languages)
        self.query_one(JoinCode).offer(self._join_address(live, now), languages[0])
        self.query_one("#ways", CardRow).offer([way.words for way in self._ways(live, languages)])

    def _join_address(self, live: LiveBranch, now: datetime) -> str:
        """Where a phone takes a number; empty where the branch has no such page."""
        if self._join_code is None or not live.branch.public_url or not live.branch.phone.join:
            return ""
        return f"{live.branch.public_url}/j/{self._join_code(now)}"

    def _show_services(
        self, live: LiveBranch, now: datetime, languages: tuple[Language, ...]
    ) -> None:
        usual = live.branch.usual_category
        taken = {way.key for way in self._ways(live, languages)}
        grid = self.query_one("#services", CardGrid)
        grid.keys = languages[0].digits("".join(key for key in KEYS if key not in taken))
        grid.offer(
            [
                offers.service_card(service, usual.code, live, now, languages)
                for service in live.branch.services
            ],
            CardWords(
                title=languages[0].text(MORE), other_title=offers.other_text(MORE, languages)
            ),
        )

    def _ways(self, live: LiveBranch, languages: tuple[Language, ...]) -> list[Way]:
        """The other ways to begin that this branch has."""
        ways = []
        sooner = offers.sooner_categories(live.branch)
        if sooner:
            words = offers.sooner_card(sooner, SOONER_KEY, languages)
            ways.append(Way(SOONER_KEY, words, lambda: self._go_sooner(sooner)))
        by_appointment = offers.appointment_categories(live.branch)
        if takes_appointments(live.branch):
            words = offers.said(APPOINTMENT, APPOINTMENT_KEY, languages, detail=APPOINTMENT_FOR)
            ways.append(Way(APPOINTMENT_KEY, words, self._check_in))
        elif by_appointment:
            words = offers.said(APPOINTMENT, APPOINTMENT_KEY, languages)
            ways.append(
                Way(APPOINTMENT_KEY, words, lambda: self._come_by_appointment(by_appointment[0]))
            )
        words = offers.said(HAVE_TICKET, HAVE_TICKET_KEY, languages, detail=HAVE_TICKET_FOR)
        return [*ways, Way(HAVE_TICKET_KEY, words, self._look_up)]

    def _languages(self, live: LiveBranch) -> tuple[Language, ...]:
        """The one spoken now, then the others of the branch."""
        own = self.language
        others = (code for code in live.branch.languages if code != own.code)
        return (own, *(self.context.language_of(code) for code in others))

    # -- what is touched -------------------------------------------------------------------------

    def typed(self, event: events.Key) -> None:
        """A reader may type the code of an appointment at any time: its figures are no touch."""
        if self.live is None or not takes_appointments(self.live.branch):
            return
        if self._scanner.takes(event):
            event.stop()
            scanned = self._scanner.finished(event)
            if scanned:
                self.once(lambda: self._check_in(scanned))

    def may_repeat(self) -> bool:
        """A reader types faster than any finger."""
        return self._scanner.is_reading

    def tick(self) -> None:
        """A reader that has stopped was none."""
        self._scanner.tick()
        super().tick()

    def action_press(self, number: int) -> None:
        """A number key: a service, or one of the other ways."""
        live = self.live
        if live is None:
            return
        for way in self._ways(live, self._languages(live)):
            if way.key == str(number):
                self.once(way.begin)
                return
        if number:
            self.query_one("#services", CardGrid).press(number - 1)

    def action_next_language(self) -> None:
        """Go on in the branch's next language."""
        if self.live is not None:
            codes = self.live.branch.languages
            at = codes.index(self.language.code) if self.language.code in codes else -1
            self._speak(codes[(at + 1) % len(codes)])

    @on(CardGroup.Chosen, "#languages")
    def language_touched(self, event: CardGroup.Chosen) -> None:
        """Go on in that language."""
        if self.live is not None:
            self._speak(self.live.branch.languages[event.index])

    @on(CardGroup.Chosen, "#services")
    def service_touched(self, event: CardGroup.Chosen) -> None:
        """Give a ticket for that service, at once."""
        live = self.live
        if live is None:
            return
        if event.refused:
            self.once(lambda: self._tell(event.refused))
            return
        service = live.branch.services[event.index]
        usual = live.branch.usual_category
        self.once(lambda: self._issue(service.code, usual.code))

    @on(CardGroup.Chosen, "#ways")
    def way_touched(self, event: CardGroup.Chosen) -> None:
        """Begin in another way."""
        if self.live is not None:
            self.once(self._ways(self.live, self._languages(self.live))[event.index].begin)

    def rest(self) -> None:
        """The next customer begins at the beginning."""
        self.query_one("#services", CardGrid).first_page()
        if self._home_language is not None:
            self._speak(self._home_language)

    def _speak(self, code: str) -> None:
        if code != self.language.code:
            self.once(lambda: self.speak(code))

    # -- what comes of it ------------------------------------------------------------------------

    async def _issue(
        self,
        service: ServiceCode,
        category: CategoryCode,
        *,
        reason: str = "",
        slot: datetime | None = None,
    ) -> None:
        language = self.language.code
        answer = await self.terminal.perform(
            IssueTicket(
                service=service,
                category=category,
                category_reason=reason,
                appointment_at=slot,
                language=language,
                printer=self._printer,
            )
        )
        if isinstance(answer, Refused):
            await self._tell(self.language.refusal(answer))
            return
        await self._show_ticket(answer, service)

    async def _show_ticket(self, receipt: Receipt, service: ServiceCode) -> None:
        public_url = self.live.branch.public_url if self.live is not None else None
        await self.open(
            TicketScreen(
                receipt,
                service,
                public_url,
                pace=self.pace,
                language=self.language.code,
                printer=self._printer,
            )
        )

    async def _check_in(self, scanned: str = "") -> None:
        answer = await self.open(
            CheckInScreen(self._wrong_codes, pace=self.pace, scanned=scanned, printer=self._printer)
        )
        if isinstance(answer, Refused):
            await self._tell(self.language.refusal(answer))
        elif answer is not None:
            await self._show_ticket(answer, ServiceCode(answer.told["service"]))

    async def _go_sooner(self, categories: tuple[Category, ...]) -> None:
        category = await self._choose_category(categories)
        if category is None:
            return
        service = await self._choose_service(category.code)
        if service is None:
            return
        reason: str | None = ""
        if category.reasons:
            reason = await self._choose_reason(category)
        elif category.needs_reason:
            reason = self._in_branch_language(category.name)
        if reason is not None:
            await self._issue(service, category.code, reason=reason)

    async def _come_by_appointment(self, category: Category) -> None:
        slot = await self.open(AppointmentScreen(pace=self.pace))
        if slot is None:
            return
        service = await self._choose_service(category.code)
        if service is not None:
            await self._issue(service, category.code, slot=slot)

    async def _look_up(self) -> None:
        ticket = await self.open(FindTicketScreen(pace=self.pace))
        if ticket is None:
            return
        wish = await self.open(MyTicketScreen(ticket, pace=self.pace))
        if wish is Wish.RATE:
            await self.open(RatingScreen(ticket, pace=self.pace))
        elif wish is Wish.LEFT:
            await self._tell(self.language.text(LEFT_QUEUE))

    async def _choose_category(self, categories: tuple[Category, ...]) -> Category | None:
        if len(categories) == 1:
            return categories[0]
        languages = self._spoken()
        answers = [(category, offers.named(category.name, languages)) for category in categories]
        return await self._ask_with_cards(WHY_SOONER, answers)

    async def _choose_service(self, category: CategoryCode) -> ServiceCode | None:
        live = self.live
        if live is None:
            return None
        now, languages = self.now(), self._languages(live)
        answers = [
            (service.code, offers.service_card(service, category, live, now, languages))
            for service in live.branch.services
        ]
        return await self._ask_with_cards(WHICH_SERVICE, answers)

    async def _choose_reason(self, category: Category) -> str | None:
        languages = self._spoken()
        answers = [
            (self._in_branch_language(reason), offers.named(reason, languages))
            for reason in category.reasons
        ]
        return await self._ask_with_cards(WHY_SOONER, answers)

    async def _ask_with_cards(
        self, question: str, answers: Sequence[tuple[Answer, CardWords]]
    ) -> Answer | None:
        words = self.language.text(question)
        return await self.open(QuestionScreen(words, answers, pace=self.pace))

    async def _tell(self, notice: str) -> None:
        await self.open(NoticeScreen(notice, pace=self.pace))

    def _spoken(self) -> tuple[Language, ...]:
        return self._languages(self.live) if self.live is not None else (self.language,)

    def _in_branch_language(self, name: Text) -> str:
        """What staff read: they know the branch's first language."""
        return name.in_language(self.live.branch.languages[0] if self.live is not None else "")

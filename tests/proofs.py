"""What people of the tests know or hold besides their password: answers to questions, an authenticator app."""

from datetime import timedelta

import msgspec
import pyotp

from chalicelib.core import ids
from chalicelib.credentials import questions
from chalicelib.credentials.domain.questions import Given
from local import seed
from tests.portal import Browser
from tests.world import PASSWORD, Account, Time, World

ANSWERS = {"first_pet": "Sir Barksalot", "lost_thing": "The blue kite", "best_gift": "A trumpet"}
"""By question."""
RECOVERY_CODES = tuple(f"test-code-code-000{number}" for number in range(10))


class App(msgspec.Struct, frozen=True):
    """An authenticator app that somebody enrolled."""

    secret: str
    time: Time

    def code(self, steps: int = 0) -> str:
        """The code that it shows, or showed or will show so many steps of 30 seconds from now."""
        return pyotp.TOTP(self.secret).at(self.time.now + timedelta(seconds=30 * steps))

    def fresh_code(self) -> str:
        """A code that was not used before: the portal's clock goes on to the next."""
        self.time.advance(seconds=30)
        return self.code()

    def wrong_code(self) -> str:
        """Six digits that are no code of about now."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(code for number in range(8) if (code := f"{number:06}") not in near)


def set_questions(world: World, account: Account, answers: dict[str, str] | None = None) -> dict[str, str]:
    """Somebody sets three security questions; their answers, by question."""
    chosen = answers or ANSWERS
    given = [Given(question, answer) for question, answer in chosen.items()]
    seed.add_questions(account.user.id, questions.chosen(given, world.time.now), world.time.now)
    return chosen


def enroll(world: World, account: Account) -> App:
    """Somebody has a second factor, with `RECOVERY_CODES`."""
    secret = ids.seed()
    seed.add_factor(account.user.id, secret, RECOVERY_CODES, world.time.now)
    return App(secret, world.time)


def signed_in(world: World, account: Account, app: App) -> Browser:
    """A browser of somebody who signed in with a second factor."""
    browser = world.browser()
    assert browser.sign_in(account.user.email, PASSWORD).json["stage"] == "factor"
    answer = browser.give_code(app.code())
    assert answer.status == 201, answer.text
    return browser

"""Shared sign-ins are told from honest ones on settings that the thresholds were not chosen on (ACC-10, S-SHARE-01)."""

import pytest

from bench import sharing
from bench.sharing import CHOSEN_ON, HELD_OUT, Setting
from tests import scale

COUNT = scale.size(100, 2_000)


@pytest.mark.parametrize("setting", HELD_OUT, ids=lambda setting: setting.name)
def test_who_shares_is_told_and_hardly_anybody_else(setting: Setting) -> None:
    """Precision of at least 0.9 and recall of at least 0.7 on each setting held out; a short run may miss one more."""
    found = sharing.judged(setting, COUNT)
    slack = scale.repeats(1, 0)
    assert found.wrong <= 0.1 * (found.told + found.wrong) + slack
    assert found.told + slack >= 0.7 * (found.told + found.missed)


def test_settings_held_out_are_others_and_the_same_seed_gives_the_same() -> None:
    """Nothing of what is judged was seen when thresholds were chosen."""
    assert CHOSEN_ON not in HELD_OUT
    assert len({(one.use, one.pause, one.days) for one in (CHOSEN_ON, *HELD_OUT)}) == 1 + len(HELD_OUT)
    first, again = (list(sharing.months(CHOSEN_ON, 3)) for _ in range(2))
    assert first == again
    assert {month.shared for month in sharing.months(CHOSEN_ON, 20)} == {True, False}

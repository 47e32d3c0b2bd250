"""One run of a watch: the свод collected where the workbook is, and the sentence of what it came to."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.google.fetching import Connect
from sheetsync.campaign.pressing import consolidate_on_screen, sentence_of, told_of_run
from sheetsync.campaign.watching.schedule import Outcome


class Ran(Struct, frozen=True):
    """What a run came to; ``seconds`` is how long it took."""

    outcome: Outcome
    sentence: str
    seconds: float
    needs_user: bool = True


def run(
    campaign: store.Campaign,
    now: datetime,
    google: Connect,
    *,
    may_save_beside: bool,
    progress: Progress = lambda *_: None,
    clock: Callable[[], float] = time.monotonic,
) -> Ran:
    """Collect as «Собрать свод» does. Whatever happens is an outcome; only Ctrl+C passes through."""
    began = clock()
    was_open = store.is_open_elsewhere(campaign.workbook)
    try:
        result = consolidate_on_screen(
            campaign.folder,
            now.date(),
            now,
            progress=progress,
            google=google,
            may_save_beside=may_save_beside,
        )
    except store.CampaignLocked as error:
        return Ran(Outcome.HELD, str(error), clock() - began)
    except store.TargetBusy:
        return Ran(Outcome.OPEN, "", clock() - began)
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, the watch goes on
        return Ran(Outcome.FAILED, sentence_of(error), clock() - began)
    seconds = clock() - began
    done = Outcome.ON_SCREEN if was_open else Outcome.DONE
    outcome = Outcome.BESIDE if result.is_beside else done
    return Ran(outcome, told_of_run(result, now, seconds), seconds, result.needs_user)

"""Short words of ``GoogleRefused.detail`` a sign-in adds to Google's own codes."""

from __future__ import annotations

from typing import Final

CLOCK: Final = "clock"
"""Google finds the time of this computer wrong."""

KEY_GONE: Final = "key_gone"
"""The key of a service account is deleted, or no key at all."""

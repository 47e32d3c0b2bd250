"""Excel's macro security in the registry: read, and one numbered trusted location of ours."""

from __future__ import annotations

from typing import Final

from sheetsync.office.facts import ExcelTrust, TrustedLocation
from sheetsync.office.machine import Registry, RegistryValue

DESCRIPTION: Final = "sheetsync"
"""How our trusted locations are told from everybody else's."""

_VERSIONS: Final = ("16.0", "15.0", "14.0")
"""Excel 2016-365, 2013, 2010."""

_USER: Final = "HKCU\\Software\\Microsoft\\Office\\{version}\\Excel"
_POLICY: Final = "HKCU\\Software\\Policies\\Microsoft\\Office\\{version}\\Excel"
_LOCATION: Final = "Location"


def excel_trust(registry: Registry) -> ExcelTrust:
    """What Excel is told about macros, by the user and by the administrator."""
    user, policy = _keys(registry)
    decided = registry.value(f"{policy}\\Security", "VBAWarnings")
    chosen = decided if decided is not None else registry.value(f"{user}\\Security", "VBAWarnings")
    off, network = (_either(registry, name) for name in ("AllLocationsDisabled", "AllowNetworkLocations"))
    return ExcelTrust(
        warnings=chosen if isinstance(chosen, int) else None,
        by_policy=decided is not None,
        blocks_internet=registry.value(f"{policy}\\Security", "blockcontentexecutionfrominternet") == 1,
        locations=tuple(one for root in (user, policy) for one in _locations(registry, _locations_key(root))),
        locations_off=off == 1,
        network_allowed=network == 1,
    )


def _keys(registry: Registry) -> tuple[str, str]:
    """The user's and the administrator's key of the Excel that is used here."""
    used = (one for one in _VERSIONS if registry.subkeys(_USER.format(version=one)))
    version = next(used, _VERSIONS[0])
    return _USER.format(version=version), _POLICY.format(version=version)


def _locations_key(root: str) -> str:
    return f"{root}\\Security\\Trusted Locations"


def _either(registry: Registry, name: str) -> RegistryValue | None:
    """A switch of trusted locations: what the administrator decided goes first."""
    user, policy = (_locations_key(one) for one in _keys(registry))
    decided = registry.value(policy, name)
    return decided if decided is not None else registry.value(user, name)


def _locations(registry: Registry, root: str) -> list[TrustedLocation]:
    found = []
    for name in registry.subkeys(root):
        key = f"{root}\\{name}"
        path = registry.value(key, "Path")
        if isinstance(path, str):
            subfolders = registry.value(key, "AllowSubFolders") == 1
            description = str(registry.value(key, "Description") or "")
            found.append(TrustedLocation(key, path, subfolders, description))
    return found


def covering(trust: ExcelTrust, folder: str, *, network: bool) -> TrustedLocation | None:
    """The trusted location that covers a folder, if Excel heeds any."""
    if trust.locations_off or (network and not trust.network_allowed):
        return None
    wanted = _plain(folder)
    for one in trust.locations:
        path = _plain(one.path)
        if wanted == path or (one.subfolders and wanted.startswith(path)):
            return one
    return None


def trust_folder(registry: Registry, folder: str) -> str:
    """Write a trusted location of ours for a folder under a free number; returns its key."""
    user, _ = _keys(registry)
    root = _locations_key(user)
    taken = {one.casefold() for one in registry.subkeys(root)}
    number = next(one for one in range(len(taken) + 1) if f"{_LOCATION}{one}".casefold() not in taken)
    key = f"{root}\\{_LOCATION}{number}"
    registry.put(key, "Path", folder.rstrip("\\/") + "\\")
    registry.put(key, "AllowSubFolders", 1)
    registry.put(key, "Description", DESCRIPTION)
    return key


def our_locations(registry: Registry) -> list[TrustedLocation]:
    """The trusted locations ``trust_folder`` wrote, whatever Excel's version."""
    roots = (_locations_key(_USER.format(version=one)) for one in _VERSIONS)
    every = (one for root in roots for one in _locations(registry, root))
    return [one for one in every if one.description == DESCRIPTION]


def _plain(path: str) -> str:
    """A path as Excel compares it: small letters, one kind of slash, one at the end."""
    return path.replace("/", "\\").rstrip("\\").casefold() + "\\"

"""Settings of a server in tests where members sign in with accounts, on this machine and so without TLS."""

from nowrongdoor.site.settings import *  # noqa: F403

NWD_ACCOUNTS = True

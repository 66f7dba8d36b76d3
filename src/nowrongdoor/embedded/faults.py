"""The one way in which the private PostgreSQL says no."""


class CannotStart(Exception):
    """The server cannot run here. The text is for a person: what is wrong, and what to do about it."""

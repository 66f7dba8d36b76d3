"""How careful we must be with a sign-in: it says who works here, and nothing about those we work for."""

from django.contrib.sessions.models import Session

from nowrongdoor.kernel.classes import SIGNED_IN, classify

classify(Session, {SIGNED_IN: "session_key session_data expire_date"})

"""Addresses of what is due, and of replying to what has been escalated."""

from django.urls import path

from nowrongdoor.pages.clocks import views

urlpatterns = [
    path("due", views.list_due, name="due"),
    path("due/heard", views.list_heard, name="due_heard"),
    path("clocks/<uuid:clock_id>/reply", views.reply, name="clock_reply"),
    path("calls/<uuid:call_id>/reply", views.reply_about_call, name="call_reply"),
]

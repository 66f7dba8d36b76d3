"""Addresses of handovers."""

from django.urls import path

from nowrongdoor.pages.handovers import answering, attached, chasing, composing

urlpatterns = [
    path("referrals/<uuid:referral_id>/hand-over", composing.new, name="handover_new"),
    path("handovers/<uuid:handover_id>", answering.handover, name="handover"),
    path("handovers/<uuid:handover_id>/accept", answering.accept, name="handover_accept"),
    path("handovers/<uuid:handover_id>/return", answering.send_back, name="handover_return"),
    path("handovers/<uuid:handover_id>/withdraw", answering.withdraw, name="handover_withdraw"),
    path("attachments/<uuid:attachment_id>", attached.attachment, name="attachment"),
    path("handovers/<uuid:handover_id>/chase", chasing.chase, name="handover_chase"),
]

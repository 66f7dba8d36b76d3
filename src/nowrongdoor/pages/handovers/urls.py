"""Addresses of handovers."""

from django.urls import path

from nowrongdoor.pages.handovers import answering, attached, by_link, chasing, composing, going_on, linking

urlpatterns = [
    path("referrals/<uuid:referral_id>/hand-over", composing.new, name="handover_new"),
    path("handovers/<uuid:handover_id>", answering.handover, name="handover"),
    path("handovers/<uuid:handover_id>/accept", answering.accept, name="handover_accept"),
    path("handovers/<uuid:handover_id>/return", answering.send_back, name="handover_return"),
    path("handovers/<uuid:handover_id>/withdraw", answering.withdraw, name="handover_withdraw"),
    path("attachments/<uuid:attachment_id>", attached.attachment, name="attachment"),
    path("handovers/<uuid:handover_id>/chase", chasing.chase, name="handover_chase"),
    path("handovers/<uuid:handover_id>/links", linking.links, name="handover_links"),
    path(
        "handovers/<uuid:handover_id>/links/<uuid:link_id>/take-back",
        linking.withdraw,
        name="handover_link_withdraw",
    ),
    path("answer/<str:token>", by_link.answer, name="answer_by_link"),
    path("onward/<str:token>", going_on.go_on, name="go_on_by_link"),
]

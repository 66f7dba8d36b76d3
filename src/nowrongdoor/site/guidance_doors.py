"""The addresses of guidance, each with the act that a role must permit for it."""

GUIDANCE = {
    **dict.fromkeys(("guidance", "guidance_shipped", "guidance_version"), "guidance.read"),
    **dict.fromkeys(("guidance_new", "guidance_circulate", "guidance_compare"), "guidance.upload"),
    **dict.fromkeys(("guidance_edit", "guidance_edit_shipped"), "guidance.upload"),
    "guidance_appraise": "guidance.appraise",
    **dict.fromkeys(("guidance_live", "guidance_aside"), "guidance.put_live"),
    "guidance_replay": "guidance.replay",
    "consistency": "rating.read",
    **dict.fromkeys(("second_look", "vignettes", "vignette"), "rating.give"),
}

"""What the pages of the directory ask of whoever knocks: to find, to keep true, to see what is missing."""

OF_THE_DIRECTORY = {
    "options": "service.find",
    "option": "service.find",
    "option_leaflet": "service.find",
    "option_leaflet_text": "service.find",
    "option_places": "service.say_places",
    "option_suggest": "suggestion.suggest",
    "option_suggested": "service.keep",
    "option_still_right": "service.keep",
    "suggestion_approve": "service.keep",
    "suggestion_turn_down": "service.keep",
    "gaps": "gaps.read",
    "gaps_export": "gaps.read",
    "service_endings": "endings.read",
}

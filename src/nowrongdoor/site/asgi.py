"""The application as a server runs it."""

import os
import warnings

from django.conf import settings
from django.core.asgi import get_asgi_application

from nowrongdoor.console import packing, relaying, sweeping
from nowrongdoor.site import starting
from nowrongdoor.site.bodies import no_larger_than
from nowrongdoor.site.crowds import few_by_themselves

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nowrongdoor.site.settings")
# Our style sheets and scripts are small and read whole: to say so at each start would help nobody.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")
application = few_by_themselves(no_larger_than(get_asgi_application()))
starting.refuse_to_demonstrate_on_real_records()
starting.stand_behind_the_wall()
if settings.NWD_SWEEPS:
    sweeping.begin()
    relaying.begin()
if not settings.TESTING:  # where clocks are swept by a process of its own, packs are written all the same
    packing.begin()
    starting.tidy_up_seldom()

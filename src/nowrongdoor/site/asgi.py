"""The application as a server runs it."""

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nowrongdoor.site.settings")
# Our style sheets and scripts are small and read whole: to say so at each start would help nobody.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")
application = get_asgi_application()

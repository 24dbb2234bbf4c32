import os
import warnings

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# WhiteNoise hands files out as a synchronous iterator. Ours are few, small, and kept by browsers.
warnings.filterwarnings("ignore", "StreamingHttpResponse must consume synchronous iterators")

pages = get_asgi_application()

# Models can be imported only now.
from background.in_server import with_worker  # noqa: E402
from briefs.collaboration.lifespan import lifespan  # noqa: E402
from briefs.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
        "lifespan": with_worker(lifespan),
    }
)

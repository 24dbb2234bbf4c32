"""The addresses of websockets."""

from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from briefs.collaboration.consumers import BriefConsumer, SectionConsumer

websocket_urlpatterns = [
    path("live/<int:place>/", SectionConsumer.as_asgi(), name="live"),
    path("live/brief/<int:place>/", BriefConsumer.as_asgi(), name="live_brief"),
    re_path("", WebsocketDenier.as_asgi()),
]

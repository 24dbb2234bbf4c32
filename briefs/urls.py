"""Every page of a brief stands under its step's name:
`/briefs/belgium/drafting/overview/country-profile/`."""

from django.urls import URLPattern, URLResolver, include, path, register_converter


class SectionKeyConverter:
    """A section's key, a path of two slugs such as `policy-goals/needs`."""

    regex = "[-a-z0-9]+/[-a-z0-9]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SectionKeyConverter, "section")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("briefs.brief_templates.urls")),
    path("", include("briefs.commissioning.urls")),
    path("", include("briefs.importing.urls")),
    path("", include("briefs.commenting.urls")),
    path("", include("briefs.drafting.urls")),
    path("", include("briefs.placing.urls")),
    path("", include("briefs.upgrading.urls")),
    path("", include("briefs.history.urls")),
    path("", include("briefs.suggesting.urls")),
    path("", include("briefs.review.urls")),
    path("", include("briefs.export.urls")),
    path("", include("briefs.printing.urls")),
    path("", include("briefs.releasing.urls")),
    path("", include("briefs.overview.urls")),
    path("", include("briefs.bundling.urls")),
    path("", include("briefs.notices.urls")),
]

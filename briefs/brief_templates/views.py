from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import person
from briefs.brief_templates import draft_tree, drafts
from briefs.brief_templates.draft_tree import KINDS, Node
from briefs.brief_templates.forms import (
    FORMS,
    AddForm,
    BeginForm,
    NewTemplateForm,
    NodeForm,
    PublishForm,
    SampleForm,
)
from briefs.brief_templates.outline_page import OutlinePage
from briefs.brief_templates.outline_values import write_outline
from briefs.brief_templates.outlines import outline_of
from briefs.brief_templates.sample import sample_of
from briefs.models import Brief, BriefTemplate, OutlineDraft
from briefs.permissions import check_can_edit_outlines, check_can_see_outlines, refusal

_T = TypeVar("_T")
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def outline_list(request: HttpRequest) -> HttpResponse:
    """The newest version of each template, and the drafts; a POST begins a template of its own."""
    check_can_see_outlines(person(request))
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            draft = drafts.begin_draft(by=person(request), title=form.cleaned_data["title"])
        except ValidationError as mistake:
            form.add_error("title", mistake.message_dict["title"])
        else:
            return redirect(draft)
    elif form.is_bound:
        check_can_edit_outlines(person(request))
    open_drafts = OutlineDraft.objects.filter(published_as=None, discarded_at=None)
    context = {
        "form": form,
        "templates": BriefTemplate.objects.newest_versions(),
        "drafts": open_drafts.select_related("based_on"),
        "refusal": refusal(check_can_edit_outlines, person(request)),
    }
    status = 422 if form.errors else 200
    return render(request, "briefs/brief_templates/outline_list.html", context, status=status)


@require_POST
def outline_draft_add(request: HttpRequest, template_id: int) -> HttpResponse:
    check_can_edit_outlines(person(request))
    template = get_object_or_404(BriefTemplate, pk=template_id)
    return redirect(drafts.begin_draft(by=person(request), based_on=template))


@require_safe
def outline_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    context = {
        "draft": draft,
        "page": OutlinePage(draft),
        "refusal": _refusal(request, draft),
    }
    return render(request, "briefs/brief_templates/outline_draft.html", context)


@form_page
def outline_node_change(request: HttpRequest, draft_id: int, number: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    path = _path(draft, number)
    kind = KINDS[len(path) - 1]
    form = _form(draft, kind)(path[-1], request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check_can_edit_outlines(person(request))
        if form.is_valid():
            try:
                drafts.change_node(
                    draft,
                    number,
                    form.wanted,
                    seen=form.cleaned_data["seen"],
                    by=person(request),
                )
            except ValidationError as refused:
                form.show_now(refused)
            except KeyError as gone:
                raise Http404 from gone
            else:
                messages.success(request, _("Saved in the draft."))
                return _back(draft, number)
    form.show_mistakes(draft_tree.check(drafts.root_of(draft)).mistakes.get(number, []))
    context = {
        "draft": draft,
        "form": form,
        "kind": kind,
        "node": path[-1],
        "parts": [part for part in path[0].standing if part is not path[-2]]
        if kind == "section"
        else [],
        "refusal": _refusal(request, draft),
    }
    status = 422 if form.errors else 200
    return render(request, "briefs/brief_templates/outline_node.html", context, status=status)


@require_POST
def outline_node_add(request: HttpRequest, draft_id: int, number: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    form = AddForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        _draft_now, new = _found(lambda: drafts.add_node(draft, number, name, by=person(request)))
    except ValidationError as mistake:
        messages.error(request, " ".join(mistake.messages))
        return _back(draft, number)
    return redirect("outline_node_change", draft.pk, new)


@require_POST
def outline_node_move(request: HttpRequest, draft_id: int, number: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    into = request.POST.get("into", "")
    step = -1 if request.POST.get("way") == "up" else 1
    _found(
        lambda: drafts.move_node(
            draft,
            number,
            step=step,
            into=int(into) if into.isdecimal() and len(into) < 10 else None,
            by=person(request),
        )
    )
    return _back(draft, number)


@require_POST
def outline_node_remove(request: HttpRequest, draft_id: int, number: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    is_back = "back" in request.POST
    _found(lambda: drafts.remove_node(draft, number, is_removed=not is_back, by=person(request)))
    return _back(draft, number)


@form_page
def outline_draft_publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        check_can_edit_outlines(person(request))
    if form.is_valid():
        try:
            template = drafts.publish_draft(
                draft, by=person(request), seen=form.cleaned_data["seen"]
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request,
                _("“%(template)s” is published. New briefs can use it.") % {"template": template},
            )
            return redirect("outline_list")
        draft = _draft(request, draft_id)
    context = {
        "draft": draft,
        "page": OutlinePage(draft),
        "form": form,
        "differences": drafts.differences_of(draft),
        "seen": drafts.digest_of(draft),
        "refusal": _refusal(request, draft),
    }
    status = 422 if form.errors else 200
    name = "briefs/brief_templates/outline_draft_publish.html"
    return render(request, name, context, status=status)


@require_POST
def outline_draft_discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    drafts.discard_draft(_draft(request, draft_id), by=person(request))
    messages.success(request, _("The draft is discarded."))
    return redirect("outline_list")


@require_safe
def outline_draft_sample(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    outline = draft_tree.check(drafts.root_of(draft)).outline
    briefs = Brief.objects.visible_to(person(request)).filter(template__key=outline.key)
    form = SampleForm(briefs.select_related("template"), request.GET)
    brief = form.cleaned_data["brief"] if form.is_valid() else None
    context = {
        "draft": draft,
        "form": form,
        "brief": brief,
        "outline": outline,
        "parts": sample_of(outline, brief),
    }
    status = 422 if form.errors else 200
    name = "briefs/brief_templates/outline_draft_sample.html"
    return render(request, name, context, status=status)


@require_safe
def outline_draft_file(request: HttpRequest, draft_id: int) -> HttpResponse:
    draft = _draft(request, draft_id)
    checked = draft_tree.check(drafts.root_of(draft))
    if checked.mistakes:
        raise PermissionDenied(_("Some things in this outline need mending first."))
    return _file(write_outline(checked.outline), f"{checked.outline.key}-draft")


@require_safe
def outline_file(request: HttpRequest, template_id: int) -> HttpResponse:
    check_can_see_outlines(person(request))
    template = get_object_or_404(BriefTemplate, pk=template_id)
    return _file(write_outline(outline_of(template)), f"{template.key}-{template.version}")


def _file(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/toml; charset=utf-8")
    header = content_disposition_header(as_attachment=True, filename=f"{name}.toml")
    response["Content-Disposition"] = header
    return response


def _draft(request: HttpRequest, draft_id: int) -> OutlineDraft:
    check_can_see_outlines(person(request))
    drafts_of_all = OutlineDraft.objects.select_related("based_on", "published_as")
    return get_object_or_404(drafts_of_all, pk=draft_id)


def _form(draft: OutlineDraft, kind: str) -> type[NodeForm]:
    is_new = kind == "template" and draft.based_on_id is None
    return NewTemplateForm if is_new else FORMS[kind]


def _path(draft: OutlineDraft, number: int) -> list[Node]:
    return _found(lambda: draft_tree.path_to(drafts.root_of(draft), number))


def _found(what: Callable[[], _T]) -> _T:
    """Whatever names a thing that isn't in the outline leads nowhere."""
    try:
        return what()
    except KeyError as gone:
        raise Http404 from gone


def _refusal(request: HttpRequest, draft: OutlineDraft) -> str:
    if not draft.is_open:
        return _("This draft was published or discarded, so it can't change. Begin a new one.")
    return refusal(check_can_edit_outlines, person(request))


def _back(draft: OutlineDraft, number: int) -> HttpResponse:
    """To where it stands in the outline."""
    response = redirect(draft)
    response["Location"] += f"#node-{number}"
    return response

"""What a section asks, whether its template says so or it is the brief's own."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from briefs.document.outline import PromptForm, Range
from briefs.models import Answer, Prompt, Revision, Section
from briefs.revisions import OWN_BODY, asked_then


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a section's form; `prompt` is None for the body of a section of the brief's
    own."""

    key: str
    label: str
    guidance: str
    form: PromptForm
    words: Range
    paragraphs: Range
    prompt: Prompt | None


def questions_of(section: Section) -> list[Question]:
    """The section's fields in the outline's order, in one query at most."""
    if section.section_template is None:
        return [Question(OWN_BODY, "", "", PromptForm.PROSE, Range(), Range(), None)]
    return [_question(prompt.key, prompt) for prompt in section.section_template.prompts.all()]


def questions_then(section: Section, revision: Revision) -> list[Question]:
    """The fields as they were asked in a revision, by the keys that they have now; one that isn't
    asked any more has the key of then. In a constant number of queries."""
    asked = asked_then([revision])[revision.pk]
    if asked.is_own:
        return questions_of(section)
    return [_question(key, prompt) for key, prompt in asked.prompts]


def questions_with(
    section: Section, now: Iterable[Question], revisions: Collection[Revision]
) -> list[Question]:
    """What is asked now, and behind it what was asked in some revisions and isn't any more."""
    questions = {question.key: question for question in now}
    for revision in revisions:
        for question in questions_then(section, revision):
            questions.setdefault(question.key, question)
    return list(questions.values())


def _question(key: str, prompt: Prompt) -> Question:
    return Question(
        key,
        prompt.label,
        prompt.guidance,
        PromptForm(prompt.form),
        Range(prompt.min_words, prompt.max_words),
        Range(prompt.min_paragraphs, prompt.max_paragraphs),
        prompt,
    )


def texts_now(section: Section) -> dict[str, str]:
    """The section's working text by prompt key; prompts without text are missing."""
    return {
        answer.prompt.key if answer.prompt else OWN_BODY: answer.text
        for answer in section.answers.select_related("prompt")
        if answer.text
    }


def texts_with_version(section: Section) -> tuple[dict[str, str], int]:
    """The same, and the number of the revision that it is, read in one statement: a save in between
    would make the one of other words than the other."""
    rows = section.answers.values_list("prompt__key", "text", "section__version")
    texts = {key or OWN_BODY: text for key, text, _version in rows if text}
    return texts, max((version for _key, _text, version in rows), default=section.version)


def answers_by_key(section: Section) -> Mapping[str, Answer]:
    """The section's answer rows by prompt key."""
    return {
        answer.prompt.key if answer.prompt else OWN_BODY: answer
        for answer in section.answers.select_related("prompt")
    }

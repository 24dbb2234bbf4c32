"""Where a loose text can go: every prompt of every section of its brief."""

from dataclasses import dataclass

from briefs.models import Brief, LooseText, Prompt, Section
from briefs.reading import section_numbers
from briefs.revisions import OWN_BODY

SEPARATOR = "|"  # in no key: keys are slugs and slashes


@dataclass(frozen=True, slots=True)
class Targets:
    """`choices` is grouped by section, ready for a select; a value is the section's key and the
    prompt's."""

    choices: list[tuple[str, list[tuple[str, str]]]]

    def initial(self, loose: LooseText) -> dict[str, str]:
        """The whole text, into the first prompt of the section beside which it waits."""
        first = ""
        if loose.section:
            start = loose.section.key + SEPARATOR
            values = (value for _title, group in self.choices for value, _label in group)
            first = next((value for value in values if value.startswith(start)), "")
        return {"piece": loose.text, "target": first}


def targets_in(brief: Brief) -> Targets:
    """In two queries for any brief."""
    sections = list(brief.sections.in_outline_order())
    numbers = section_numbers(sections)
    prompts: dict[int, list[Prompt]] = {}
    for prompt in Prompt.objects.filter(section_template__part__template=brief.template_id):
        prompts.setdefault(prompt.section_template_id, []).append(prompt)
    return Targets(
        [
            (
                f"{numbers[section.pk]} {section.title}".strip(),
                _choices(section, prompts.get(section.section_template_id or 0, [])),
            )
            for section in sections
        ]
    )


def find_target(brief: Brief, value: str) -> tuple[Section, str]:
    """The section and prompt key of a choice. Raises `Section.DoesNotExist` for a section that went
    away."""
    section_key, _separator, prompt_key = value.partition(SEPARATOR)
    return brief.sections.select_related("brief").get(key=section_key), prompt_key


def _choices(section: Section, prompts: list[Prompt]) -> list[tuple[str, str]]:
    if section.is_own:
        return [(section.key + SEPARATOR + OWN_BODY, section.title)]
    return [(section.key + SEPARATOR + p.key, p.label or section.title) for p in prompts]

"""The printed pages look as they did when somebody last looked at them: `golden.py` says how to
take the pictures anew."""

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.briefs.export.golden import FOLDER, pages, samples

# Of 255, mean over a page that is blurred first, and at the worst place of it: a letter that is
# drawn a little otherwise passes, a line that has moved doesn't.
MOST_ON_AVERAGE, MOST_ANYWHERE = 1.0, 60

SAMPLES = dict(samples())


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    blurred = [image.convert("L").filter(ImageFilter.GaussianBlur(2)) for image in (one, other)]
    apart = ImageChops.difference(*blurred)
    worst = max(level for level, count in enumerate(apart.histogram()) if count)
    return ImageStat.Stat(apart).mean[0], worst


@pytest.mark.parametrize("name", SAMPLES)
def test_pages_look_as_they_did(name, tmp_path):
    made = pages(SAMPLES[name])
    assert len(made) == len(list(FOLDER.glob(f"{name}-*.png")))
    for number, page in enumerate(made, start=1):
        golden = Image.open(FOLDER / f"{name}-{number}.png").convert("RGB")
        assert page.size == golden.size
        mean, worst = difference(page, golden)
        page.save(tmp_path / f"{name}-{number}.png")
        assert mean <= MOST_ON_AVERAGE, f"page {number} of {name}, now in {tmp_path}"
        assert worst <= MOST_ANYWHERE, f"page {number} of {name}, now in {tmp_path}"


def test_a_line_that_has_moved_is_seen():
    page = pages(SAMPLES["working"])[2]
    moved = ImageChops.offset(page, 0, 4)
    mean, worst = difference(page, moved)
    assert mean > MOST_ON_AVERAGE
    assert worst > MOST_ANYWHERE

"""A file for the small outline of `tests.factories`, with something of every kind in it."""

import pytest

TEXT = """\
---
title: Belgium
country: BE
---

Before all.

## Preface

The preface.

*Guidance that was left in.*

## Goals

### Needs

- **Past:** Old needs.
- **Future:** New needs.

### Football

The match.
"""


@pytest.fixture
def text() -> str:
    return TEXT


@pytest.fixture
def file(tmp_path, text):
    path = tmp_path / "belgium.md"
    path.write_text(text, encoding="utf-8")
    return path

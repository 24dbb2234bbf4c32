import ast
import re

from setup.install import ROOT

READERS = {
    "bool",
    "str",
    "list",
    "int",
    "dj_db_url",
    "dj_email_url",
    "float",
    "path",
    "json",
    "url",
}


def names_in_settings() -> set[str]:
    """Return the first argument of every call of the form `env.str("NAME")`."""
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.func.attr in READERS
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def names_in_example() -> list[str]:
    return re.findall(r"^(?:# )?([A-Z][A-Z_]*)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_every_variable_of_the_settings_is_in_the_example_and_no_other():
    assert "SECRET_KEY" in names_in_settings()
    assert set(names_in_example()) == names_in_settings()


def test_the_example_names_each_variable_once():
    names = names_in_example()

    assert sorted(names) == sorted(set(names))


def test_the_settings_read_their_environment_only_through_env():
    source = (ROOT / "config" / "settings.py").read_text()

    assert "os.environ" not in source
    assert "getenv" not in source
    assert set(re.findall(r"\benv\.(\w+)\(", source)) <= READERS | {"read_env"}

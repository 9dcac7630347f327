"""A copy of the frontend's types that does not fit the API document is told (PLT-3)."""

from pathlib import Path

import pytest

from local import api_types


def test_a_stale_copy_is_told_and_a_rewrite_heals_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "schema.d.ts"
    assert api_types.main(["--check"], copy) == 1
    assert api_types.main(["--write"], copy) == 0
    assert api_types.main(["--check"], copy) == 0
    capsys.readouterr()
    copy.write_text(copy.read_text("utf-8").replace("unread: number", "unread: string", 1), "utf-8")
    assert api_types.main(["--check"], copy) == 1
    said = capsys.readouterr().out
    assert "-      unread: string;\n+      unread: number;\n" in said
    assert said.endswith("schema.d.ts is stale: make api-types writes it anew.\n")


def test_other_arguments_are_refused() -> None:
    assert api_types.main([]) == 2
    assert api_types.main(["--check", "--write"]) == 2

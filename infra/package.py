"""Makes the deployable package: `python -m infra.package --stage dev --out build/package`.

`template.json` (for `aws cloudformation package`) and `deployment.zip`. Chalice writes the functions and the API and
merges infra/template.yaml; infra/functions.py and infra/edge.py add what follows from the code.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # ships no types; Chalice brings it

from infra import ROOT, bundle, dependencies, edge, functions
from infra.dependencies import Target

TEMPLATE, ZIP = "template.json", "deployment.zip"
_CONFIG = ".chalice/config.json"
_SOURCES = ("app.py", "chalicelib", "policies", "infra", _CONFIG)
# Outputs of Chalice that would lead past the CDN.
_MISLEADING_OUTPUTS = ("EndpointURL",)


def build(stage: str, out: Path, target: Target | None = None) -> None:
    """Make the package of a stage in the folder `out`, unless it is there from the same sources.

    `target` puts the dependencies of another machine than the configured one into the zip. Raises BuildError.
    """
    config = json.loads((ROOT / _CONFIG).read_text())
    if stage not in config["stages"]:
        raise dependencies.BuildError(f"{_CONFIG} has no stage {stage!r}")
    target = target or config["lambda_architecture"]
    packages = dependencies.prepare(target)
    with dependencies.alone(out.with_suffix(".lock")):
        stamp = out / "stamp"
        digest = _digest(stage, packages)
        if stamp.exists() and stamp.read_text() == digest:
            return
        out.mkdir(parents=True, exist_ok=True)
        stamp.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory() as temporary:
            made = _chalice(stage, Path(temporary))
            template = yaml.safe_load((made / "sam.yaml").read_text())
            complete(template, stage)
            (out / TEMPLATE).write_text(json.dumps(template, indent=2, sort_keys=True) + "\n")
            bundle.write(out / ZIP, made / "deployment.zip", packages)
        stamp.write_text(digest)


def complete(template: dict[str, Any], stage: str) -> None:
    """Make Chalice's template, merged with ours, the one that is deployed."""
    template["Parameters"]["Stage"] |= {"Default": stage, "AllowedValues": [stage]}
    for name in _MISLEADING_OUTPUTS:
        del template["Outputs"][name]
    functions.complete(template)
    edge.complete(template)


def _chalice(stage: str, folder: Path) -> Path:
    """Let Chalice package the app without its dependencies; the folder with its template and zip."""
    project, made = folder / "project", folder / "made"
    for name, path in sources():
        copy = project / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    # Its own download takes half a minute after every change of the app, and knows nothing to leave out.
    (project / "requirements.txt").write_text("")
    options = ["--stage", stage, "--merge-template", str(project / "infra" / "template.yaml")]
    run_chalice(project, made, options)
    return made


def run_chalice(project: Path, made: Path, options: Sequence[str] = ()) -> None:
    """Let Chalice package the project of a folder into the folder `made`. Raises BuildError."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PORTICO_"))},
        # Chalice asks botocore for a region and then writes none into the template.
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        # It imports the app, and zips what lies in its folders.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    code = "import sys; from chalice.cli import main; sys.exit(main())"
    dependencies.run([sys.executable, "-c", code, "package", *options, str(made)], environment, project)


def sources() -> Iterator[tuple[str, Path]]:
    """Name and path of every file that the package is made from."""
    for name in _SOURCES:
        top = ROOT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path


def _digest(stage: str, packages: Path) -> str:
    total = hashlib.sha256(f"{stage} {packages.name} {metadata.version('chalice')}\n".encode())
    for name, path in sources():
        content = path.read_bytes()
        total.update(f"{name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def main(arguments: Sequence[str]) -> int:
    """0, or 1 with a line that says why there is no package."""
    parser = argparse.ArgumentParser(prog="python -m infra.package", description="Makes the deployable package.")
    parser.add_argument("--stage", default="dev", help="a stage of .chalice/config.json")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "package", help="folder for what is made")
    parser.add_argument("--target", choices=("arm64", "x86_64", "host"), help="host: to run the zip's code here")
    options = parser.parse_args(arguments)
    try:
        build(options.stage, options.out.resolve(), options.target)
    except dependencies.BuildError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command line
        return 1
    size = (options.out / ZIP).stat().st_size
    print(f"{options.out / TEMPLATE}\n{options.out / ZIP}: {size / 1_000_000:.1f} MB")  # noqa: T201 - a command line
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

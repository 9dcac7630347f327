"""Nothing of the local portal gets into the Lambda package."""

import zipfile
from pathlib import Path

from chalice.deploy.packager import AppOnlyDeploymentPackager, DependencyBuilder
from chalice.utils import UI, OSUtils

_ROOT = Path(__file__).parent.parent.parent


def test_the_package_holds_the_app_and_nothing_of_this_machine(tmp_path: Path) -> None:
    system = OSUtils()
    project = tmp_path / "portico"
    project.mkdir()
    for part in ("app.py", "chalicelib", "local", "requirements.txt"):
        (project / part).symlink_to(_ROOT / part)
    made = AppOnlyDeploymentPackager(system, DependencyBuilder(system), UI()).create_deployment_package(
        str(project), "python3.11"
    )
    names = zipfile.ZipFile(made).namelist()
    assert "app.py" in names
    assert "chalicelib/core/http.py" in names
    assert not [name for name in names if name.startswith("local") or "console" in name]

"""What bash completes, by the script that soapgen prints; and that other shells get one, too."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import BANK, WSDL
from tests.support.small import SCHEMA, wsdl
from tests.support.web import serving

pytestmark = pytest.mark.slow

EMAIL = str(WSDL / "EMail.wsdl")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script for bash, in a file; the folder of the file has no other."""
    folder = tmp_path_factory.mktemp("completion")
    printed = soapgen("--show-completion", "bash", cwd=folder, SHELL="/bin/zsh")
    assert (printed.returncode, printed.stderr) == (0, "")
    path = folder / "soapgen.bash"
    path.write_text(printed.stdout, encoding="utf-8")
    return path


def completed(script: Path, *words: str) -> list[str]:
    """What bash offers for the last of ``words``, behind ``soapgen``."""
    line = ["soapgen", *words]
    code = f"""
        set -e
        source {shlex.quote(str(script))}
        function=$(complete -p soapgen | sed -E 's/.* -F ([^ ]+) .*/\\1/')
        COMP_WORDS=({shlex.join(line)})
        COMP_CWORD={len(line) - 1}
        $function soapgen
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    shell = subprocess.run(
        ("bash", "--noprofile", "--norc", "-c", code),
        cwd=script.parent,
        env={**os.environ, "PATH": programs},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shell.returncode, shell.stderr) == (0, "")
    return shell.stdout.split()


def test_commands(script: Path) -> None:
    assert completed(script, "b") == ["build"]
    assert completed(script, "s") == ["show", "sample", "serve"]


def test_options(script: Path) -> None:
    assert completed(script, "build", "--se") == ["--server", "--service"]
    assert completed(script, "build", EMAIL, "--with", "") == [
        "addressing",
        "aiohttp",
        "json",
        "protocol",
        "recording",
        "security",
        "telemetry",
        "urllib3",
    ]


def test_operations(script: Path) -> None:
    assert completed(script, "sample", str(BANK), "") == ["Close", "Withdraw"]
    assert completed(script, "build", EMAIL, "-O", "SendE") == ["SendEMails"]
    found = completed(script, "build", EMAIL, str(BANK), "--operation", "C")
    assert {"CacheFolderList", "Close"} <= {*found}
    assert completed(script, "serve", str(BANK), "--drop", "W") == ["Withdraw"]
    assert completed(script, "serve", "--fault", "Close", str(BANK), "--fault", "W") == ["Withdraw"]


def test_operations_types_and_elements(script: Path) -> None:
    found = completed(script, "show", EMAIL, "EMailA")
    assert {"EMailAccount", "EMailAddress"} <= {*found}
    assert completed(script, "show", EMAIL, "GetEMailF")[0] == "GetEMailFromAttachmentId"


def test_services(script: Path) -> None:
    assert completed(script, "serve", str(BANK), "--service", "") == ["BankService"]
    assert completed(script, "sample", str(BANK), "Close", "--service", "B") == ["BankService"]


@pytest.mark.parametrize(
    "source", ["nowhere.wsdl", "http://127.0.0.1:9/people?wsdl", "soapgen.bash", ""]
)
def test_what_cannot_be_read_offers_nothing_and_says_nothing(source: str, script: Path) -> None:
    assert completed(script, "show", source, "") == []


def test_what_is_imported_from_elsewhere_is_not_fetched(script: Path, tmp_path: Path) -> None:
    with serving(lambda path, headers: None) as web:
        schema = f'<xs:include schemaLocation="{web.url}/x.xsd"/>{SCHEMA}'
        (tmp_path / "Far.wsdl").write_text(wsdl(schema), encoding="utf-8")
        host = web.url.removeprefix("http://")
        source = str(tmp_path / "Far.wsdl")
        completed(script, "show", source, "--allow-host", host, "")
        assert web.asked == []
        # The address leads there: what reads it for an answer asks.
        soapgen("show", source, "Find", "--allow-host", host, cwd=tmp_path)
        assert web.asked


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell", "pwsh"])
def test_other_shells_have_a_script(shell: str, tmp_path: Path) -> None:
    printed = soapgen("--show-completion", shell, cwd=tmp_path)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert "_SOAPGEN_COMPLETE" in printed.stdout


def test_a_shell_that_is_not_supported(tmp_path: Path) -> None:
    refused = soapgen("--show-completion", "tcsh", cwd=tmp_path)
    assert refused.returncode == 2
    assert "there is no 'tcsh'; there are bash, zsh, fish" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_it_is_installed_for_the_shell_that_is_named(tmp_path: Path) -> None:
    result = soapgen("--install-completion", "bash", cwd=tmp_path, HOME=str(tmp_path))
    assert result.returncode == 0, result.stderr
    assert "_soapgen_completion" in "".join(
        path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()
    )

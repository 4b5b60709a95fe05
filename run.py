"""Sets Ayil up in this checkout and runs it; the standard library is all it needs.

    python3 run.py          sets up, then `ayil demo`: database, demo, the loop, pages on 127.0.0.1
    python3 run.py test     sets up, then every gate and test that this machine can run
    python3 run.py setup    only sets up (`setup dev` with the developers' tools)
    python3 run.py WORD …   sets up, then `ayil WORD …`

The virtual environment is made without ensurepip and filled by the machine's own pip from the
pinned and hashed lists in requirements/, because a bare Debian has no more than that.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "installed.txt"
LOCKS = {"run": HERE / "requirements" / "run.txt", "dev": HERE / "requirements" / "dev.txt"}

LAUNCHER = """#!{python}
import sys

from ayil.cli import main

if __name__ == "__main__":
    sys.exit(main())
"""


def stamp_of(name: str) -> str:
    """One line that changes with the lock, the Python and the place of the checkout."""
    digest = hashlib.sha256(LOCKS[name].read_bytes()).hexdigest()
    return f"{name} {digest} {sys.version_info[0]}.{sys.version_info[1]} {HERE}"


def is_installed(name: str) -> bool:
    """Whether the environment holds this lock; the developers' lock holds the other one too."""
    if not STAMP.exists() or not PYTHON.exists():
        return False
    return STAMP.read_text(encoding="utf-8") in {stamp_of(name), stamp_of("dev")}


def install(name: str) -> None:
    """Fill the virtual environment from the lock, and make the command `ayil` in it.

    The stamp goes first and comes back last: what was cut off in its middle is done again.
    """
    print(f"Setting up {VENV.name} from requirements/{name}.txt …", file=sys.stderr, flush=True)
    had_another_python = (
        STAMP.exists()
        and STAMP.read_text(encoding="utf-8").split()[2:] != (stamp_of(name).split()[2:])
    )
    STAMP.unlink(missing_ok=True)
    clear = ["--clear"] if had_another_python or not PYTHON.exists() else []
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if importlib.util.find_spec("pip"):
        run([sys.executable, "-m", "venv", "--without-pip", *clear, str(VENV)])
    elif importlib.util.find_spec("ensurepip"):
        run([sys.executable, "-m", "venv", *clear, str(VENV)])
        pip = [str(PYTHON), "-m", "pip"]
    else:
        sys.exit("This Python has no pip. Install it first (on Debian: apt install python3-pip).")
    words = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    run([*pip, *words, "-r", str(LOCKS[name])])
    install_command()
    STAMP.write_text(stamp_of(name), encoding="utf-8")


def install_command() -> None:
    """Put the checkout on the environment's path and `ayil` into its bin, without a build."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([str(PYTHON), "-c", asked], text=True).strip()
    Path(packages, "ayil_checkout.pth").write_text(f"{HERE}\n", encoding="utf-8")
    launcher = BIN / ("ayil-script.py" if os.name == "nt" else "ayil")
    launcher.write_text(LAUNCHER.format(python=PYTHON), encoding="utf-8")
    launcher.chmod(0o755)
    if os.name == "nt":
        (BIN / "ayil.cmd").write_text(f'@"{PYTHON}" "{launcher}" %*\n', encoding="utf-8")


def compile_messages() -> None:
    """Compile each message catalogue that is newer than what was compiled from it."""
    for po in sorted((HERE / "ayil").glob("*/locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        babel = [str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"]
        run([*babel, "-i", str(po), "-o", str(mo), "-l", po.parts[-3]])


def run(command: list[str]) -> None:
    """Run one step of the set-up, or stop with its exit status and say which step it was."""
    status = subprocess.run(command, cwd=HERE, check=False).returncode
    if status != 0:
        sys.exit(f"The set-up stopped: `{' '.join(command)}` ended with status {status}.")


def set_up(name: str) -> None:
    """Bring the environment and the messages to the state that this checkout asks for."""
    if not is_installed(name):
        install(name)
    compile_messages()


def main(words: list[str]) -> int:
    """Set up what the words need, then hand over to them."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before pip can check
        sys.exit("Ayil needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    verb = words[0] if words else "demo"
    if verb == "setup":
        set_up("dev" if words[1:] == ["dev"] else "run")
        return 0
    if verb in {"test", "check"}:
        set_up("dev")
        module = "tests.rig.suite" if verb == "test" else "tests.rig.gates"
        command = [str(PYTHON), "-m", module, *words[1:]]
    else:
        set_up("run")
        command = [str(PYTHON), "-m", "ayil.cli", *(words or ["demo"])]
    if os.name != "nt":
        # The product takes this process over, so that a signal reaches it and not its parent.
        os.execv(command[0], command)  # noqa: S606
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

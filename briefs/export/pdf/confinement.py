"""What the process that sets pages may not do, though it reads nothing but fonts and its pipe.

Limits hold wherever there is POSIX. On Linux a filter of system calls (seccomp, Linux 3.17) refuses
sockets and other programs besides; `docs/operating.md` says where which holds.
"""

import ctypes
import errno
import platform
import resource
import struct
import sys

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_LOAD, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4  # in struct seccomp_data
_OTHER_NUMBERING = 0x40000000  # x32, by which the same calls have other numbers
# By machine: its number in the filter, and of its calls socket, socketpair, execve, execveat,
# ptrace and io_uring_setup, which could do what the others may not.
_CALLS = {
    "x86_64": (0xC000003E, (41, 53, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 199, 221, 281, 117, 425)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def confine(memory: int) -> bool:
    """Limits this process for good, to so many bytes of memory.
    Says whether sockets and programs are refused, too."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    known = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    return known is not None and _filter(*known)


def _filter(architecture: int, calls: tuple[int, ...]) -> bool:
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUALS, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),
    ]
    steps.append((_LOAD, 0, 0, _NUMBER_AT))
    steps += [(_EQUALS, len(calls) - at + 1, 0, call) for at, call in enumerate(calls)]
    steps += [
        (_AT_LEAST, 1, 0, _OTHER_NUMBERING),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    refused: int = prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program), 0, 0)
    return refused == 0

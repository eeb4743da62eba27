"""Runs a command and prints one line of JSON to file descriptor 3: how it ended, how long it took, how long it
kept a core busy, and the most memory that any one of its processes had (the kernel's high-water mark, VmHWM). The
clock starts with the command, so the start of this script is not counted."""

import json
import os
import resource
import subprocess
import sys
import time

began_at = time.time()
began = time.monotonic()
status = subprocess.call(sys.argv[1:])
seconds = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = {
    "status": status,
    "beganAt": began_at * 1000,
    "ms": seconds * 1000,
    "cpuMs": (used.ru_utime + used.ru_stime) * 1000,
    "peakBytes": used.ru_maxrss * 1024,
}
os.write(3, json.dumps(told).encode())

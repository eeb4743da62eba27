"""Calls huggingface_hub for the tests: reads a method of HfApi and its arguments a line, answers a line of JSON."""

import dataclasses
import json
import sys
from collections.abc import Iterator

from huggingface_hub import HfApi


def plain(value):
    if isinstance(value, Iterator | list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return plain({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    if hasattr(value, "__dict__") and not isinstance(value, str):
        return plain(vars(value))
    return value


def answer(call: dict) -> dict:
    try:
        return {"value": plain(getattr(api, call["method"])(**call["arguments"]))}
    except Exception as error:  # the test judges it
        return {"error": f"{type(error).__name__}: {error}"}


# What the library prints is not an answer.
answers, sys.stdout = sys.stdout, sys.stderr
api = HfApi()
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=str), file=answers, flush=True)

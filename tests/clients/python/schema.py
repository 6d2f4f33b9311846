"""Prints what the official Python SDK's models know of a service version, as a schema file: names and types, no texts.

Usage: schema.py <service> <module> <version>, such as `iotvideo v20211125 2021-11-25`.
"""

import importlib
import inspect
import json
import re
import sys

PRIMITIVES = {"str": "String", "int": "Integer", "float": "Float", "bool": "Boolean"}


def named(name):
    return {"en": name, "zh": name}


def field(name, kind):
    made = {"name": name, "doc": named(name)}
    if kind.startswith("list of "):
        made["list"] = True
        kind = kind[len("list of ") :]
    made["unsigned"] = kind.endswith(" non-negative")
    kind = kind.split(" ")[0]
    made["type"] = PRIMITIVES.get(kind) or kind.strip(":`").rsplit(".", 1)[-1]
    return made


def fields(model):
    types = re.findall(r":type (\w+): (.+)", inspect.getdoc(model.__init__) or "")
    return [field(name, kind.removeprefix(":class:")) for name, kind in types if name != "RequestId"]


def action(name, models):
    return {
        "name": name,
        "doc": named(name),
        "group": "all",
        "idempotent": False,
        "idempotentBecause": named("not judged"),
        "rateLimit": None,
        "errorCodes": [],
        "input": fields(getattr(models, f"{name}Request")),
        "output": fields(getattr(models, f"{name}Response")),
    }


def main(service, module, version):
    path = f"tencentcloud.{service}.{module}"
    models = importlib.import_module(f"{path}.models")
    client = importlib.import_module(f"{path}.{service}_client")
    (kind,) = (one for name, one in vars(client).items() if name.lower() == f"{service}client")
    actions = [name for name in vars(kind) if name[0].isalpha()]
    own = {f"{name}{side}" for name in actions for side in ("Request", "Response")}
    structures = [
        (name, model)
        for name, model in vars(models).items()
        if inspect.isclass(model) and model.__module__ == models.__name__ and name not in own
    ]
    schema = {
        "format": 1,
        "service": service,
        "serviceName": named(service),
        "version": version,
        "endpoint": f"{service}.tencentcloudapi.com",
        "regionRequired": False,
        "className": service.capitalize(),
        "structures": [
            {"name": name, "doc": named(name), "fields": fields(model)} for name, model in structures
        ],
        "actions": [action(name, models) for name in actions],
    }
    json.dump(schema, sys.stdout, indent=2)


main(*sys.argv[1:])

"""Drives the official Python SDK's client of IoT Video: a line of stdin is a call, or asks for the models' shapes."""

import json
import re
import sys
import warnings

from network import InMemory
from tencentcloud.common.abstract_model import AbstractModel
from tencentcloud.common.credential import Credential
from tencentcloud.iotvideo.v20191126 import models
from tencentcloud.iotvideo.v20191126.iotvideo_client import IotvideoClient

ACTIONS = [name for name in vars(IotvideoClient) if not name.startswith("_")]


def call(client, network, asked):
    """What the SDK sends for these parameters, and what it reads from this answer."""
    network.answer = asked["answer"].encode()
    request = getattr(models, asked["action"] + "Request")()
    request._deserialize(asked["params"])
    answer = getattr(client, asked["action"])(request)
    return {**network.sent, "read": json.dumps(answer._serialize(allow_none=True))}


def shape(model):
    """The names of a model's fields, each with the type that its property states."""
    return {
        name: re.sub(r"^:class:`.*\.(\w+)`$", r"\1", re.search(":rtype: (.*)", member.__doc__)[1])
        for name, member in vars(model).items()
        if isinstance(member, property)
    }


def shapes():
    known = {
        name: shape(model)
        for name, model in vars(models).items()
        if isinstance(model, type) and model is not AbstractModel
    }
    actions = {
        name: {"request": known.pop(name + "Request"), "response": known.pop(name + "Response")}
        for name in ACTIONS
    }
    return {"actions": actions, "structures": known}


def main():
    # The SDK only warns of a member that no model has.
    warnings.simplefilter("error")
    network = InMemory()
    client = IotvideoClient(Credential("test-id", "test-key"), "ap-guangzhou")
    network.put_under(client)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            seen = shapes() if asked.get("shapes") else call(client, network, asked)
        except Exception as error:
            seen = {"error": repr(error)}
        print(json.dumps(seen), flush=True)


main()

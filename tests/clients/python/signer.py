"""Drives the official Python SDK: a call on each line of stdin, on stdout what the SDK sent and what it hashed."""

import hashlib
import hmac
import json
import sys
import uuid
from base64 import b64decode
from types import SimpleNamespace

from network import InMemory, text
from tencentcloud.common import abstract_client, sign
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

OLDER = ("HmacSHA1", "HmacSHA256")


class Watch:
    """Stands in the SDK's modules where the clock, chances and the hashes are, and notes what is hashed."""

    def __init__(self):
        abstract_client.hashlib = SimpleNamespace(sha256=self.sha256)
        sign.hmac = SimpleNamespace(new=self.hmac)

    def start(self, call):
        self.hashes, self.macs = [], []
        abstract_client.time = SimpleNamespace(time=lambda: call["timestamp"])
        abstract_client.random = SimpleNamespace(randint=lambda *_: call["nonce"])
        abstract_client.uuid = SimpleNamespace(uuid4=lambda: uuid.UUID(call["traceId"]))

    def sha256(self, data):
        digest = hashlib.sha256(data)
        self.hashes.append({"input": text(data), "digest": text(digest.digest())})
        return digest

    def hmac(self, key, data, name):
        digest = hmac.new(key, data, name)
        self.macs.append({"key": text(key), "input": text(data), "digest": text(digest.digest())})
        return digest


def profile(call):
    older = call["form"] in OLDER
    made = ClientProfile(
        signMethod=call["form"] if older else "TC3-HMAC-SHA256",
        httpProfile=HttpProfile(endpoint=call["host"], reqMethod=call["method"]),
        request_client=call.get("requestClient"),
    )
    made.language = call.get("language")
    made.unsignedPayload = call["form"] == "unsigned-payload"
    return made


def send(call, network):
    who = call["credential"]
    credential = Credential(who["secretId"], who["secretKey"], who.get("token"))
    client = CommonClient(
        call["service"], call["version"], credential, call.get("region", ""), profile(call)
    )
    network.put_under(client)
    headers = {**call["headers"], "X-TC-TraceId": call["traceId"]}
    if call["form"] == "octet-stream":
        return client.call_octet_stream(call["action"], headers, b64decode(call["body"]))
    params, files = call["params"], call["files"]
    for name in files:
        params[name] = b64decode(params[name])
    options = {
        "IsMultipart": call["form"] == "multipart",
        "BinaryParams": files,
        "SkipSign": call["form"] == "skip-sign",
    }
    return client.call_json(call["action"], params, headers, options)


def main():
    watch, network = Watch(), InMemory()
    for line in sys.stdin:
        call = json.loads(line)
        watch.start(call)
        send(call, network)
        print(json.dumps({**network.sent, "hashes": watch.hashes, "macs": watch.macs}), flush=True)


main()

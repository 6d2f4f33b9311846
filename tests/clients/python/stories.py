"""Makes single calls by the official Python SDK: a line of stdin is one, with where to send it, who calls, and what."""

import json
import sys
from urllib.parse import urlsplit

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.iotvideo.v20191126 import models
from tencentcloud.iotvideo.v20191126.iotvideo_client import IotvideoClient


def call(asked):
    key = asked["key"]
    credential = Credential(key["secretId"], key["secretKey"], key.get("token"))
    http = HttpProfile(protocol="http", endpoint=urlsplit(asked["url"]).netloc)
    client = IotvideoClient(credential, "ap-guangzhou", ClientProfile(httpProfile=http))
    action, payload = asked["action"], asked["payload"]
    if asked["plain"]:
        return client.call_json(action, payload)["Response"]
    request = getattr(models, action + "Request")()
    request.from_json_string(json.dumps(payload))
    answer = getattr(client, action)(request)
    return json.loads(answer.to_json_string())


def main():
    for line in sys.stdin:
        try:
            told = {"answer": call(json.loads(line))}
        except TencentCloudSDKException as error:
            told = {"code": error.get_code(), "message": error.get_message()}
        print(json.dumps(told), flush=True)


main()

"""Makes refunds by the official Python SDK: a line of stdin is one, with where to send it and whether the retryer is on."""

import json
import sys
import time

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.retry import StandardRetryer
from tencentcloud.iotvideo.v20191126 import models
from tencentcloud.iotvideo.v20191126.iotvideo_client import IotvideoClient


def refund(asked):
    http = HttpProfile(protocol="http", endpoint=asked["host"], reqTimeout=1)
    # Its own waits are seconds; they change nothing but the time.
    retryer = StandardRetryer(max_attempts=3, backoff_fn=lambda n: 0.01) if asked["retries"] else None
    profile = ClientProfile(httpProfile=http, retryer=retryer)
    client = IotvideoClient(Credential(asked["secretId"], "test-key"), "ap-guangzhou", profile)
    request = models.RefundStorageServiceRequest()
    request.ServiceId, request.OrderId = asked["id"], asked.get("order")
    client.RefundStorageService(request)


def main():
    for line in sys.stdin:
        began = time.monotonic()
        try:
            refund(json.loads(line))
            told = "done"
        except TencentCloudSDKException as error:
            told = f"failed: {error.get_code()}"
        except Exception as error:
            told = f"failed: {type(error).__name__}"
        print(json.dumps({"told": told, "ms": (time.monotonic() - began) * 1000}), flush=True)


main()

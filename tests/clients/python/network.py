"""Takes the place of the network under the official Python SDK: keeps what would have been sent, and answers."""

from base64 import b64encode

import requests
from requests.adapters import BaseAdapter


def text(data):
    return b64encode(data).decode()


class InMemory(BaseAdapter):
    """Answers each request alike, until `answer` is set anew."""

    answer = b'{"Response":{}}'

    def put_under(self, client):
        client.request.conn._session.mount("https://", self)

    def send(self, request, **_):
        body = request.body or b""
        self.sent = {
            "method": request.method,
            "url": request.url,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "body": text(body if isinstance(body, bytes) else body.encode()),
        }
        response = requests.Response()
        response.status_code = 200
        response.headers["Content-Type"] = "application/json"
        response._content = self.answer
        return response

    def close(self):
        pass

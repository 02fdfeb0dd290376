"""Receives webhooks and checks their signatures by the Standard Webhooks specification, with Python's own library alone.

Secrets come by the environment, parted by spaces. Prints its port, then of each call what it was, as JSON;
ends when its input does.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

TOLERANCE_SECONDS = 300
SECRETS = [base64.b64decode(secret.removeprefix("whsec_")) for secret in os.environ["WEBHOOK_SECRETS"].split()]


def verdict(headers, body):
    identifier, second = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not second.isdigit() or abs(time.time() - int(second)) > TOLERANCE_SECONDS:
        return "stale"
    signed = f"{identifier}.{second}.".encode() + body
    own = [base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode() for secret in SECRETS]
    given = [part.split(",", 1)[1] for part in headers.get("webhook-signature", "").split() if part.startswith("v1,")]
    good = any(hmac.compare_digest(one, other) for one in own for other in given)
    return "good" if good else "forged"


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        found = verdict(self.headers, body)
        self.send_response(204 if found == "good" else 401)
        self.end_headers()
        said = {"verdict": found, "id": self.headers.get("webhook-id"), "payload": json.loads(body)}
        print(json.dumps(said), flush=True)

    def log_message(self, *_):
        pass


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
server = HTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_port, flush=True)
server.serve_forever()

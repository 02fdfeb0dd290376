"""A mail server that is not ours (aiosmtpd), which says what it has received as Python's own reader understands it.

The first line of its output is its port, each further line one letter, as JSON. Its one argument is the record that the
DNS would answer for the key of the signature; without python3-dkim nothing is said of that.
"""

import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.smtp import SMTP

try:
    import dkim
except ImportError:
    dkim = None

RECORD = sys.argv[1].encode()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('refused'):
            return '550 5.1.1 no such user'
        if address.startswith('throttled'):
            return '451 4.7.1 later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith('policy'):
            return '554 5.7.1 not wanted'
        say(told(envelope))
        return '250 OK'


def told(envelope):
    raw = envelope.content
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return {
        'from': envelope.mail_from,
        'to': envelope.rcpt_tos,
        'headers': {name: str(value) for name, value in mail.items()},
        'sender': mail['from'].addresses[0].display_name,
        'parts': [
            {'type': part.get_content_type(), 'encoding': part['content-transfer-encoding'], 'text': part.get_content().replace('\r\n', '\n')}
            for part in mail.walk()
            if not part.is_multipart()
        ],
        'defects': [str(defect) for part in mail.walk() for defect in part.defects],
        'ascii': raw.isascii(),
        'signed': None if dkim is None else dkim.verify(raw, dnsfunc=lambda *_, **__: RECORD),
        'changed': None if dkim is None else dkim.verify(raw.replace(b'Subject: ', b'Subject: x'), dnsfunc=lambda *_, **__: RECORD),
    }


def say(thing):
    print(json.dumps(thing), flush=True)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), enable_SMTPUTF8=True), '127.0.0.1', 0)
    say({'port': server.sockets[0].getsockname()[1]})
    await server.serve_forever()


asyncio.run(main())

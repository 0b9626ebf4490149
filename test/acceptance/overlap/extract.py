# The text of mails, tables and plain text by Python's own modules: `extract.py KIND FILE [ENCODING]`.
import csv, email, email.header, email.policy, email.utils, html.parser, mailbox, sys
from datetime import timezone


def say(text):
    sys.stdout.buffer.write((text + '\n').encode('utf-8', 'replace'))


class Words(html.parser.HTMLParser):
    def handle_data(self, data):
        say(data)


def decoded(value):
    return str(email.header.make_header(email.header.decode_header(str(value))))


def attachment(part):
    size = len(part.get_payload(decode=True) or b'')
    say(' '.join([decoded(part.get_filename() or ''), part.get_content_type(), str(size), 'B']))


def message(mail):
    for value in mail.get_all('subject', []):
        say(decoded(value))
    for name in ('from', 'to', 'cc'):
        for value in mail.get_all(name, []):
            say(name + ': ' + decoded(value))
    if mail['date']:
        date = email.utils.parsedate_to_datetime(str(mail['date']))
        say('date: ' + date.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z'))
    body(mail)


def body(part):
    kind = part.get_content_type()
    if part.is_multipart() is False and kind.startswith('multipart/'):
        say(part.get_payload())  # its parts could not be told apart
    elif kind == 'message/rfc822':
        message(part.get_payload(0))
    elif kind == 'message/delivery-status':
        attachment(part)
    elif kind == 'multipart/alternative':
        children = part.get_payload()
        plain = [child for child in children if child.get_content_type() == 'text/plain']
        for child in plain or children:
            body(child)
    elif part.is_multipart():
        for child in part.get_payload():
            body(child)
    elif part.get_content_disposition() == 'attachment' or kind not in ('text/plain', 'text/html'):
        attachment(part)
    else:
        text = part.get_payload(decode=True).decode(part.get_content_charset('utf-8'), 'replace')
        if kind == 'text/html':
            Words().feed(text)
        else:
            say(text)


kind, path, encoding = (sys.argv + ['utf-8-sig'])[1:4]
if kind == 'csv':
    with open(path, encoding=encoding, newline='') as rows:
        for row in csv.reader(rows):
            say(' '.join(row))
elif kind == 'eml':
    with open(path, 'rb') as file:
        message(email.message_from_binary_file(file))
elif kind == 'mbox':
    for mail in mailbox.mbox(path):
        message(mail)
else:
    with open(path, encoding=encoding) as file:
        say(file.read())

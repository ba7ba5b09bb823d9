"""Mails as servers and mail programs send them back, about a mail whose return path is given."""

from __future__ import annotations

import base64

OURS = "b+7.abcdefghijklmnop@stridewell.example"
LEAVE = "u+7.abcdefghijklmnop@stridewell.example"


def original(path: str = OURS, *, to: str = "ana@example.org") -> str:
    """The top of the mail itself, as it stood where it came back from."""
    return (
        f"Return-Path: <{path}>\r\nFrom: Stridewell <coach@stridewell.example>\r\nTo: {to}\r\n"
        "Subject: Your week\r\nMessage-ID: <weekly.2026-11-23.0123@stridewell.example>\r\n\r\n"
    )


def mail(*lines: str, body: str = "") -> bytes:
    return ("\r\n".join(lines) + "\r\n\r\n" + body.replace("\n", "\r\n")).encode()


def report(kind: str, *parts: tuple[str, str], path: str = OURS, headers: tuple[str, ...] = ()) -> bytes:
    """A multipart/report. parts: content type (and further header lines) and body of each."""
    inner = "".join(f"--edge\r\nContent-Type: {head}\r\n\r\n{body}\r\n" for head, body in parts)
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\r\n"
        f"To: {path}\r\nSubject: Undelivered mail\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f"{''.join(line + chr(13) + chr(10) for line in headers)}"
        f'Content-Type: multipart/report; report-type={kind};\r\n boundary="edge"\r\n\r\n{inner}--edge--\r\n'
    ).encode()


def bounce(
    status: str = "5.1.1", said: str = "", *, action: str = "failed", path: str = OURS, encoded: bool = False
) -> bytes:
    """A delivery status notification (RFC 3464) like Postfix writes it, with the top of the mail itself."""
    fields = f"Final-Recipient: rfc822; ana@example.org\r\nAction: {action}\r\n"
    fields += f"Status: {status}\r\n" if status else ""
    fields += f"Diagnostic-Code: {said}\r\n" if said else ""
    about = f"Reporting-MTA: dns; mx.example.net\r\nX-Postfix-Sender: rfc822; {path}\r\n\r\n{fields}"
    kind = "message/delivery-status"
    if encoded:
        kind += "\r\nContent-Transfer-Encoding: base64"
        about = base64.encodebytes(about.encode()).decode().replace("\n", "\r\n")
    return report(
        "delivery-status",
        ("text/plain; charset=us-ascii", "I could not deliver your mail.\r\n"),
        (kind, about),
        ("text/rfc822-headers", original(path)),
        path=path,
    )


def complaint(kind: str = "abuse", *, path: str = OURS) -> bytes:
    """A feedback report (RFC 5965), which comes to whoever signed up for them."""
    about = f"Feedback-Type: {kind}\r\nUser-Agent: Judge/1.0\r\nVersion: 1\r\nOriginal-Mail-From: <{path}>\r\n"
    return report(
        "feedback-report",
        ("text/plain", "Somebody called this spam.\r\n"),
        ("message/feedback-report", about if kind else about.partition("\r\n")[2]),
        ("message/rfc822", original(path) + "Hello\r\n"),
        path="fbl@stridewell.example",
    )


def away(path: str = OURS) -> bytes:
    """Somebody's automatic answer, which names a version that looks like a status."""
    return mail(
        "Return-Path: <>",
        "From: Ana <ana@example.org>",
        f"To: {path}",
        "Subject: Away",
        "Auto-Submitted: auto-replied (vacation)",
        body="I am back on Monday. For version 5.1.1 ask Ben.\n",
    )


def leaving(path: str = LEAVE) -> bytes:
    """What a mail program sends when somebody presses unsubscribe."""
    return mail("From: ana@example.org", f"To: {path}", "Subject: unsubscribe", body="")


def qmail(path: str = OURS, said: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    return mail(
        "From: MAILER-DAEMON@mx.example.net",
        f"To: {path}",
        "Subject: failure notice",
        body=f"Hi. I tried.\n\n<ana@example.org>:\n{said}\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <{path}>\nSubject: see 4.2.1\n",
    )


def exim(path: str = OURS, said: str = "550 5.2.1 mailbox disabled") -> bytes:
    return mail(
        "X-Failed-Recipients: ana@example.org",
        "Auto-Submitted: auto-replied",
        "From: Mail Delivery System <Mailer-Daemon@mx.example.net>",
        f"To: {path}",
        "Subject: Mail delivery failed",
        body=f"A message that you sent could not be delivered.\n\n  ana@example.org\n    host mx [192.0.2.5]: {said}\n",
    )


def by_a_person(path: str = OURS) -> bytes:
    return mail("From: ana@example.org", f"To: {path}", "Subject: Re: Your week", body="Thanks! 5.1.1\n")

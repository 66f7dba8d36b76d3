"""Files that are not what they say, with names that climb folders: sent with every form that takes files."""

from __future__ import annotations

import gzip
import struct
from random import Random

from nowrongdoor.console.prove.attack.corpus import FIRES, MARK
from nowrongdoor.console.prove.attack.crawling import Found, Site
from nowrongdoor.console.prove.attack.firing import Fired, answered
from nowrongdoor.console.prove.attack.pages import TOKEN, Fields, Form, Page
from nowrongdoor.console.prove.attack.sending import Answer, encoded_text

RUNS = f"<script>{FIRES}</script>".encode()
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# A picture of ten thousand million dots that is a few bytes: nobody here may ever draw it.
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    + b"\x00\x00\x00\x00" + b"\x00\x00\x00\x00IEND\xaeB`\x82"
)  # fmt: skip
File = tuple[str, bytes]
# Each is what we take by its content; what is hostile is the name, or what follows.
TAKEN: tuple[tuple[File, ...], ...] = (
    (
        (f"../../{MARK}<img src=x onerror={FIRES}>.pdf", PDF),
        (f"{MARK}.pdf", b"%PDF-1.4\n" + RUNS + b"\n%%EOF\n"),
        (f"{MARK}.png", PNG),
        (f"{MARK}.txt", b"Nothing but words.\n=cmd|' /C calc'!A0\n"),
        (f"\u202egnp.{MARK}.txt", b"Turned round."),
    ),
    (
        (f'{MARK}"; filename="x.html', b"Words."),
        (f"{MARK}%0d%0aX-Zqx: 1.txt", b"Words."),
        (f"CON.{MARK}.txt", b"Words."),
    ),
)
REFUSED: tuple[tuple[File, ...], ...] = (
    ((f"{MARK}.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload=\"alert('zqx')\"/>"),),
    ((f"{MARK}.html.png", b"<!doctype html>" + RUNS),),
    ((f"{MARK}.png", PNG + RUNS),),
    ((f"{MARK}.txt", gzip.compress(bytes(20_000_000))),),
    ((f"{MARK}.pdf", PDF + b"PK\x05\x06" + bytes(18)),),
    ((f"{MARK}.txt", "Words \u202e turned \x00 round".encode()),),
    ((f"{MARK}.xml", b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><z>&x;</z>'),),
    tuple((f"{MARK}{number}.txt", b"Words.") for number in range(30)),
)
BOUNDARY = "zqxboundary"


def send(site: Site, fired: Fired, *, seed: int) -> None:
    """All of them with each such form, and then every file that a page offers is taken."""
    chance = Random(seed)
    for _, several in sorted(site.forms.items()):
        waiting = [found for found in several if found.form.has_files]
        for files in (*REFUSED, *TAKEN):
            while waiting:
                form = waiting[0].again()
                answer = _send(waiting[0], form, chance, files) if form else None
                if answer is not None and answer.status != 409:
                    break
                waiting.pop(0)  # the form is not there any more, or somebody was first
            if not waiting or answer is None:
                break
            fired.inputs += 1
            fired.answered[answer.status] += 1
            fired.kinds["file"] += 1
            if answer.status in (302, 303):
                fired.stored += 1
                fired.landed.append((waiting[0].sender, answer.goes_to))
    for sender, path in dict.fromkeys(fired.landed):
        for link in Page(sender.get(path).text).links:
            if link.startswith("/attachments/"):
                sender.get(link)


def _send(found: Found, form: Form, chance: Random, files: tuple[File, ...]) -> Answer:
    fields = {box: values for box, values in answered(form, chance).items() if box != "preview"}
    (takes, *_) = [box for box, one in form.boxes.items() if one.kind == "file"]
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    body = parts({TOKEN: [found.sender.cookies.get("csrftoken", "")]} | fields, takes, files)
    return found.sender.ask("POST", found.goes_to, body=body, headers=headers, what=f"file {files[0][0]!r}")


def parts(fields: Fields, takes: str, files: tuple[File, ...]) -> bytes:
    """As a form with files is sent; what a browser would write otherwise in a name is left as it is."""
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    texts = (f'{head}"{box}"\r\n\r\n{value}\r\n' for box, values in fields.items() for value in values)
    each = (
        encoded_text(f'{head}"{takes}"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n')
        + content
        + b"\r\n"
        for name, content in files
    )
    return b"".join([*map(encoded_text, texts), *each, f"--{BOUNDARY}--\r\n".encode()])

"""Shows a report's two outputs to the programs of others: `python3 .ci/outputs.py report.toml`.

The outputs stand beside the report, as `report-gen build` leaves them; they are deleted when all is well. The words
are compared with the report file itself, read here by Python, so that no line of the program is its own judge.
"""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE_NUMBER = re.compile(r"^\s*— \d+ —\s*$", re.MULTILINE)
HOLE = re.compile(r"[Xx]+(?:\.[Xx]+)?")


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    said = done.stdout + done.stderr
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit status {done.returncode}\n{said}")
    return done.stdout


def must(holds, what):
    if not holds:
        sys.exit(f"not so: {what}")
    print(f"ok: {what}")


def without_blanks(text):
    return re.sub(r"\s+", "", text)


def words_of_docx(path):
    body = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    return without_blanks("".join(text.text or "" for text in body.iter(f"{WORD}t")))


def words_of_pdf(path):
    return without_blanks(PAGE_NUMBER.sub("", run("pdftotext", "-enc", "UTF-8", path, "-").replace("\f", "\n")))


def texts(report):
    """The report's own words in order, cut where its holes are."""
    yield report["report"]["title"]
    yield report["report"].get("author", "")
    for section in report["section"]:
        yield section.get("heading", "")
        yield section.get("text", "")


def stands_in_order(words, report):
    at = 0
    for text in texts(report):
        for piece in filter(None, map(without_blanks, HOLE.split(text))):
            found = words.find(piece, at)
            if found < 0:
                sys.exit(f"“{piece}” is not where it should be: …{words[at : at + 40]}")
            at = found + len(piece)
    return at > 0


def main(path):
    report = tomllib.loads(path.read_text("utf-8"))
    outputs = {suffix: [*path.parent.glob(f"*.{suffix}")] for suffix in ("docx", "pdf")}
    for suffix, files in outputs.items():
        must(len(files) == 1, f"one .{suffix} was written: {', '.join(file.name for file in files)}")
    docx, pdf = outputs["docx"][0], outputs["pdf"][0]
    must(docx.stem == pdf.stem, "both have one name")

    must("No syntax or stream encoding errors" in run("qpdf", "--check", pdf), "qpdf finds no fault in the PDF")
    faces = run("pdffonts", pdf).splitlines()[2:]
    # The columns emb, sub and uni: embedded, cut down to what is used, and readable as text.
    must(faces and all(" yes yes yes " in face for face in faces), f"its {len(faces)} faces are embedded and cut down")
    must('"ok": true' in run("ooxml-validator", docx), "ooxml-validator finds no fault in the Word file")
    must("Errors: 0" in run("openxml-audit", docx), "openxml-audit finds no fault in the Word file")

    words = words_of_pdf(pdf)
    must(words == words_of_docx(docx), f"the {len(words)} signs of both are the same, in the same order")
    must(stands_in_order(words, report), "they are those of the report file")
    must(not HOLE.search(words), "no hole is left")
    for file in (docx, pdf):
        file.unlink()


main(Path(sys.argv[1]))

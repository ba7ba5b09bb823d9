"""Whole mails, as templates make them of letters: goldens a person has looked at, and what must hold for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateNotFound
from playwright.sync_api import Browser, FloatRect, sync_playwright
from playwright.sync_api import Page as BrowserPage

from language.tongue import ENGLISH
from mail.letter import Recipient
from mail.lines import LONGEST_LINE
from mail.render import TEXT_COLUMNS, Renderer, fold_html, inlined, short_names, wrap
from tests.mail.letters import LETTERS, RENDERER, ROOT, rendered
from tests.mail.sample import URLS, a_letter, a_week, because
from tests.mail.sample_replies import a_reply
from tests.web.chromium import chromium

GOLDENS = ROOT / "tests" / "goldens" / "mail"

HOSTILE = (
    '<script>alert("x")</script>',
    '"><img src=x onerror=alert(1)>',
    "</title></style><b>bold",
    "{{ letter.answer_url }} {% raw %}",
    "Mara\r\nBcc: everyone@example.org",
    "O'Neill & <Söhne>",
    "\u202egnp.exe שרה كريم",
    "👩‍👩‍👧‍👦" * 30,
    "<!--[if mso]><b>",
    "\x00\x1b[31m",
)


OTHER_PAGES = (URLS.week, URLS.progress, URLS.calendar, URLS.account, URLS.unsubscribe)
PICTURE = re.compile(
    r'<img class="[a-z0-9]+" alt="" src="https://stridewell\.example/p/[a-z-]+\.png\?5eed" width="272">'
)
ASKING = ("two-sessions-in-kilograms", "three-sessions", "pain")
"""The mails with a question."""
NOT_KEPT = ("three-sessions", "weekly-from-right-to-left")
"""Mails that are judged and looked at, but of which no golden is kept."""
each_mail = pytest.mark.parametrize("name", LETTERS)


@pytest.mark.parametrize("name", [name for name in LETTERS if name not in NOT_KEPT])
def test_the_mail_is_the_one_a_person_has_looked_at(name: str, request: pytest.FixtureRequest) -> None:
    mail = rendered(name)
    files = {
        GOLDENS / f"{name}.txt": f"Subject: {mail.subject}\n\n{mail.text}".replace("\r\n", "\n"),
        GOLDENS / f"{name}.html": mail.html.replace("\r\n", "\n"),
    }
    for path, words in files.items():
        if request.config.getoption("--regold", default=False):
            path.write_text(words, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == words, f"{path.name} differs; when it is better, run with --regold"


@each_mail
def test_subject_is_one_line_and_every_line_ends_as_mail_wants(name: str) -> None:
    mail = rendered(name)
    assert mail.subject
    assert len(mail.subject.splitlines()) == 1
    for part in (mail.text, mail.html):
        assert "\n" not in part.replace("\r\n", "")


@each_mail
def test_html_is_light_enough_and_its_lines_fit_into_mail(name: str) -> None:
    octets = rendered(name).html.encode("ascii", "xmlcharrefreplace")
    assert len(octets) <= 40_000
    assert max(len(line) for line in octets.split(b"\r\n")) <= LONGEST_LINE


@each_mail
def test_text_is_wrapped_but_for_links(name: str) -> None:
    for line in rendered(name).text.split("\r\n"):
        assert len(line) <= TEXT_COLUMNS or "https://" in line, line


@each_mail
def test_text_has_no_ragged_gaps(name: str) -> None:
    text = rendered(name).text
    assert "\r\n\r\n\r\n" not in text
    assert not re.search(r"[ \t]\r\n", text)
    assert "None" not in re.findall(r"\bNone\b(?!\s+left)", text)


@each_mail
def test_html_is_well_formed_and_fetches_nothing(name: str) -> None:
    page = read(rendered(name).html)
    assert page.open_tags == []
    assert page.language == LETTERS[name]().tongue.code
    assert page.mains == 1
    assert page.layout_tables == page.tables, "every table is for layout, and says so"
    assert all(PICTURE.fullmatch(tag) for tag in page.fetched), (
        "pictures of exercises, which say their size, and nothing else"
    )
    assert page.headings[0] == 1
    steps = zip(page.headings, page.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), "no heading level is left out"
    assert "{{" not in rendered(name).html
    assert "{%" not in rendered(name).html


@each_mail
def test_every_link_of_the_html_is_also_in_the_text(name: str) -> None:
    mail, letter = rendered(name), LETTERS[name]()
    links = read(mail.html).links
    assert (URLS.unsubscribe in links) == bool(letter.unsubscribe_url)
    for link in links:
        assert link.startswith((URLS.answer, URLS.follow, *OTHER_PAGES)) or link == letter.url
        assert link in mail.text


@pytest.mark.parametrize("name", ASKING)
def test_the_one_question_stands_in_its_session_with_six_links_in_both_parts(name: str) -> None:
    mail = rendered(name)
    session = 2 if name == "three-sessions" else 0
    links = [f"{URLS.answer}?s={session}&l={left}" for left in range(6)]
    assert [link for link in links if link in read(mail.html).links] == links
    assert [line.split()[-1] for line in mail.text.split("\r\n") if "&l=" in line] == links
    for part, start in ((mail.html, "One more question"), (mail.text, "One more question: ")):
        assert part.count("One more question") == 1
        asked = part.index(start)
        assert part.rindex("s=0&amp;c=n" if part is mail.html else "s=0&c=n") < asked, "first the tap, then the number"
        assert "load of this exercise and its relatives." in " ".join(part[asked:].split())


def test_a_week_without_a_question_asks_none() -> None:
    mail = rendered("one-session-in-pounds")
    assert "question more" not in mail.text + mail.html
    assert "&amp;l=" not in mail.html


def test_the_inbox_preview_shows_the_preheader_and_then_nothing() -> None:
    seen = read(rendered("pain").html).text
    start = seen.index("Two sessions of 38 and 35 minutes")
    assert seen[start:].split("stretching after runs.")[1].startswith("\r\n" + "\u034f " * 40)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_mail(name: str) -> None:
    recipient = Recipient(name, "mara@example.org", "kg", "UTC", ENGLISH)
    usual = read(rendered("two-sessions-in-kilograms").html)
    mail = RENDERER.weekly(a_letter(recipient=recipient))
    page = read(mail.html)
    assert page.open_tags == []
    assert (page.tags, page.links) == (usual.tags, usual.links), "a name is text, never a tag"
    assert mail.subject == rendered("two-sessions-in-kilograms").subject
    assert "\nBcc:" not in mail.text
    octets = mail.html.encode("ascii", "xmlcharrefreplace")
    assert max(len(line) for line in octets.split(b"\r\n")) <= LONGEST_LINE
    assert RENDERER.safety(a_reply(recipient=recipient)).html


def test_a_sentence_from_elsewhere_is_escaped_too() -> None:
    week = a_week(focus=because('Do <b>this</b> & "that".'))
    assert "Do &lt;b&gt;this&lt;/b&gt; &amp; &#34;that&#34;." in RENDERER.weekly(a_letter(week)).html


def test_a_very_long_sentence_is_folded_and_still_reads_the_same() -> None:
    sentence = " ".join(["Ünendlich"] * 400)
    mail = RENDERER.weekly(a_letter(a_week(focus=because(sentence))))
    assert max(map(len, mail.html.encode("ascii", "xmlcharrefreplace").split(b"\r\n"))) <= LONGEST_LINE
    assert sentence in " ".join(read(mail.html).text.split())


@given(st.lists(st.text("aé \u05d0👟", min_size=1, max_size=90), max_size=60))
def test_folding_changes_line_ends_only(words: list[str]) -> None:
    html = " ".join(words)
    folded = fold_html(html)
    assert folded.split() == html.split()
    assert max(map(len, folded.encode("ascii", "xmlcharrefreplace").split(b"\r\n"))) <= LONGEST_LINE


@given(st.text("abc ", max_size=400), st.sampled_from(["", "  ", "     "]))
def test_wrapping_keeps_every_word(text: str, indent: str) -> None:
    text = " ".join(text.split())
    lines = wrap(text, indent).split("\r\n")
    assert " ".join(lines).split() == text.split()
    assert all(line.startswith(indent) for line in lines)
    assert all(len(line) <= TEXT_COLUMNS or " " not in line.strip() for line in lines)


def test_wrapping_leaves_a_link_whole_and_sets_off_the_first_line() -> None:
    link = "https://stridewell.example/" + "x" * 80
    assert wrap(f"See {link} now", "  ", "- ") == f"- See\r\n  {link}\r\n  now"
    assert wrap(link) == link
    assert wrap("") == ""


def test_the_same_letter_is_the_same_mail() -> None:
    assert Renderer(ROOT / "templates" / "email").weekly(a_letter()) == rendered("two-sessions-in-kilograms")


def test_styles_are_inlined_at_load_and_tags_stay_where_they_stood() -> None:
    source = '<table class="a b"><tbody><!--{% for x in xs %}--><tr><td class="b">{{ x }} ·</td></tr><!--{% endfor %}--></tbody></table>'
    assert inlined(source, ".a { color: red }", {"b": "z"}) == (
        '<table class="z" style="color:red">{% for x in xs %}<tr><td class="z">{{ x }} &#183;</td></tr>{% endfor %}</table>'
    )


def test_classes_get_the_shortest_names_in_the_elements_and_in_the_styles_that_ask_for_them() -> None:
    names = short_names(".lead { margin: .5em } .lead, .card td { color: red }")
    assert names == {"lead": "a", "card": "b"}
    page = (
        '<html><head>\n<style>\n.lead { margin: .5em }\n</style></head><body><p class="lead none">A</p></body></html>'
    )
    assert inlined(page, "", names).count("\n.a{margin:.5em}\n") == 1
    assert '<p class="a">' in inlined(page, "", names)
    many = short_names(" ".join(f".{c}{d}" for c in "abcdefghijkl" for d in "abcdefghij"))
    assert len(set(many.values())) == 120
    assert "ad" not in many.values(), "what blocks advertisements would hide it"


def test_a_template_outside_the_folder_is_not_found() -> None:
    with pytest.raises(TemplateNotFound):
        RENDERER._environment(ENGLISH).get_template("../web/base.html.j2")


def test_a_word_a_letter_does_not_have_is_an_error_not_a_gap(tmp_path: Path) -> None:
    folder = tmp_path / "weekly"
    folder.mkdir()
    for part in ("subject.txt.j2", "body.txt.j2", "body.html.j2"):
        (folder / part).write_text("{{ letter.nosuch }}", encoding="utf-8")
    with pytest.raises(AttributeError, match="nosuch"):
        Renderer(tmp_path).weekly(a_letter())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.mark.browser
@each_mail
def test_a_mail_reads_well_on_a_phone_and_on_a_desk_by_day_and_by_night(name: str, browser: Browser) -> None:
    page = browser.new_page()
    drawn = ROOT / "catalogue" / "figures" / "png" / "pogo-hops.png"
    page.route("**/p/*.png?*", lambda route: route.fulfill(path=drawn))
    page.set_content(rendered(name).html)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(FAINT_TEXT) == [], scheme
    for width in (320, 375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "nobody scrolls sideways"
        boxes = boxes_of(page, 'a[style*="display:block"]:not([href*="&l="])')
        assert all(box["height"] >= 44 and box["width"] >= 88 for box in boxes), "a thumb finds every button"
        assert page.evaluate(COVERED_HEADINGS) == [], "a picture leaves the name of its exercise to be read"
        six = boxes_of(page, 'a[href*="&l="]')
        assert len(six) == (6 if "&amp;l=" in rendered(name).html else 0)
        assert all(box["height"] >= 44 and box["width"] >= (36 if width == 320 else 44) for box in six)
        assert len({box["y"] for box in six}) <= 1, "the six stand in one row"
    page.close()


def boxes_of(page: BrowserPage, buttons: str) -> list[FloatRect]:
    found = page.locator(buttons).all()
    boxes = [box for button in found if (box := button.bounding_box())]
    assert len(boxes) == len(found)
    return boxes


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

FAINT_TEXT = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = rgb => rgb.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const surface = element => {
    for (; element; element = element.parentElement) {
      const colour = parts(getComputedStyle(element).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.getClientRects().length) continue;
    const [low, high] = [light(parts(getComputedStyle(element).color)), light(surface(element))].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) faint.push([texts.currentNode.data.trim(), contrast]);
  }
  return faint;
}"""
"""Every visible text whose contrast with what lies behind it is below 4.5 : 1 (WCAG 2.2, 1.4.3)."""

COVERED_HEADINGS = """() => {
  const pictures = [...document.images].map(image => image.getBoundingClientRect());
  const words = document.createRange();
  return [...document.querySelectorAll("h3")].filter(heading => {
    words.selectNodeContents(heading);
    return [...words.getClientRects()].some(line => pictures.some(p =>
      line.left < p.right && p.left < line.right && line.top < p.bottom && p.top < line.bottom));
  }).map(heading => heading.textContent);
}"""
"""Names of exercises behind a picture."""


class Page(HTMLParser):
    """What a mail program finds in the HTML."""

    VOID = frozenset({"meta", "br", "img", "link", "input", "hr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open_tags: list[str] = []
        self.tags: list[str] = []
        self.headings: list[int] = []
        self.links: set[str] = set()
        self.fetched: list[str] = []
        self.language = ""
        self.mains = self.tables = self.layout_tables = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open_tags.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.language = found.get("lang") or ""
        self.mains += found.get("role") == "main"
        self.tables += tag == "table"
        self.layout_tables += tag == "table" and found.get("role") == "presentation"
        if tag == "a":
            self.links.add(found.get("href") or "")
        elif tag in {"img", "link", "script", "iframe"} or "url(" in (found.get("style") or ""):
            self.fetched.append(self.get_starttag_text() or tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if self.open_tags and self.open_tags[-1] == "style":
            assert "url(" not in data
            assert "@import" not in data
        self.text += data


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    return page

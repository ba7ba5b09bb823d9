"""Reads a page the way a browser without JavaScript does: what would its form post if it were saved as it stands?"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class PageForm:
    """action: where it posts. fields: (name, value) pairs in the order of the page, untouched."""

    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def value(self, name: str) -> str | None:
        """The last value of a field, None when it would not be posted."""
        return dict(self.fields).get(name)

    def saved_with(self, **changes: str) -> list[tuple[str, str]]:
        """The fields to post after the runner set some; `__` stands for a dot, `_` for a hyphen."""
        named = {k.replace("__", ".").replace("_", "-"): v for k, v in changes.items()}
        unknown = set(named) - self.names
        assert not unknown, f"the page has no field {unknown}"
        return [(n, v) for n, v in self.fields if n not in named] + list(named.items())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form = PageForm()
        self.select = ""
        self.options: list[tuple[str, bool]] = []
        self.textarea = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {k: v or "" for k, v in attrs}
        if tag == "form":
            self.form.action = have["action"]
        elif tag == "input" and "name" in have:
            self.form.names.add(have["name"])
            if have["type"] not in {"radio", "checkbox"} or "checked" in have:
                self.form.fields.append((have["name"], have.get("value", "")))
        elif tag == "select":
            self.form.names.add(have["name"])
            self.select, self.options = have["name"], []
        elif tag == "option":
            self.options.append((have["value"], "selected" in have))
        elif tag == "textarea":
            self.form.names.add(have["name"])
            self.textarea, self.text = have["name"], ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            chosen = [value for value, selected in self.options if selected] or [self.options[0][0]]
            self.form.fields.append((self.select, chosen[-1]))
        elif tag == "textarea":
            self.form.fields.append((self.textarea, self.text))


def form_of(html: str) -> PageForm:
    """The page's form; a page with several radio buttons checked in one group posts the last, as browsers do."""
    reader = _Reader()
    reader.feed(html)
    return reader.form

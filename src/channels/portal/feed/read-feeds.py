"""Reads feeds as two parsers that are not ours do: expat (strict XML) and feedparser. JSON list of texts in, JSON out."""
import json
import sys
import xml.etree.ElementTree as tree

import feedparser


def as_json(node):
    return {
        "name": node.tag,
        "attributes": dict(node.attrib),
        "text": node.text or "",
        "children": [as_json(child) for child in node],
    }


def as_read(feed):
    return {
        "bozo": bool(feed.bozo),
        "version": feed.version,
        "title": feed.feed.get("title"),
        "language": feed.feed.get("language"),
        "entries": [
            {
                "id": entry.get("id"),
                "title": entry.get("title"),
                "link": entry.get("link"),
                "summary": entry.get("summary"),
                "published": entry.get("published"),
                "publishedIsRead": entry.get("published_parsed") is not None,
                "updated": entry.get("updated"),
            }
            for entry in feed.entries
        ],
    }


texts = json.load(sys.stdin)
answers = []
for text in texts:
    data = text.encode("utf-8")
    answers.append({"root": as_json(tree.fromstring(data)), "read": as_read(feedparser.parse(data))})
json.dump(answers, sys.stdout)

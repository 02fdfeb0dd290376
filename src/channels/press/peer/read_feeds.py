"""Reads RSS feeds, one in JSON a line, with the Universal Feed Parser, and says of each what a newsroom's program sees."""
import json
import sys

import feedparser

for line in sys.stdin:
    feed = feedparser.parse(json.loads(line).encode("utf-8"), sanitize_html=False)
    print(json.dumps({
        "broken": bool(feed.bozo) and str(feed.bozo_exception),
        "version": feed.version,
        "title": feed.feed.get("title"),
        "entries": [
            {
                "id": entry.get("id"),
                "link": entry.get("link"),
                "title": entry.get("title"),
                "summary": entry.get("summary"),
                "content": [part.value for part in entry.get("content", [])],
                "tags": [tag.term for tag in entry.get("tags", [])],
                "published": list(entry.published_parsed or [])[:6],
            }
            for entry in feed.entries
        ],
    }))

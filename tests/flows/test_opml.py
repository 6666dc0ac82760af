"""OPML in and out, and feeds.yml written to: whatever a reader exports is taken as far as it goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.config_file import ConfigError, read_config
from flows.feed_commands import export_opml, import_opml
from flows.feed_file import add_feeds, with_feeds
from flows.opml import parse_opml, write_opml
from flows.settings import FeedConfig, FeedFormat, FeedsFile, Places, PublisherKind, load_feeds

ROOT = Path(__file__).parents[2]
NESTED = """<?xml version="1.0" encoding="{encoding}"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Think tanks &amp; so on"><outline text="Think tank">
  <outline type="rss" title="Café of Ideas" text="x" xmlUrl="https://ideas.example/feed?a=1&b=2" htmlUrl="https://ideas.example/"/>
  <outline text="Trade Press"><outline XMLURL="feed://trade.example/rss" TEXT="The  Ward
 Weekly"/></outline>
</outline></outline>
<outline text="Council" xmlUrl="feed:https://council.example/f" category="/a,local_government" htmlUrl="x:"/>
<outline type="rss" text="No address"/>
<outline type="include" text="Others" url="https://else.example/more.opml"/>
<outline type="rss" text="Odd" xmlUrl="ftp://odd.example/rss"/>
<outline type="rss" xmlUrl="https://www.bare.example/rss"/>
</body></opml>
"""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A configuration with one feed, found by the commands."""
    (tmp_path / "feeds.yml").write_text("feeds:\n" + HAVE, encoding="utf-8")
    monkeypatch.setenv("STANCEWATCH_CONFIG", str(tmp_path))
    return Places(tmp_path, tmp_path, tmp_path / "w.duckdb")


HAVE = "  - {id: have, publisher: Have, kind: blog, homepage: 'https://have.example/', url: 'https://have.example/feed/'}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_folders_kinds_and_odd_outlines(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "mine.opml"
    declared = {"utf-16-le": "utf-16", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    file.write_bytes(NESTED.format(encoding=declared).encode(encoding))
    listed = parse_opml(file)
    assert [(o.url, o.publisher, o.kind, o.homepage) for o in listed.outlines] == [
        ("https://ideas.example/feed?a=1&b=2", "Café of Ideas", PublisherKind.THINK_TANK, "https://ideas.example/"),
        ("http://trade.example/rss", "The Ward Weekly", PublisherKind.TRADE_PRESS, "http://trade.example/rss"),
        ("https://council.example/f", "Council", PublisherKind.LOCAL_GOVERNMENT, "https://council.example/f"),
        ("https://www.bare.example/rss", "www.bare.example", PublisherKind.BLOG, "https://www.bare.example/rss"),
    ]
    assert listed.problems == (
        f"{file}:9: 'No address' has no xmlUrl",
        f"{file}:10: names another list (https://else.example/more.opml), which is not followed",
        f"{file}:11: 'ftp://odd.example/rss' is no address that can be fetched",
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><opml/>", "declares entities, which are not followed"),
        ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><opml/>".encode("utf-16"), "declares entities"),
        (b"<html><body/></html>", ":1: is not OPML, but <html>; export it again as OPML"),
        (b"", ": is not OPML; export it again"),
        (b"no xml at all", ": is not OPML; export it again"),
        (b"<?xml version='1.0' encoding='utf-8'?><opml>\xff</opml>", "is not in utf-8 as it says; save it as UTF-8"),
        (b"<?xml version='1.0' encoding='nonsense'?><opml/>", "is not in nonsense as it says"),
        (b"<opml>" + b" " * 6_000_000, "is larger than 5 MiB"),
    ],
)
def test_what_is_no_opml(tmp_path: Path, body: bytes, words: str) -> None:
    file = tmp_path / "mine.opml"
    file.write_bytes(body)
    with pytest.raises(ConfigError) as raised:
        parse_opml(file)
    assert words in str(raised.value)
    assert str(raised.value).startswith(str(file))
    assert "\n" not in str(raised.value)


def test_a_torn_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(
        '<opml><body>\n<outline text="A" xmlUrl="https://a.example/f"/>\n<outline text="B <', encoding="utf-8"
    )
    listed = parse_opml(file)
    assert [outline.publisher for outline in listed.outlines] == ["A"]
    assert listed.problems[0].startswith(f"{file}:3: is not well-formed")


def test_folders_in_folders_in_folders(tmp_path: Path) -> None:
    file = tmp_path / "mine.opml"
    deep = "<outline text='x'>" * 200 + "<outline xmlUrl='https://a.example/f'/>" + "</outline>" * 200
    file.write_text(f"<opml><body>{deep}</body></opml>", encoding="utf-8")
    assert len(parse_opml(file).outlines) == 1


def test_importing_adds_what_is_not_there(places: Places) -> None:
    file = places.config / "mine.opml"
    urls = (
        "http://www.have.example/feed",
        "https://new.example/feed",
        "https://new.example/feed/?utm_source=x",
        "mailto:x",
    )
    rows = "\n".join(f'<outline text="New" xmlUrl="{url}"/>' for url in urls)
    file.write_text(f"<opml><body>{rows}</body></opml>", encoding="utf-8")
    said = import_opml(file).splitlines()
    assert said[0] == f"1 feeds added to {places.config / 'feeds.yml'}, 2 were there already, 1 problems:"
    assert said[1] == f"{file}:4: 'mailto:x' is no address that can be fetched"
    assert [feed.url for feed in load_feeds(places).feeds] == ["https://have.example/feed/", "https://new.example/feed"]
    assert import_opml(file).startswith("0 feeds added")


def test_out_and_in_again_is_the_same(places: Places) -> None:
    before = read_config(ROOT / "config" / "feeds.yml", FeedsFile).feeds
    before += (
        FeedConfig(
            "odd",
            'A "B" & <C>\'s\u2028 É',
            PublisherKind.UNION_PROFESSIONAL,
            "https://o.example/?a=1&b=2",
            "https://o.example/s.xml",
            FeedFormat.SITEMAP,
            15,
            9,
        ),
    )
    file = places.config / "out.opml"
    file.write_text(write_opml(before), encoding="utf-8")
    (places.config / "feeds.yml").write_text("feeds: []\n", encoding="utf-8")
    assert import_opml(file) == f"{len(before)} feeds added to {places.config / 'feeds.yml'}, 0 were there already"
    after = load_feeds(places).feeds
    assert after[:-1] == before[:-1]
    assert after[-1].publisher == 'A "B" & <C>\'s É'
    assert export_opml() == write_opml(after)


@pytest.mark.parametrize(
    "text",
    [
        "feeds:\n" + HAVE,
        "feeds:\n" + HAVE + "fetch:\n  gap_seconds: 2.0\n",
        "# top\nfeeds: # ours\n" + HAVE + "\n  # the end\n\n# of it\nfetch: {gap_seconds: 2.0}",
        "fetch: {gap_seconds: 2.0}\nfeeds:\n" + HAVE.replace("  - ", "- "),
        "feeds:\n" + HAVE.rstrip(),
        "feeds:\n  - id: have\n    publisher: >\n      Have\n      It\n    kind: blog\n    homepage: h\n    url: https://x.example/\n",
        "feeds: []  # none\nfetch: {gap_seconds: 2.0}\n",
        "feeds:\nfetch: {gap_seconds: 2.0}\n",
        "fetch: {gap_seconds: 2.0}\n",
        "",
    ],
)  # fmt: skip
def test_feeds_are_added_where_the_list_ends(tmp_path: Path, text: str) -> None:
    new = FeedConfig("new", "New: a #1", PublisherKind.OFFICIAL, "https://new.example/", "https://new.example/f")
    file = tmp_path / "feeds.yml"
    file.write_text(with_feeds(text, [new]), encoding="utf-8")
    read = read_config(file, FeedsFile)
    assert read.feeds[-1] == new
    assert [feed.id for feed in read.feeds[:-1]] == (["have"] if "have" in text else [])
    assert ("gap_seconds" in text) == (read.fetch.gap_seconds == 2.0)
    assert [line for line in text.splitlines() if "#" in line and line not in file.read_text("utf-8")] in (
        [],
        ["feeds: []  # none"],
    )


def test_a_form_that_cannot_be_added_to_is_left_alone(places: Places) -> None:
    path = places.config / "feeds.yml"
    path.write_text(text := "feeds: [" + HAVE.strip().removeprefix("- ") + "]\n", encoding="utf-8")
    new = FeedConfig("new", "New", PublisherKind.OFFICIAL, "https://new.example/", "https://new.example/f")
    with pytest.raises(ConfigError, match="has a form that cannot be added to; add them by hand"):
        add_feeds(places, [new])
    assert path.read_text("utf-8") == text
    assert [file.name for file in places.config.iterdir()] == ["feeds.yml"]


def test_a_configuration_of_ones_own_begins_as_a_copy(tmp_path: Path) -> None:
    places = Places(tmp_path, tmp_path, tmp_path / "w.duckdb")
    shipped = (ROOT / "config" / "feeds.yml").read_text("utf-8")
    new = FeedConfig("new", "New", PublisherKind.OFFICIAL, "https://new.example/", "https://new.example/f")
    assert add_feeds(places, [new]) == tmp_path / "feeds.yml"
    assert (tmp_path / "feeds.yml").read_text("utf-8").startswith(shipped)
    assert (ROOT / "config" / "feeds.yml").read_text("utf-8") == shipped


def test_killed_while_writing_leaves_the_old_file(places: Places) -> None:
    path = places.config / "feeds.yml"
    before = path.read_text("utf-8")
    code = (
        "import os, sys, signal, yaml\n"
        "from flows.feed_file import add_feeds\nfrom flows.settings import FeedConfig, PublisherKind, locate\n"
        "sys.addaudithook(lambda event, args: os.kill(os.getpid(), signal.SIGKILL) if event == 'os.rename' else None)\n"
        "add_feeds(locate(), [FeedConfig('new', 'New', PublisherKind.BLOG, 'https://n.example/', 'https://n.example/f')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=os.environ, cwd=ROOT, check=False)  # noqa: S603 - our own
    assert done.returncode == -9
    assert path.read_text("utf-8") == before
    assert load_feeds(places).feeds[0].id == "have"

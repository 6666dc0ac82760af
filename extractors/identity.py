"""When two addresses, texts or titles are the same one: canonical forms and deterministic hashes."""

from __future__ import annotations

import functools
import re
import unicodedata
from hashlib import blake2b
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_PREFIXES = ("www.", "amp.", "m.", "mobile.", "touch.", "wap.")
_AMP_CACHE = re.compile(r"[a-z0-9-]+\.cdn\.ampproject\.org|www\.google\.[a-z.]+", re.IGNORECASE)
_AMP_CACHE_PATH = re.compile(r"/(?:amp/|[a-z]/)(?:s/)?(?P<rest>[\w.-]+\.[a-z]{2,}/.*)", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/]*", re.IGNORECASE)
_INDEX = re.compile(r"(?:/+(?:index|default)\.(?:html?|php|aspx?|jsp|cfm))+$", re.IGNORECASE)
_COUNTED = re.compile(r"#\d{1,2}$")
_AMP_SEGMENT = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_TRACKING_PREFIXES = (
    "utm_", "at_", "ns_", "mc_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "oly_", "vero_", "_hs", "ga_", "dm_",
    "amp_", "itm_", "sfmc_", "gad_", "fb_", "elq", "aspsessionid",
)  # fmt: skip
_TRACKING = _names(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh li_fat_id mkt_tok epik s_cid ito
    cmp cmpid cmpno ocid cid_source icid icmp intcid intcmp ncid xtor smid smtyp sr_share spref ref_src ref_url
    referrer traffic_source campaign campaign_id trk trkcampaign mod via rss feed_id amp usqp outputtype
    __twitter_impression share shared sharetype soc_src soc_trk wt_mc wt.mc_id wt.z_campaign spm sc_campaign sc_channel
    sc_content guccounter _ga _gl srsltid mibextid wickedid ck_subscriber_id sscid irclickid emci emdi ceid tpcc sref
    taid sfns nr_email_referer wprov trackingid noamp nonamp ampcf replytocom nocache cachebuster print printable
    jsessionid phpsessid
    """
)
"""Parameters that say who sent the reader, or for which reader a page is made; none says which page it is."""
_SOURCES = frozenset({"ref", "source", "src", "from", "origin", "medium"})
_SENDERS = _names(
    """
    rss feed feeds rssfeed rss-feed atom newsletter email e-mail mail homepage home front twitter x facebook fb linkedin
    mastodon bluesky threads whatsapp reddit instagram youtube social share google googlenews google-news bing apple
    applenews flipboard feedly push app
    """
)
"""What a parameter like ``ref`` holds where it says who sent the reader; other values may name the page."""
_FAMILIES = {
    "icb": "integrated care board",
    "ics": "integrated care system",
    "icp": "integrated care partnership",
    "stp": "sustainability and transformation partnership",
    "ccg": "clinical commissioning group",
    "pcn": "primary care network",
    "pct": "primary care trust",
    "lmc": "local medical committee",
    "lpc": "local pharmaceutical committee",
    "ldc": "local dental committee",
    "ft": "foundation trust",
    "ijb": "integration joint board",
    "hscp": "health and social care partnership",
    "uhb": "university health board",
}
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")
_SITE_SUFFIX = re.compile(r"\s+(?:\||»|::|·)\s+[^|»·]{1,60}$")


def canonical_url(url: str) -> str:
    """The one spelling of an address that all its variants share; for comparing, not for fetching.

    Scheme, ``www.`` and hosts for phones do not count, nor do fragments, tracking and session parameters, the order
    of the others, default ports, trailing slashes, the name of a folder's index and AMP variants. The case of the path
    does.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url.strip()
    found = _AMP_CACHE_PATH.fullmatch(parts.path) if _AMP_CACHE.fullmatch(host) else None
    if found:
        return canonical_url(f"https://{found['rest']}" + (f"?{parts.query}" if parts.query else ""))
    netloc = _bare_host(host)
    if port is not None and port not in _DEFAULT_PORTS.values():
        netloc = f"{netloc}:{port}"
    return urlunsplit(("https", netloc, _path(parts.path), _query(parts.query), ""))


def guid_key(guid: str) -> str:
    """The part of an entry's id that lasts: without the number that some feeds count an entry's versions with.

    An id that is an address is compared as one, but keeps a fragment that is more than such a number.
    """
    guid = guid.strip()
    lasting = _COUNTED.sub("", guid)
    if not lasting.lower().startswith(("http://", "https://")):
        return lasting or guid
    _, mark, fragment = lasting.partition("#")
    return canonical_url(lasting) + mark + fragment


def page_address(asked: str, final: str, named: str) -> str:
    """The canonical address of a page asked for at ``asked``, found at ``final``, which calls itself ``named``.

    A home page is no article: where a page's own word or a redirect leads to one, it stays the page asked for.
    """
    for address in (named, final):
        parts = urlsplit(canonical_url(address)) if address else None
        if parts and (parts.path or parts.query):
            return canonical_url(address)
    return canonical_url(asked)


def _bare_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    while prefix := next((prefix for prefix in _HOST_PREFIXES if host.startswith(prefix)), ""):
        bare = host.removeprefix(prefix)
        if "." not in bare:  # what is left must still be a name with a dot in it
            break
        host = bare
    return host


def _path(path: str) -> str:
    path = unicodedata.normalize("NFC", unquote(path, errors="surrogateescape"))
    path = quote(_SESSION.sub("", path), safe=_PATH_SAFE, errors="surrogateescape")
    path = re.sub(r"/{2,}", "/", _AMP_SEGMENT.sub("", path)).rstrip("/")
    return _INDEX.sub("", path).rstrip("/")


def _query(query: str) -> str:
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_tracking(*pair)]
    return urlencode(sorted(pairs), errors="surrogateescape")


def _is_tracking(name: str, value: str) -> bool:
    name = name.casefold()
    if name in _SOURCES:
        return value.casefold() in _SENDERS
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def content_id(*parts: str, size: int = 16) -> str:
    """A hexadecimal identifier of ``size`` digits for these parts in this order; other parts, another one."""
    digest = blake2b(digest_size=(size + 1) // 2)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8))
        digest.update(data)
    return digest.hexdigest()[:size]


def words_key(text: str) -> str:
    """An identifier of a text's words: the same whatever its case, typography, punctuation and line breaks."""
    return content_id(*_words(text))


def title_key(title: str) -> str:
    """An identifier of a title's words, without the site's name behind a bar."""
    return words_key(_SITE_SUFFIX.sub("", title.strip()) or title)


@functools.lru_cache(maxsize=8192)
def body_key(name: str) -> str:
    """A body's name in plain words, family acronyms spelt out: the same for "Mid Weald ICB" and its full form."""
    words = _words(name.replace("’", "").replace("'", ""))
    spelt = [part for word in words for part in _FAMILIES.get(word, word).split(" ")]
    return " ".join(spelt[1:] if spelt[:1] == ["the"] else spelt)


def word_runs(text: str, size: int = 3) -> frozenset[str]:
    """A text's distinct runs of ``size`` words, in lower case; all its words if it has fewer."""
    words = _words(text)
    if not words:
        return frozenset()
    return frozenset(" ".join(words[start : start + size]) for start in range(max(1, len(words) - size + 1)))


def shingles(text: str, size: int = 3) -> tuple[int, ...]:
    """The sorted, distinct 32-bit hashes of a text's runs of ``size`` words; of all its words if it has fewer."""
    return tuple(sorted({_hash32(run) for run in word_runs(text, size)}))


def _hash32(text: str) -> int:
    """Thirty-two bits, and the same ones in every version of the warehouse."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest) >> 1) & 0xFFFF_FFFF


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())

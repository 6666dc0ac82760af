"""When two addresses, texts or titles are the same one: canonical forms and deterministic hashes."""

from __future__ import annotations

import functools
import re
import unicodedata
from hashlib import blake2b
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST_PREFIXES = ("www.", "amp.", "m.", "mobile.")
_AMP_CACHE = re.compile(r"[a-z0-9-]+\.cdn\.ampproject\.org|www\.google\.[a-z.]+", re.IGNORECASE)
_AMP_CACHE_PATH = re.compile(r"/(?:amp/|[a-z]/)(?:s/)?(?P<rest>[\w.-]+\.[a-z]{2,}/.*)", re.IGNORECASE)
_AMP_SEGMENT = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_TRACKING_PREFIXES = (
    "utm_", "at_", "ns_", "mc_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "oly_", "vero_", "_hs", "ga_", "dm_",
)  # fmt: skip
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "li_fat_id",
        "mkt_tok",
        "epik",
        "s_cid",
        "ito",
        "cmp",
        "cmpid",
        "cmpno",
        "ocid",
        "cid_source",
        "icid",
        "icmp",
        "intcid",
        "intcmp",
        "ncid",
        "xtor",
        "smid",
        "smtyp",
        "sr_share",
        "spref",
        "ref_src",
        "ref_url",
        "referrer",
        "traffic_source",
        "campaign",
        "campaign_id",
        "trk",
        "trkcampaign",
        "mod",
        "via",
        "rss",
        "feed_id",
        "amp",
        "amp_js_v",
        "amp_gsa",
        "usqp",
        "outputtype",
        "__twitter_impression",
        "share",
        "shared",
        "sharetype",
        "soc_src",
        "soc_trk",
        "wt_mc",
        "wt.mc_id",
        "wt.z_campaign",
        "elqtrackid",
        "elqtrack",
        "elqcampaignid",
        "spm",
        "sc_campaign",
        "sc_channel",
        "sc_content",
        "guccounter",
    ]
)
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

    Scheme and ``www.`` do not count, nor do fragments, tracking parameters, the order of the others, default
    ports, trailing slashes and AMP variants. The case of the path does.
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


def _bare_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    for prefix in _HOST_PREFIXES:
        # what is left must still be a name with a dot in it
        if host.startswith(prefix) and "." in host.removeprefix(prefix):
            return host.removeprefix(prefix)
    return host


def _path(path: str) -> str:
    path = quote(unquote(path, errors="surrogateescape"), safe=_PATH_SAFE, errors="surrogateescape")
    return re.sub(r"/{2,}", "/", _AMP_SEGMENT.sub("", path)).rstrip("/")


def _query(query: str) -> str:
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _is_tracking(pair[0].casefold())]
    return urlencode(sorted(pairs), errors="surrogateescape")


def _is_tracking(name: str) -> bool:
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


def shingles(text: str, size: int = 3) -> tuple[int, ...]:
    """The sorted, distinct 63-bit hashes of a text's runs of ``size`` words; of all its words if it has fewer."""
    words = _words(text)
    if not words:
        return ()
    runs = {" ".join(words[start : start + size]) for start in range(max(1, len(words) - size + 1))}
    return tuple(sorted(_hash63(run) for run in runs))


def _hash63(text: str) -> int:
    """63 bits, so that it fits a signed integer of the warehouse."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())

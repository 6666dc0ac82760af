"""How walls speak: titles of pages that are nothing but a wall, and sentences that ask the reader for something.

Titles match a whole title or one side of its bar. Demands match the beginning of a sentence and address the reader:
that somebody in the news is asked to log in is no wall.
"""

from __future__ import annotations

import re


def _one_of(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE | re.VERBOSE)


CHALLENGE_TITLE = _one_of(r"""
    just\s+a\s+moment\W* | (?:one\s+moment,?\s+)?please\s+wait\W* | one\s+moment,?\s+please\W*
  | attention\s+required\W* | pardon\s+our\s+interruption\W* | verification\s+required
  | (?:security|browser|bot|human|robot|captcha)\s+(?:check|verification|challenge)\W*
  | are\s+you\s+(?:a\s+)?(?:human|robot)\W* | checking\s+your\s+browser\W* | (?:re)?captcha | client\s+challenge
  | (?:your\s+)?(?:access|request)\s+(?:to\s+this\s+page\s+)?(?:has\s+been\s+)?(?:denied|blocked)\W*
  | you(?:\s+have|[’']ve)\s+been\s+blocked\W* | unusual\s+traffic\W* | request\s+unsuccessful\W*
  | (?:verify|confirm)(?:ing)?\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human\W*
""")
CHALLENGE_WORDS = _one_of(r"""
    enable\s+javascript\s+and\s+cookies\s+to\s+continue | checking\s+if\s+the\s+site\s+connection\s+is\s+secure
  | (?:checking|verifying)\s+(?:your\s+browser|(?:that\s+)?you\s+are\s+(?:a\s+)?human)
  | (?:verify|confirm|prove|check|make\s+sure)\s+(?:that\s+)?you(?:\s+are|[’']re)\s+(?:not\s+)?(?:a\s+)?
        (?:human|robot|person|bot)\b
  | (?:unusual|suspicious|automated)\s+(?:traffic|activity|requests?)\s+(?:coming\s+)?(?:from|on)\s+your\b
  | made\s+us\s+think\s+(?:that\s+)?you\s+(?:were|are|might\s+be)\s+a\s+(?:ro)?bot | incapsula\s+incident\s+id
  | press\s+(?:&|and)\s+hold\s+to\s+confirm | needs\s+to\s+review\s+the\s+security\s+of\s+your
  | (?:complete|solve)\s+the\s+(?:captcha|security\s+check|challenge)\b | performing\s+security\s+verification
  | you\s+don[’']t\s+have\s+permission\s+to\s+access | you\s+have\s+been\s+blocked\b
""")
CHALLENGE_MARKS = re.compile(
    r"_cf_chl_opt|cf-browser-verification|cf-challenge|challenge-form|captcha-delivery\.com|px-captcha"
    r"|sec-if-cpt|gokuProps|awswaf|_Incapsula_Resource|ddos-guard|h-captcha|g-recaptcha"
)
CONSENT_TITLE = _one_of(r"""
    before\s+you\s+continue\b.{0,40} | (?:cookie|privacy|data)\s+(?:consent|settings|preferences|choices|wall)
  | your\s+(?:privacy|data|cookies?)(?:\W+your)?\s+choices?\W* | consent | cookies
  | we\s+(?:value|respect|care\s+about)\s+your\s+privacy | (?:we\s+use\s+)?cookies\s+on\s+[\w.\s]{2,40}
""")
CONSENT_WORDS = _one_of(r"""
    we\s+and\s+our\s+(?:[\d,]+\s+)?(?:trusted\s+)?(?:partners|vendors|third\s+parties)
  | (?:accept|reject|allow|refuse)\s+all\b | legitimate\s+interests? | personalised\s+ads | pay\s+to\s+reject
  | (?:manage|set|change)\s+(?:(?:my|your|cookie|privacy)\s+)*(?:preferences|settings|options|choices)
  | your\s+(?:privacy|cookie|consent|data)\s+(?:choices|preferences|settings)
  | click(?:ing)?\s+[“"‘']?(?:accept|agree|i\s+agree|i\s+accept|ok|allow)\b
  | we\s+(?:and\s+our\s+partners\s+)?use\s+cookies\b | agree\s+to\s+(?:the\s+use\s+of\s+)?cookies
  | withdraw\s+your\s+consent | with\s+your\s+(?:agreement|consent|permission),?\s+we\b
  | store\s+(?:and/or|and|or)\s+access\s+information\s+on\s+(?:a|your)\s+device
""")

_NO_LONGER = r"(?:is\s+)?no\s+longer\s+(?:available|here|online|exists)"
_NOT_FOUND = rf"""(?:(?:was|is|could|can)\s*(?:not|n[’']t)\s+(?:be\s+)?(?:found|available) | can[’']t\s+be\s+found
    | cannot\s+be\s+found | not\s+found | missing | unavailable | {_NO_LONGER} | does(?:\s+not|n[’']t)\s+exist
    | has\s+(?:been\s+)?(?:moved|removed|deleted|expired|gone)(?:\s+or\s+(?:moved|removed|deleted))?)"""
_PAGE = r"(?:page|article|story|content|file|document|resource|url|link)"
_YOU_WANT = r"""you(?:\s+have|[’']ve|\s+are|\s+were|[’']re)?\s*
    (?:looking\s+for|requested|followed|entered|clicked|want(?:ed)?(?:\s+to\s+view)?|asked\s+for
     | (?:tried|trying)\s+to\s+(?:reach|view|open|access))"""
_WE_CANNOT_FIND = r"""(?:we|you)(?:\s+are|[’']re)?\s*(?:sorry,?\s+(?:but\s+)?(?:we\s+)?)?
    (?:can[’']?t|cannot|could\s*n[’']?t|could\s+not)\s+(?:seem\s+to\s+)?find"""
MISSING_TITLE = _one_of(rf"""
    (?:http\s+)?(?:error\s*:?\s*)?(?:404|410)(?:\W+(?:error|page|file|the|found|not|gone)\b.{{0,40}})?\W*
  | (?:sorry\W+)?(?:(?:the|this|that|your|requested)\s+)*{_PAGE}\s+(?:{_YOU_WANT}\s+)?{_NOT_FOUND}\W*
  | (?:sorry\W+)?{_WE_CANNOT_FIND}\s+(?:that|this|the|your)\s+page\b.{{0,40}}
  | (?:oops|whoops|uh[\s-]oh|sorry)\W* | nothing\s+(?:was\s+)?found(?:\s+here)?\W* | not\s+found\W*
""")
MISSING_WORDS = _one_of(rf"""
    \b{_PAGE}\s+(?:that\s+)?{_YOU_WANT}\s+(?:was|is|could|can|does|has|may|might|cannot|no)\b
  | \b{_WE_CANNOT_FIND}\s+(?:the|that|this|what)\s+(?:{_PAGE}|you)\b
  | ^(?:sorry,?\s+)?(?:this|that|the)\s+(?:page|article|story|url)\s+{_NOT_FOUND}
  | \bif\s+you\s+typed\s+the\s+(?:web\s+)?address | ^it\s+(?:looks|seems)\s+like\s+nothing\s+was\s+found
""")
OUTAGE_TITLE = _one_of(r"""
    (?:http\s+)?(?:error\s*:?\s*)?5\d\d(?:\W+(?:error|bad|service|internal|gateway|server|the)\b.{0,40})?\W*
  | (?:internal\s+)?server\s+error\W* | bad\s+gateway\W* | gateway\s+time-?out\W* | error
  | (?:service\s+)?(?:temporarily\s+)?unavailable\W* | (?:application|database)\s+error
  | (?:(?:site|website|down|for|under|scheduled)\s+)+maintenance(?:\s+mode)?\W* | maintenance\s+mode\W*
  | we[’']?(?:ll|\s+will)\s+be\s+(?:right\s+)?back\b.{0,20} | error\s+establishing\s+a\s+database\s+connection
  | (?:sorry\W+)?(?:something|an\s+error)\s+(?:has\s+)?
        (?:went\s+wrong|gone\s+wrong|occurred)(?:\s+(?:here|on\s+our\s+(?:side|end)))?\W*
  | (?:sorry\W+)?there\s+is\s+a\s+problem\s+with\s+the\s+service
""")
OUTAGE_WORDS = _one_of(r"""
    ^(?:this|the|our)\s+(?:site|website|service|page)\s+is\s+(?:(?:currently|temporarily)\s+)?
        (?:unavailable|offline|down|undergoing|under\s+maintenance|experiencing)
  | \bwe\s+are\s+(?:currently\s+)?(?:carrying\s+out|performing|undergoing)\s+(?:\w+\s+)?maintenance
  | \bthe\s+server\s+(?:encountered|is\s+(?:currently|temporarily)\s+unable)
  | \bexperiencing\s+technical\s+(?:difficulties|problems) | ^error\s+establishing\s+a\s+database\s+connection
""")
LOGIN_TITLE = _one_of(r"""
    (?:please\s+)?(?:log|sign)[\s-]?(?:in|on)
        (?:\s+(?:or|/|and)\s+(?:register|sign[\s-]?up|subscribe|join|create\s+an?\s+account))?
        (?:\s+to\s+(?:your|continue|view|read|my)\b.{0,40})?\W*
  | (?:member|user|customer|subscriber|account|staff)[’']?s?[’']?\s+(?:log|sign)[\s-]?in\W* | login\s+required\W*
  | register(?:\s+(?:or|/)\s+(?:log|sign)[\s-]?in)?(?:\s+(?:now|for\s+free|to\s+(?:continue|read|view)\b.{0,30}))*\W*
  | create\s+(?:an|your|a\s+free)\s+account\W* | authentication\s+required\W* | single\s+sign[\s-]on
""")

_ALL = r"(?:(?:this|the|our|all|your|unlimited|full|more|rest|complete|exclusive|entire|whole|premium|of)\s+)+"
_TEXT = r"(?:articles?|story|stories|content|reports?|piece|analysis|briefing|page)\b"
_READ_ON = rf"""to\s+(?:(?:continue|carry\s+on|keep|go\s+on)\s+(?:reading|with\s+(?:this|the)\s+(?:article|story))
    | (?:get|gain|enjoy)\s+(?:full|unlimited)\s+access
    | (?:continue|get|gain|unlock|read|view|see|access|enjoy|open)\s+(?:access\s+to\s+)?{_ALL}{_TEXT})"""
_BUY = r"""(?:subscribe|join|upgrade|pay|become\s+a\s+(?:subscriber|member)
    | (?:take\s+out|start|buy|get)\s+(?:(?:a|an|your|free)\s+)*(?:trial|subscription|membership|access))"""
_ENTER = r"""(?:(?:please|simply)\s+)?(?:register|(?:log|sign)[\s-]?(?:in|up|on)|login
    | create\s+(?:an?|your)\s+(?:free\s+)?(?:account|profile))"""
_RESERVED = r"""(?:only\s+)?(?:for|available\s+(?:only\s+)?(?:to|for)|reserved\s+for|exclusive\s+to|exclusively\s+for
    | restricted\s+to|limited\s+to)\s+(?:our\s+|paying\s+|premium\s+)*"""
_THIS = rf"(?:(?:this|the\s+(?:full|rest\s+of\s+(?:this|the)))\s+{_TEXT})"
ASKS_FOR_MONEY = _one_of(rf"""
    {_BUY}\b[^.!?]{{0,60}}\b{_READ_ON} | {_READ_ON}\b[^.!?]{{0,50}}\b{_BUY}
  | {_THIS}\s+is\s+{_RESERVED}(?:subscribers?|members?|customers)\b
  | {_THIS}\s+is\s+(?:locked|behind\s+(?:a|our)\s+paywall)
  | {_THIS}\s+(?:requires|needs)\s+a\s+(?:subscription|membership)
  | (?:only\s+)?(?:subscribers|members)\s+(?:only\s+)?(?:can|may)\s+(?:read|access|view)\s+{_ALL}{_TEXT}
  | (?:this\s+is\s+)?(?:an?\s+)?(?:subscribers?|members?)[\s-]only\s+{_TEXT}\W*$
  | (?:available\s+)?(?:to|for)\s+(?:subscribers|members)\s+only\W*$
  | you(?:[’']ve|\s+have)\s+(?:reached|read|used|hit|exceeded|viewed)\s+(?:(?:all|of|your|the|monthly)\s+)*
        (?:limit|free\s+articles?|articles?|allowance)\b
  | you\s+have\s+(?:0|no)\s+(?:free\s+)?articles?\s+(?:left|remaining)
  | (?:unlock|access|read)\s+{_ALL}{_TEXT}[^.!?]{{0,10}}\bwith\s+an?\b[^.!?]{{0,30}}\b(?:subscription|membership)\b
  | (?:article|story)\s+continues?\s+(?:below\s+)?for\s+subscribers
  | you\s+(?:need|must\s+have)\s+(?:an?\s+)?(?:active\s+)?(?:subscription|membership)\s+to
""")
ASKS_FOR_LOGIN = _one_of(rf"""
    {_ENTER}\b[^.!?]{{0,50}}\b{_READ_ON} | {_READ_ON}\b[^.!?]{{0,40}}\b{_ENTER}
  | you\s+(?:must|need\s+to|have\s+to)\s+(?:be\s+)?(?:log|sign|regist)(?:ged|ned|ered|er)?(?:\s+in)?\s+
        to\s+(?:view|read|see|access|continue)\b
  | {_THIS}\s+is\s+{_RESERVED}(?:registered|logged[\s-]in|signed[\s-]in)\b
  | (?:available\s+to|for)\s+(?:registered\s+users|healthcare\s+professionals)\s+only\b
""")
OFFERS_LOGIN = _one_of(r"""
    already\s+(?:(?:a|an|have)\s+)*(?:subscriber|member|subscribed|registered|account|subscription)\b
  | (?:have|got)\s+an\s+account\s*\?
  | not\s+(?:yet\s+)?(?:a\s+)?(?:subscriber|member|registered|subscribed)\s*(?:yet)?\s*\?
  | subscribe\s+(?:now|today|here|from|for)\b | (?:start|try)\s+(?:a|your)\s+(?:free\s+)?(?:trial|subscription)
  | (?:see|view|choose)\s+(?:(?:our|a|your)\s+)?(?:subscription|membership|plan)\b
""")

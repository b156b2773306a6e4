/** Turns of phrase that ask without asking: "ich frag mich, ob …", "does anyone know …". */
export const ASKING = new RegExp(
  [
    'wei(?:ss|sz|s) (?:jemand|wer|einer|irgendwer|man|einer von euch)',
    'hat (?:jemand|wer|einer|irgendwer)',
    'jemand (?:ne |eine )?(?:ahnung|idee)',
    '(?:keine ahnung|no idea) (?:ob|wann|wie|was|wo|if|when|how|what)(?!.* (?:sorry|leider|auch|either)\\b)',
    'frage? mich(?! nicht)',
    'wuesste gerne?',
    'wuerde gerne?',
    'mich (?:wuerde? )?(?:\\w+ )?interessier\\w*|wuerde? mich (?:\\w+ )?interessieren',
    'wollte (?:\\w+ )?fragen',
    'wissen ob',
    'verstehe? nicht (?:ob|wann|wie|was|warum|wieso)',
    'erklaer(?: mir)?(?: mal| bitte)? (?:wann|wie|was|warum|wieso)',
    'erklaert (?:mir|uns|mal)',
    '(?:brauche?|suche?) (?:mal )?(?:hilfe|infos?)',
    '(?:any|some)(?:one|body) (?:\\w+ )?(?:knows?|got|tried|have|has|heard|seen)',
    'any (?:idea|news|info|infos|updates?|word|clue|date|chance|plans?)',
    '(?:need|want|like|love) to know',
    '(?:dont|do not) (?:get|understand) (?:if|when|how|what|why)',
    'need help|looking for (?:info|help)',
    'explain (?:how|what|why)',
    '(?<!no )wonder(?:ing)?',
    'curious (?:if|whether|how|what|when|why)',
    '(?<!(?:dont|not|never) )(?:tell|remind) me|sagt mir|kann (?:mir|mich) (?:jemand|wer|einer)',
    '(?:figure|work|find) out (?:how|what|why|when|if|where)',
  ]
    .map((turn) => `\\b(?:${turn})\\b`)
    .join('|'),
);

/** What is said in a message that is not asked by whoever writes it, though it may look like a question. */
export const ASIDES: readonly RegExp[] = [
  // what somebody else said, or a title
  /"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|»[^«\n]*«|«[^»\n]*»|(?<!\p{L})'[^'\n]*\s[^'\n]*'(?!\p{L})/gu,
  /\b(?:me|ich|(?:er|sie|ich|wir) so|my \p{L}+|meine? \p{L}+|alle fragen[\p{L} ]*):[^\n]*/giu,
  /(?<=^|[.!?\n]\s*)(?:how to|how|why|what|wie|warum|was)\b[^:.!?\n]*:(?=\s)/giu,
  // comments: "wie gesagt", "who knows"
  /\bwie (?:(?:schon )?(?:gesagt|erwartet|immer|üblich|bekannt|befürchtet|versprochen)|man (?:hört|sieht|liest)|dem auch sei)\b(?:(?!\s*,)\s+\p{L}+)?|\bas (?:expected|usual|i said)\b/giu,
  /\bwer weiß(?=\s*[,.!]|\s*$)|\bwho knows(?=\s*[,.!]|\s*$)|\bwas solls\b|\bwhich (?:means|is why)\b/giu,
  // exclamations: "was für ein Müll", "how cool is that"
  /\bwas (?:für )?(?:ein|eine|einen|ne|n) \p{L}+(?=\s*(?:[,.!]|dies|$))|\bwhat an? \p{L}+(?=\s*(?:[,.!]|$))/giu,
  /\bwhat (?:great|good|bad|sad|amazing|awesome|terrible) \p{L}+/giu,
  /\b(?:wie (?:geil|cool|gut|schön|krass|dumm|blöd|peinlich|toll|genial)|how (?:cool|great|sad|stupid|nice))(?: ist (?:bitte|das)| is that| that|,| dass?\b)/giu,
  // questions that nobody wants answered
  /\b(?:wen interessierts?|who (?:even )?cares|wer braucht (?:schon|denn|bitte)|wer hätte gedacht|who would have thought|was soll der)\b[^.?!\n]*[?!]*/giu,
  // statements that begin with what they are about: "was mich stört, ist …"
  /\bwas (?:mich|mir|uns|ich)\b(?![^.?!\n]*(?:interessier|versteh|wissen|frag))[^.?!\n]*\bist\b/giu,
  /\bwhat (?:i|we|bugs|annoys|bothers)\b(?![^.?!\n]*(?:understand|know|wonder|ask))[^.?!\n]*\bis\b/giu,
];

/** "Warum? Weil es gut ist." */
export const ANSWERED_BY_ITSELF =
  /[?]\s*(?:ja(?! oder)|nein|nie(?:mals)?|genau|definitiv|natürlich|klar|weil|yes(?! or)|no(?! idea| clue| one)|never|definitely|of course|because|cause|read (?:our|the|more|it)|more like|jetzt auf)\b/iu;

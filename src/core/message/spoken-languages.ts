/** A language in which messages are said. */
export interface MessageLanguage {
  /** BCP 47. */
  readonly tag: string
  /** Its name in its own words, as its speakers look for it. */
  readonly ownName: string
  /** Heard before it is read: few who speak it read it, so an approved recording is the master and its text a gloss. */
  readonly oralFirst: boolean
}

/** The languages of the first province; any other BCP 47 tag serves too, by its own tag, as a written language. */
export const MESSAGE_LANGUAGES: readonly MessageLanguage[] = [
  { tag: 'vi', ownName: 'Tiếng Việt', oralFirst: false },
  { tag: 'hmn', ownName: 'Hmoob', oralFirst: true },
  { tag: 'ium', ownName: 'Iu Mienh', oralFirst: true },
  { tag: 'tyz', ownName: 'Tày', oralFirst: true },
  { tag: 'pcc', ownName: 'Giáy', oralFirst: true },
  { tag: 'nut', ownName: 'Nùng', oralFirst: true },
  { tag: 'en', ownName: 'English', oralFirst: false },
  { tag: 'zh', ownName: '中文', oralFirst: false },
]

/** BCP 47 (RFC 5646 §2.1) as far as messages need it: language, script, region. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/

export function languageOf(tag: string): MessageLanguage {
  return MESSAGE_LANGUAGES.find((language) => language.tag === tag) ?? { tag, ownName: tag, oralFirst: false }
}

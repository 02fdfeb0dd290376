import { linesOf, readMarkup } from '../../core/channel/index.ts'
import { publishingStatusOf, storyIdOf, type StandingItem } from '../../core/press/index.ts'
import { htmlOf } from './body-html.ts'

/** Where the standard and its JSON Schema are (iptc.org/standards/ninjs). */
const STANDARD = {
  name: 'ninjs',
  version: '2.1',
  schema: 'https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json',
}
/** Editorial urgency, 1 the highest (cv.iptc.org/newscodes: urgency 1 to 9). */
const URGENCY = { emergency: 1, priority: 3, ordinary: 5 } as const

/** A picture of an item, as it may be shown today. */
export interface PressPicture {
  readonly id: string
  readonly title: string
  readonly alternative: string
  readonly rightsOwner: string
  readonly rightsTerms: string
  readonly mime: string
  readonly width: number
  readonly height: number
  readonly address: string
}

/** What stands around an item where it is read. */
export interface Surroundings {
  /** Pictures that its body shows and that may be used today. */
  readonly pictures: readonly PressPicture[]
  /** Where the newsroom answers on it. */
  readonly answerAddress: string
  /** Names of the places it is meant for. */
  readonly placeNames: readonly string[]
  readonly notes: Notes
}

/** What an editor is told, in whole sentences. */
export interface Notes {
  readonly correction: string
  readonly replacement: string
  readonly kill: string
  /** Of a version that a later one has taken the place of. */
  readonly withheld: (newestSequence: number) => string
  readonly answer: (address: string) => string
}

/** What an editor must know of this item before anything else; null where there is nothing. */
export function editorialNote(item: StandingItem, notes: Notes): string | null {
  switch (publishingStatusOf(item)) {
    case 'canceled':
      return notes.kill
    case 'withheld':
      return notes.withheld(item.newestSequence)
    case 'usable':
      return item.editorial === 'correction' || item.editorial === 'replacement' ? notes[item.editorial] : null
  }
}

/** An item as ninjs 2.1 (IPTC news in JSON). Only the newest version carries its words; of what was killed none does. */
export function ninjsOf(item: StandingItem, { pictures, answerAddress, placeNames, notes }: Surroundings) {
  const status = publishingStatusOf(item)
  const note = editorialNote(item, notes)
  return {
    uri: `urn:uuid:${storyIdOf(item)}`,
    standard: STANDARD,
    type: 'text',
    representationtype: 'full',
    profile: item.editorial,
    version: String(item.version),
    firstcreated: item.firstAt.toISOString(),
    versioncreated: item.at.toISOString(),
    ...(item.expiresAt && { expires: item.expiresAt.toISOString() }),
    pubstatus: status,
    urgency: URGENCY[item.lane],
    language: item.language,
    by: item.author,
    located: item.located,
    copyrightholder: item.author,
    ednote: [note, notes.answer(answerAddress)].filter((part) => part !== null).join('\n'),
    headlines: [{ role: 'main', contenttype: 'text/plain', value: item.title }],
    subjects: item.themes.map((name) => ({ name, rel: 'about' })),
    places: placeNames.map((name) => ({ name, rel: 'about' })),
    infosources: [{ name: item.author, literal: item.contact }],
    altids: [
      { role: 'sequence', value: String(item.sequence) },
      { role: 'delivery', value: item.deliveryId },
      { role: 'message', value: item.messageId },
    ],
    ...(status === 'usable' && wordsOf(item, pictures)),
  }
}
export type Ninjs = ReturnType<typeof ninjsOf>

function wordsOf(item: StandingItem, pictures: readonly PressPicture[]) {
  const blocks = readMarkup(item.body)
  const text = linesOf(blocks).join('\n\n')
  const html = htmlOf(blocks, (id) => pictures.find((one) => one.id === id)?.address ?? null)
  const wordcount = text.split(/\s+/).filter(Boolean).length
  return {
    descriptions: [{ role: 'lead', contenttype: 'text/plain', value: item.lead }],
    bodies: [
      { role: 'text', contenttype: 'text/plain', charcount: [...text].length, wordcount, value: text },
      { role: 'html', contenttype: 'text/html', charcount: [...text].length, wordcount, value: html },
    ],
    associations: pictures.map(associated),
  }
}

function associated(picture: PressPicture) {
  const { id, title, alternative, rightsOwner, rightsTerms, mime, width, height, address } = picture
  return {
    name: title,
    uri: `urn:uuid:${id}`,
    type: 'picture',
    pubstatus: 'usable',
    copyrightholder: rightsOwner,
    ...(rightsTerms !== '' && { usageterms: rightsTerms }),
    headlines: [{ role: 'main', contenttype: 'text/plain', value: title }],
    descriptions: [{ role: 'caption', contenttype: 'text/plain', value: alternative }],
    renditions: [{ name: 'large', href: address, contenttype: mime, width, height }],
  }
}

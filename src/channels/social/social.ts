import {
  checkFields,
  linesOf,
  paragraphs,
  sentencesOf,
  withHotline,
  type ChannelRules,
  type RenditionField,
} from '../../core/channel/index.ts'
import type { Finding } from '../../core/kernel/index.ts'
import { NETWORKS, type Network } from './networks.ts'

export interface SocialSettings {
  /** Characters that a post holds, for a network whose limit has changed or was not known. */
  readonly most: Partial<Record<Network['key'], number>>
  /** Characters that a link preview shows before it is cut. */
  readonly longestPreview: number
}
const SETTINGS: SocialSettings = { most: {}, longestPreview: 200 }

/** A post on the page of a state body, with what the link under it shows. */
export function socialRules(given: Partial<SocialSettings> = {}): ChannelRules {
  const { most, longestPreview } = { ...SETTINGS, ...given }
  const networks = NETWORKS.flatMap((network) => {
    const limit = most[network.key] ?? network.most
    return limit === null ? [] : [{ ...network, most: limit }]
  })
  const fields: readonly RenditionField[] = [
    { name: 'post', shape: 'text', required: true, most: null },
    { name: 'linkTitle', shape: 'line', required: true, most: 100 },
    { name: 'linkDescription', shape: 'line', required: false, most: longestPreview },
  ]
  return {
    key: 'social',
    fields,
    heard: false,
    stays: true,
    compose: (master) => ({
      post: paragraphs(
        master.title,
        master.lead || (linesOf(master.body)[0] ?? ''),
        withHotline(master.callToAction, master),
      ),
      linkTitle: shortened(master.title, 100),
      linkDescription: shortened(master.lead || (sentencesOf(linesOf(master.body).join(' '))[0] ?? ''), longestPreview),
    }),
    check: (text) => [...checkFields(fields, text), ...checkNetworks(text['post'] ?? '', networks)],
    measure: (text) =>
      networks.map(({ key, most: limit, lengthOf }) => ({
        code: 'network_characters',
        value: lengthOf(text['post'] ?? ''),
        unit: 'characters',
        limit,
        facts: { network: key, most: limit },
      })),
  }
}

/** A post that one network cuts may stand whole on another: who posts is told, not stopped. */
function checkNetworks(post: string, networks: readonly (Network & { readonly most: number })[]): Finding[] {
  return networks
    .map(({ key, most, lengthOf }) => ({ network: key, most, length: lengthOf(post) }))
    .filter(({ most, length }) => length > most)
    .map((facts) => ({ code: 'social.too_long', weight: 'warn', field: 'post', span: null, facts, mend: null }))
}

/** Cut between words, with an ellipsis in the place of what fell away. */
function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= most) return line
  return `${line.slice(0, most - 1).replace(/\s+\S*$/u, '')}…`
}

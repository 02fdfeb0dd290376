import type { Finding } from '../../kernel/index.ts'
import { findIn, type TextFields } from './text-fields.ts'

const SHORTENERS = new Set(['bit.ly', 'tinyurl.com', 't.co', 'goo.gl', 'shorturl.at', 'cutt.ly', 'is.gd', 'ow.ly'])
const LINK = /https?:\/\/[^\s)\]"”]+|(?<![\p{L}\d@./])www\.[^\s)\]"”]+/giu

/** Addresses that people should not be sent to, by their form alone: nothing is fetched. */
export function checkLinks(fields: TextFields): Finding[] {
  return findIn(fields, LINK, (match) => {
    const address = match[0].replace(/[.,;:]+$/, '')
    if (/^www\./i.test(address)) return { code: 'link.no_scheme', facts: { address }, mend: `https://${match[0]}` }
    if (!URL.canParse(address)) return { code: 'link.broken', weight: 'block', facts: { address } }
    const { protocol, hostname } = new URL(address)
    if (SHORTENERS.has(hostname)) return { code: 'link.shortened', weight: 'block', facts: { address } }
    if (/^[\d.]+$|^\[|xn--|@/.test(hostname) || !hostname.includes('.'))
      return { code: 'link.odd_host', weight: 'block', facts: { address } }
    return protocol === 'http:'
      ? { code: 'link.not_secure', facts: { address }, mend: match[0].replace(/^http:/i, 'https:') }
      : null
  })
}

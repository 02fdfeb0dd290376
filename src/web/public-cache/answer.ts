import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Coding, KeptPage } from './kept-page.ts'

/**
 * Answers with a page: in the coding the browser takes, or with 304 where it has it already (RFC 9110 §13).
 * `since`: from when on it has said this; null where nobody knows.
 */
export function answerWith(
  page: KeptPage,
  since: Date | null,
  request: IncomingMessage,
  response: ServerResponse,
  now = new Date(),
): void {
  const headers = [...page.headers]
  const modified = page.mayBeKept ? secondOf(since, now) : null
  if (modified !== null) headers.push('last-modified', secondWords(modified))
  if (page.mayBeKept && page.status === 200 && hasIt(request.headers, page.etag, modified)) {
    response.writeHead(304, headers)
    response.end()
    return
  }
  const coding = codingFor(request.headers['accept-encoding'])
  const body = page.bodies[coding]
  if (coding !== 'identity') headers.push('content-encoding', coding)
  headers.push('content-length', String(body.length))
  response.writeHead(page.status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * The second in which it came to say this; null while that second lasts: it may still change within it, and who asked
 * by the second would not be told (RFC 9110 §8.8.2.2).
 */
function secondOf(since: Date | null, now: Date): number | null {
  if (since === null) return null
  const second = Math.floor(since.getTime() / 1_000) * 1_000
  return second + 1_000 <= now.getTime() ? second : null
}

/** All pages of one state have one second: it is put into words once. */
let worded = { second: Number.NaN, words: '' }

function secondWords(second: number): string {
  if (worded.second !== second) worded = { second, words: new Date(second).toUTCString() }
  return worded.words
}

function hasIt(headers: IncomingHttpHeaders, etag: string, modified: number | null): boolean {
  const known = headers['if-none-match']
  if (known !== undefined) return known.split(',').some((one) => one.trim() === '*' || weak(one) === weak(etag))
  const at = Date.parse(headers['if-modified-since'] ?? '')
  return modified !== null && modified <= at
}

function weak(etag: string): string {
  return etag.trim().replace(/^W\//, '')
}

/** Few browsers write it in few ways: read once each. */
const read = new Map<string, Coding>()
const MOST_READ = 64

/** The best coding this header takes (RFC 9110 §12.5.3). */
export function codingFor(header: string | readonly string[] | undefined): Coding {
  const text = String(header ?? '')
  const known = read.get(text)
  if (known) return known
  const taken = new Map(text.split(',').map(weighed))
  const takes = (name: string) => (taken.get(name) ?? taken.get('*') ?? 0) > 0
  const coding: Coding = takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity'
  if (read.size < MOST_READ) read.set(text, coding)
  return coding
}

function weighed(part: string): [name: string, weight: number] {
  const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))
  return [name, weight === undefined ? 1 : Number(weight.slice(2))]
}

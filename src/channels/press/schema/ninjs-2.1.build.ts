/**
 * What ninjs 2.1 (IPTC news in JSON, www.iptc.org/std/ninjs/ninjs-schema_2.1.json, published under CC BY 4.0) allows,
 * written down anew from the standard as JSON Schema 2020-12, for tests. The official file stands beside it in tests
 * where it was put: see README.md.
 */
const text = { type: 'string' }
const uri = { type: 'string', format: 'uri' }
const moment = { type: 'string', format: 'date-time' }
const number = { type: 'number' }
const percent = { type: 'integer', minimum: 0, maximum: 100 }
const oneOf = (...values: string[]) => ({ type: 'string', enum: values })
const closed = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const listOf = (items: object) => ({ type: 'array', items })

const told = { role: text, contenttype: text, value: text }
const counted = { ...told, charcount: number, wordcount: number }
const named = { name: text, rel: text, uri, literal: text }

const contact = {
  ...closed({
    type: text,
    role: text,
    lang: text,
    name: text,
    value: text,
    address: closed({ lines: listOf(text), locality: text, area: text, postalcode: text, country: text }),
  }),
  oneOf: [{ required: ['value'] }, { required: ['address'] }],
}
const reachable = { contactinfo: listOf({ $ref: '#/$defs/contact' }) }
const symbol = closed({ ticker: text, exchange: text, symboltype: uri, symbol: text })

const rendition = closed(
  {
    name: text,
    href: uri,
    contenttype: text,
    title: text,
    height: number,
    width: number,
    sizeinbytes: number,
    duration: number,
    format: text,
  },
  ['name'],
)

const rights = {
  type: 'object',
  properties: { langid: uri, linkedrights: uri, encodedrights: text },
  oneOf: [{ required: ['linkedrights'] }, { required: ['encodedrights'] }],
}

const newsItem = {
  type: 'object',
  properties: {
    uri,
    type: oneOf('text', 'audio', 'video', 'picture', 'graphic', 'composite', 'component'),
    representationtype: oneOf('full', 'partial'),
    profile: text,
    version: text,
    firstcreated: moment,
    versioncreated: moment,
    contentcreated: moment,
    embargoed: moment,
    expires: moment,
    pubstatus: oneOf('usable', 'withheld', 'canceled'),
    urgency: { type: 'integer', minimum: 1, maximum: 9 },
    copyrightholder: text,
    copyrightnotice: text,
    usageterms: text,
    ednote: text,
    language: text,
    title: text,
    by: text,
    slugline: text,
    located: text,
    descriptions: listOf(closed(told, ['value'])),
    bodies: listOf(closed(counted, ['value'])),
    headlines: listOf(closed(told, ['value'])),
    people: listOf(closed({ ...named, ...reachable })),
    organisations: listOf(closed({ ...named, ...reachable, symbols: listOf(symbol) })),
    places: listOf(closed({ ...named, ...reachable, geojson: { type: 'object' } })),
    subjects: listOf(closed({ ...named, creator: text, relevance: percent, confidence: percent })),
    events: listOf(closed(named)),
    objects: listOf(closed(named)),
    infosources: listOf(closed({ name: text, role: text, uri, literal: text, ...reachable })),
    genres: listOf(closed({ name: text, uri: text, literal: text })),
    altids: listOf(closed({ role: text, value: text })),
    trustindicators: listOf(closed({ role: uri, title: text, href: uri })),
    standard: closed({ name: text, version: text, schema: uri }),
    rightsinfo: rights,
    renditions: listOf(rendition),
    associations: listOf({
      $ref: '#/$defs/newsItem',
      properties: { name: text },
      required: ['name', 'uri'],
      unevaluatedProperties: false,
    }),
  },
}

export const NINJS_2_1 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $defs: { contact, newsItem },
  $ref: '#/$defs/newsItem',
  required: ['uri'],
  unevaluatedProperties: false,
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '../../core/kernel/index.ts'
import { storyIdOf } from '../../core/press/index.ts'
import { ninjsOf } from './ninjs.ts'
import { anyItem, around, picture, standingItem } from './press-item.build.ts'
import { NINJS_2_1 } from './schema/ninjs-2.1.build.ts'

/** The file of the IPTC itself, where somebody has put it: no copy of it is kept in the tree. */
const OFFICIAL = join(import.meta.dirname, '../../../var/standards/ninjs-schema_2.1.json')
const whyNot = existsSync(OFFICIAL) ? '' : ' (put www.iptc.org/std/ninjs/ninjs-schema_2.1.json into var/standards)'

function judge(schema: object) {
  const ajv = new Ajv2020({ strict: false })
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json', type: 'object' })
  ajv.addFormat('uri', { validate: (text: string) => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) })
  ajv.addFormat('date-time', { validate: (text: string) => !Number.isNaN(Date.parse(text)) && text.includes('T') })
  const validate = ajv.compile(schema)
  return (item: unknown) => (validate(item) ? [] : validate.errors)
}

function holds(schema: object): void {
  const flaws = judge(schema)
  const id = newId<'media'>()
  fc.assert(
    fc.property(anyItem, fc.boolean(), (item, pictured) => {
      const pictures = pictured ? [picture(id, { rightsTerms: '' })] : []
      expect(flaws(JSON.parse(JSON.stringify(ninjsOf(item, around({ pictures, placeNames: ['Xã Bản Hồ'] })))))).toEqual(
        [],
      )
    }),
    { numRuns: 1_000 },
  )
}

describe('an item as ninjs', () => {
  test('is what ninjs 2.1 allows, whatever was typed', () => holds(NINJS_2_1))

  test.skipIf(whyNot !== '')(`is what the schema of the IPTC allows${whyNot}`, () =>
    holds(JSON.parse(readFileSync(OFFICIAL, 'utf8')) as object),
  )

  test('the schema refuses what is not ninjs', () => {
    const flaws = judge(NINJS_2_1)
    const good = ninjsOf(standingItem(), around())
    expect(flaws(good)).toEqual([])
    for (const bad of [
      { ...good, uri: undefined },
      { ...good, headline: 'as in ninjs 1' },
      { ...good, pubstatus: 'published' },
      { ...good, urgency: 0 },
      { ...good, bodies: [{ role: 'text' }] },
      { ...good, associations: [{ uri: 'urn:uuid:x' }] },
      { ...good, associations: [{ name: 'a', uri: 'urn:x:y', caption: 'as in nothing' }] },
    ]) {
      expect(flaws(JSON.parse(JSON.stringify(bad))), JSON.stringify(bad).slice(0, 80)).not.toEqual([])
    }
  })

  test('carries its words, who answers for it and its pictures with their rights', () => {
    const id = newId<'media'>()
    const item = standingItem({ body: `Gọi **111**.\n\n![Người đi chợ](media:${id})`, lane: 'emergency' })
    const said = ninjsOf(item, around({ pictures: [picture(id)], placeNames: ['Xã Bản Hồ'] }))
    expect(said).toMatchObject({
      uri: `urn:uuid:${storyIdOf(item)}`,
      version: '1',
      pubstatus: 'usable',
      urgency: 1,
      language: 'vi',
      by: 'Công an tỉnh Lào Cai',
      located: 'Tỉnh Lào Cai',
      ednote: 'Trả lời: https://loa.example.vn/bao-chi/tra-loi/x',
      headlines: [{ value: 'Cảnh giác “việc nhẹ, lương cao”' }],
      subjects: [{ name: 'Phòng, chống mua bán người' }],
      places: [{ name: 'Xã Bản Hồ' }],
      bodies: [
        { contenttype: 'text/plain', value: 'Gọi 111.' },
        { contenttype: 'text/html', value: expect.stringContaining('<img src="https://loa.example.vn/bao-chi/t/anh/') },
      ],
      associations: [
        {
          type: 'picture',
          copyrightholder: 'Báo tỉnh',
          usageterms: 'Ghi nguồn',
          descriptions: [{ value: 'Người đi chợ' }],
          renditions: [{ width: 1_200, height: 800 }],
        },
      ],
    })
  })

  test('versions of one message in one language share an identifier, languages do not', () => {
    const item = standingItem()
    const next = { ...item, id: newId<'press_item'>(), version: 2 }
    expect(storyIdOf(next)).toBe(storyIdOf(item))
    expect(storyIdOf({ ...item, language: 'hmn' })).not.toBe(storyIdOf(item))
    expect(storyIdOf(item)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('what is corrected says so; what was superseded or killed carries its words no more', () => {
    const correction = ninjsOf(standingItem({ version: 2, editorial: 'correction' }), around())
    expect(correction).toMatchObject({ pubstatus: 'usable', version: '2', profile: 'correction' })
    expect(correction.ednote).toMatch(/^ĐÍNH CHÍNH\n/)
    const before = ninjsOf(
      standingItem({ newestVersion: 2, newestSequence: 9, newestEditorial: 'correction' }),
      around(),
    )
    expect(before).toMatchObject({ pubstatus: 'withheld' })
    expect(before.ednote).toContain('số 9')
    const killed = ninjsOf(standingItem({ newestVersion: 2, newestEditorial: 'kill' }), around())
    expect(killed).toMatchObject({ pubstatus: 'canceled' })
    expect(killed.ednote).toMatch(/^RÚT TIN\n/)
    for (const item of [before, killed]) {
      expect(item).not.toHaveProperty('bodies')
      expect(item).not.toHaveProperty('descriptions')
    }
  })

  test('no link in a body runs anything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'JAVASCRIPT:x', '//x'),
        (href) => {
          const item = standingItem({ body: `Xem [đây](${href}) <img src=x onerror=alert(1)> ![a](media:"onload="x)` })
          const html = ninjsOf(item, around()).bodies?.[1]?.value ?? ''
          expect(html).not.toMatch(/<a |<img|<script/)
          expect(html).toContain('đây')
        },
      ),
    )
  })
})

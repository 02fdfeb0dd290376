import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outsideGsm7, smsParts } from '../../../core/channel/index.ts'
import { asksToEnd } from '../opt-out.ts'
import { readGsm7, readUcs2, writeGsm7, writeUcs2 } from './alphabet.ts'
import { readDeliver } from './deliver.ts'
import { frameReader } from './frames.ts'
import { smpp } from './library.ts'
import { partsOf } from './parts.ts'
import { idForCentre, readReceipt, refOfAnswer, refOfReceipt } from './receipt.ts'
import { settingsOf } from '../../../core/gateway/index.ts'
import { SMPP_FIELDS } from './settings.ts'
import { sourceOf, submitFields } from './submit-fields.ts'
import { writeDelivered, writeSubmit } from './write-pdu.ts'

const GSM7 = [...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0189:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€']

describe('on the wire', () => {
  test('a PDU is the same in whatever pieces it comes', () => {
    const pdus = [1, 2, 3].map((n) => new smpp.PDU('enquire_link', { sequence_number: n }).toBuffer())
    const stream = Buffer.concat([...pdus, new smpp.PDU('submit_sm_resp', { message_id: 'x'.repeat(60) }).toBuffer()])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const framesOf = frameReader()
        const frames: Buffer[] = []
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1
          frames.push(...framesOf(stream.subarray(at, at + size)))
          at += size
        }
        expect(Buffer.concat(frames)).toEqual(stream)
        expect(frames).toHaveLength(4)
      }),
    )
  })

  test('what we write by the octet is what the package writes', () => {
    const octet = fc.nat(255)
    const word = fc.string({ unit: fc.constantFrom(...'09AZaz+ '), maxLength: 16 })
    const submit = fc.record({
      ...{ service_type: word, source_addr: word, source_addr_ton: octet, source_addr_npi: octet },
      ...{ destination_addr: word, dest_addr_ton: octet, dest_addr_npi: octet, esm_class: fc.constantFrom(0, 0x40) },
      ...{ validity_period: fc.constantFrom('', '261126235959000+'), registered_delivery: octet, data_coding: octet },
      short_message: fc.uint8Array({ maxLength: 254 }).map((octets) => Buffer.from(octets)),
    })
    const sequence = fc.integer({ min: 1, max: 0x7fffffff })
    fc.assert(
      fc.property(submit, sequence, fc.constantFrom(0, 0x14, 0x64), (fields, own, status) => {
        const others = { sequence_number: own, command_status: status, message_id: '' }
        expect(writeSubmit(fields, own)).toEqual(
          new smpp.PDU('submit_sm', { ...fields, sequence_number: own }).toBuffer(),
        )
        expect(writeDelivered(status, own)).toEqual(new smpp.PDU('deliver_sm_resp', others).toBuffer())
      }),
    )
  })

  test.each([0, 15, 70_000])('a length of %i is no PDU', (length) => {
    const head = Buffer.alloc(16)
    head.writeUInt32BE(length)
    expect(() => frameReader()(head)).toThrow(`no PDU is ${length} octets long`)
  })

  test('every text comes out of its alphabet as it went in', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...GSM7)), (characters) => {
        const text = characters.join('')
        expect(outsideGsm7(text)).toEqual([])
        expect(readGsm7(writeGsm7(text))).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readUcs2(writeUcs2(text))).toBe(text)
      }),
    )
  })

  test('no part is longer than the 140 octets of a text message, and none is lost', () => {
    const vietnamese = fc.constantFrom(...'ăâđêôơưữặ😀abc 111.€')
    fc.assert(
      fc.property(fc.array(fc.oneof(vietnamese, fc.constantFrom(...GSM7)), { maxLength: 900 }), (characters) => {
        const text = characters.join('')
        const parts = partsOf(text, 7)
        const alphabet = outsideGsm7(text).length === 0 ? 'gsm7' : 'ucs2'
        expect(parts).toHaveLength(smsParts(text, alphabet).length)
        const words = parts.map(({ esmClass, dataCoding, octets }) => {
          const header = esmClass === 0x40 ? 6 : 0
          const septets = octets.length - header
          expect(header + (dataCoding === 8 ? septets : Math.ceil((septets * 7) / 8))).toBeLessThanOrEqual(140)
          return dataCoding === 8 ? readUcs2(octets.subarray(header)) : readGsm7(octets.subarray(header))
        })
        expect(words.join('')).toBe(text)
      }),
    )
  })

  test.each([
    ['LAOCAI', 5, 0, 'LAOCAI'],
    ['5656', 3, 0, '5656'],
    ['+84912345678', 1, 1, '84912345678'],
  ])('the sender %s is of kind %i and plan %i', (from, ton, npi, address) => {
    expect(sourceOf(settingsOf(SMPP_FIELDS, { from }))).toEqual({
      source_addr: address,
      source_addr_ton: ton,
      source_addr_npi: npi,
    })
  })

  test.each([
    ['absolute', '261124031500000+'],
    ['relative', '000001011500000R'],
    ['none', ''],
  ])('when it is no longer of use is said %s as %s', (validity, said) => {
    const settings = settingsOf(SMPP_FIELDS, { validity })
    const now = new Date('2026-11-23T02:00:00Z')
    const expiresAt = new Date('2026-11-24T03:15:00Z')
    const [part] = partsOf('x', 0)
    const fields = submitFields(part!, { to: '84912345678', expiresAt }, { settings, receipt: true, now })
    expect(fields['validity_period']).toBe(said)
  })
})

describe('a receipt of a centre', () => {
  const brought = (fields: object) =>
    readDeliver(new smpp.PDU('deliver_sm', { source_addr: '84912345678', ...fields }).toBuffer())
  const words = (text: string) => ({ esm_class: 4, data_coding: 0, short_message: Buffer.from(text, 'latin1') })

  test('is read as centres write it', () => {
    const text =
      'id:a_1@b sub:001 dlvrd:001 submit date:2611240200 done date:261124021530 stat:DELIVRD err:000 text:id:9 stat:X'
    expect(readReceipt(brought(words(text)), 7)).toEqual({
      id: 'a_1@b',
      state: 'delivered',
      at: new Date('2026-11-23T19:15:30Z'),
      detail: 'DELIVRD err:000',
    })
  })

  test('is read from its parameters alone, and they count more than the text', () => {
    const parameters = { esm_class: 4, receipted_message_id: '77', message_state: 5 }
    expect(readReceipt(brought(parameters), 7)).toMatchObject({ id: '77', state: 'failed', at: null })
    const both = { ...words('id:78 stat:DELIVRD'), ...parameters }
    expect(readReceipt(brought(both), 7)).toMatchObject({ id: '77', state: 'failed' })
    expect(readReceipt(brought({ ...parameters, esm_class: 0 }), 7)).toMatchObject({ id: '77' })
  })

  test.each([
    ['EXPIRED', 'failed'],
    ['DELETED', 'failed'],
    ['UNDELIV', 'failed'],
    ['REJECTD', 'failed'],
    ['ACCEPTD', 'underWay'],
    ['ENROUTE', 'underWay'],
    ['UNKNOWN', 'underWay'],
  ])('that says %s is %s', (stat, state) => {
    expect(readReceipt(brought(words(`id:1 stat:${stat} err:034`)), 7)).toMatchObject({ state })
  })

  test('that names nothing, and what a phone writes, are none', () => {
    expect(readReceipt(brought(words('stat:DELIVRD')), 7)).toBeNull()
    expect(readReceipt(brought({ ...words('id:1 stat:DELIVRD'), esm_class: 0 }), 7)).toBeNull()
  })

  test('cut short is told from one that is whole', () => {
    const frame = new smpp.PDU('deliver_sm', words('id:1')).toBuffer()
    expect(() => readDeliver(frame.subarray(0, 24))).toThrow(RangeError)
  })

  test.each([
    ['same', 'AbC', 'AbC', 'AbC'],
    ['decimal', '1f', '31', '1f'],
    ['decimal', '0x', '77', '4d'],
    ['hexadecimal', '31', '1F', '31'],
  ] as const)('in base %s: answer %s, receipt %s, asked for as %s', (quirk, answer, receipt, asked) => {
    const ref = refOfReceipt(receipt, quirk)
    if (answer !== '0x') expect(refOfAnswer(answer, quirk)).toBe(ref)
    expect(idForCentre(ref, quirk)).toBe(asked)
  })
})

describe('wanting no more', () => {
  const WORDS = 'STOP; HUY; DK DNC; TU CHOI'
  test.each(['STOP', ' stop. ', 'Hủy', 'HUỶ', 'huy qc', 'DK DNC', 'dk dnc s', 'Từ chối'])('is said by “%s”', (said) => {
    expect(asksToEnd(said, WORDS)).toBe(true)
  })
  test.each(['', 'Cảm ơn', 'DK', 'Stop buôn bán người là gì', 'Anh Huy gọi lại', 'khong huy'])(
    'is not said by “%s”',
    (said) => {
      expect(asksToEnd(said, WORDS)).toBe(false)
    },
  )
})

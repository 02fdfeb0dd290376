import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly bytes: Uint8Array
  /** What the directory claims, where it lies. */
  readonly claimedBytes?: number
  readonly encrypted?: boolean
}

/** A ZIP file whose directory may lie; for tests. */
export function buildZip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, claimedBytes = bytes.length, encrypted = false } of parts) {
    const packed = deflateRawSync(bytes)
    const label = Buffer.from(name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(encrypted ? 1 : 0, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(claimedBytes, 18)
    fields.writeUInt16LE(label.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), fields, label, packed])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, place, label]))
    bodies.push(body)
    offset += body.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}

const XML = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** A Word file of one part, as XML. */
export function buildDocx(body: string | Uint8Array, claimedBytes?: number): Buffer {
  const types = `<Types><Override PartName="/word/document.xml" ContentType="${XML}"/></Types>`
  return buildZip([
    { name: '[Content_Types].xml', bytes: Buffer.from(types) },
    { name: 'word/document.xml', bytes: Buffer.from(body), claimedBytes },
  ])
}

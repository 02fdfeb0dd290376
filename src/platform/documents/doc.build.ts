const SECTOR = 512
const FREE = 0xffffffff
const CHAIN_END = 0xfffffffe
const FAT_MARK = 0xfffffffd
// Streams of 4096 bytes and more need no mini stream.
const STREAM_BYTES = 8192
const STREAM_SECTORS = STREAM_BYTES / SECTOR

/**
 * A Word 97 file of body text alone; for tests. One piece of UTF-16 text (MS-DOC 2.9.38) in a compound file (MS-CFB)
 * with two streams: sector 0 the allocation table, 1 the directory, then `WordDocument`, then `1Table`.
 */
export function buildDoc(text: string): Buffer {
  const body = Buffer.from(`${text.replaceAll('\n', '\r')}\r`, 'utf16le')
  const streams = [wordDocument(body), table(body.length / 2)]
  const fat = Buffer.alloc(SECTOR, 0xff)
  fat.writeUInt32LE(FAT_MARK, 0)
  fat.writeUInt32LE(CHAIN_END, 4)
  for (let sector = 2; sector < 2 + 2 * STREAM_SECTORS; sector += 1) {
    const last = (sector - 2) % STREAM_SECTORS === STREAM_SECTORS - 1
    fat.writeUInt32LE(last ? CHAIN_END : sector + 1, sector * 4)
  }
  const directory = Buffer.concat([
    entry('Root Entry', 5, CHAIN_END, 0, FREE, 1),
    entry('WordDocument', 2, 2, STREAM_BYTES, 2, FREE),
    entry('1Table', 2, 2 + STREAM_SECTORS, STREAM_BYTES, FREE, FREE),
    Buffer.alloc(128),
  ])
  return Buffer.concat([header(), fat, directory, ...streams])
}

function header(): Buffer {
  const bytes = Buffer.alloc(SECTOR)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(0x3e, 24)
  bytes.writeUInt16LE(3, 26)
  bytes.writeUInt16LE(0xfffe, 28)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt16LE(6, 32)
  bytes.writeUInt32LE(1, 44)
  bytes.writeUInt32LE(1, 48)
  bytes.writeUInt32LE(4096, 56)
  bytes.writeUInt32LE(CHAIN_END, 60)
  bytes.writeUInt32LE(CHAIN_END, 68)
  bytes.fill(0xff, 76)
  bytes.writeUInt32LE(0, 76)
  return bytes
}

function entry(name: string, type: number, start: number, size: number, right: number, child: number): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.write(name, 'utf16le')
  bytes.writeUInt16LE(name.length * 2 + 2, 64)
  bytes[66] = type
  bytes[67] = 1
  bytes.writeUInt32LE(FREE, 68)
  bytes.writeUInt32LE(right, 72)
  bytes.writeUInt32LE(child, 76)
  bytes.writeUInt32LE(start, 116)
  bytes.writeUInt32LE(size, 120)
  return bytes
}

const TEXT_AT = 2048

function wordDocument(body: Buffer): Buffer {
  const bytes = Buffer.alloc(STREAM_BYTES)
  bytes.writeUInt16LE(0xa5ec, 0)
  bytes.writeUInt16LE(0xc1, 2)
  // The table stream is 1Table.
  bytes.writeUInt16LE(0x0200, 10)
  bytes.writeUInt32LE(body.length / 2, 0x4c)
  bytes.writeUInt32LE(0, 0x01a2)
  bytes.writeUInt32LE(PIECES_BYTES, 0x01a6)
  body.copy(bytes, TEXT_AT)
  return bytes
}

const PIECES_BYTES = 5 + 2 * 4 + 8

function table(letters: number): Buffer {
  const bytes = Buffer.alloc(STREAM_BYTES)
  bytes[0] = 2
  bytes.writeUInt32LE(2 * 4 + 8, 1)
  bytes.writeUInt32LE(0, 5)
  bytes.writeUInt32LE(letters, 9)
  bytes.writeUInt32LE(TEXT_AT, 15)
  return bytes
}

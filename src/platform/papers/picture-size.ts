export interface PictureSize {
  readonly type: 'png' | 'jpg'
  /** Pixels. */
  readonly width: number
  readonly height: number
}

const PNG_MAGIC = 0x89504e47

/**
 * What a picture measures, by its own head: PNG (ISO/IEC 15948 §11.2.2) or JPEG (ITU-T T.81 §B.2.2).
 *
 * @throws Error for anything else: only pictures that we made ourselves come to paper
 */
export function pictureSize(bytes: Uint8Array): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length > 24 && view.getUint32(0) === PNG_MAGIC) {
    return { type: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const at = frameAt(view)
    if (at !== null) return { type: 'jpg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
  }
  throw new Error('A picture on paper must be PNG or JPEG')
}

/** Where the frame header begins that says the size: SOF0 to SOF15, but for the tables DHT, JPG and DAC among them. */
function frameAt(view: DataView): number | null {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return at
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

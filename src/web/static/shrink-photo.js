// Makes a photograph of a phone small enough for a weak network, and keeps what its camera wrote of time and place:
// the office checks by it, and takes it out of what is shown.
const LONGEST_EDGE = 2_048
const SMALL_BYTES = 700_000
const QUALITY = 0.82

/** The bytes to send of a picked file: made smaller where it is a large picture, else as it is. */
export async function bytesToSend(file) {
  const original = await file.arrayBuffer()
  if (!file.type.startsWith('image/') || original.byteLength <= SMALL_BYTES) return original
  try {
    const small = await smaller(file)
    const whole = withCameraWords(original, small)
    return whole.byteLength < original.byteLength ? whole : original
  } catch {
    return original // What this browser cannot draw, the server looks at.
  }
}

async function smaller(file) {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return blob.arrayBuffer()
}

/** Puts the EXIF block of one JPEG into another, right behind its first mark (JEITA CP-3451 §4.5.4). */
function withCameraWords(from, into) {
  const words = cameraWords(new DataView(from))
  if (!words) return into
  const block = upright(new Uint8Array(from.slice(words.start, words.end)))
  const whole = new Uint8Array(into.byteLength + block.byteLength)
  whole.set(new Uint8Array(into, 0, 2))
  whole.set(block, 2)
  whole.set(new Uint8Array(into, 2), 2 + block.byteLength)
  return whole.buffer
}

/** From where to where the block of EXIF stands in a JPEG; null where there is none. */
function cameraWords(view) {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 4 < view.byteLength;) {
    const mark = view.getUint16(at)
    if (mark < 0xff00 || mark === 0xffda) return null
    const length = view.getUint16(at + 2)
    if (mark === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return { start: at, end: at + 2 + length }
    at += 2 + length
  }
  return null
}

/** The picture was drawn upright: its block must not turn it again (EXIF tag 0x0112). */
function upright(block) {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const tiff = 10
  const little = view.getUint16(tiff) === 0x4949
  const first = tiff + view.getUint32(tiff + 4, little)
  const count = view.getUint16(first, little)
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * 12
    if (view.getUint16(at, little) === 0x0112) view.setUint16(at + 8, 1, little)
  }
  return block
}

import type { Page } from 'playwright-core'

const LASTS_MS = 1_500

/** A moving picture as a browser records it: WebM with VP8, which every Chromium has of its own. The page needs scripts. */
export async function film(page: Page, name: string) {
  const base64 = await page.evaluate<string>(`(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 })
    const pen = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm;codecs=vp8' })
    const pieces = []
    recorder.ondataavailable = ({ data }) => pieces.push(data)
    const done = new Promise((resolve) => { recorder.onstop = resolve })
    recorder.start()
    const began = performance.now()
    const drawing = setInterval(() => {
      const at = (performance.now() - began) / ${LASTS_MS}
      pen.fillStyle = 'hsl(' + Math.round(360 * at) + ' 60% 40%)'
      pen.fillRect(0, 0, 320, 180)
      pen.fillStyle = '#fff'
      pen.fillRect(300 * at, 70, 20, 40)
    }, 40)
    await new Promise((resolve) => setTimeout(resolve, ${LASTS_MS}))
    recorder.stop()
    await done
    clearInterval(drawing)
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer())
    return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(''))
  })()`)
  return { name, mimeType: 'video/webm', buffer: Buffer.from(base64, 'base64') }
}

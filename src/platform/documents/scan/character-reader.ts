import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, PSM } from 'tesseract.js'
import type { RawPage } from '../raw-document.ts'
import { pageText } from './page-text.ts'
import { straighten } from './straighten.ts'

export interface CharacterReader {
  /** Reads one page from its picture (JPEG, PNG, WebP, TIFF). */
  read(picture: Uint8Array, number: number): Promise<RawPage>
  close(): Promise<void>
}

/** The built-in reader of Vietnamese print. Takes its data from the installed packages; never asks the network. */
export async function openCharacterReader(imagePixels: number): Promise<CharacterReader> {
  const packages = createRequire(import.meta.url)
  const worker = await createWorker('vie', 1, {
    langPath: join(dirname(packages.resolve('@tesseract.js-data/vie/package.json')), '4.0.0_best_int'),
    cacheMethod: 'none',
    gzip: true,
    errorHandler: () => undefined,
  })
  await worker.setParameters({ tessedit_pageseg_mode: PSM.AUTO, user_defined_dpi: '300' })
  return {
    async read(picture, number) {
      const { print, image, place } = await straighten(picture, imagePixels)
      const { data } = await worker.recognize(print, {}, { blocks: true, text: false })
      const { text, words } = pageText(data, place)
      return { number, text, scan: { image, words } }
    },
    close: async () => void (await worker.terminate()),
  }
}

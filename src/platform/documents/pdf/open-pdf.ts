import { getDocumentProxy } from 'unpdf'
import { Refusal } from '../../../core/kernel/refusal.ts'
import type { DocumentLimits } from '../limits.ts'

export type PdfFile = Awaited<ReturnType<typeof getDocumentProxy>>
export type PdfPage = Awaited<ReturnType<PdfFile['getPage']>>

/**
 * Opens a PDF with no help from outside: no fonts, no network, no scripts.
 *
 * @throws Refusal `document.encrypted`, `document.broken`, `document.too_many_pages`
 */
export async function openPdf(bytes: Uint8Array, limits: DocumentLimits): Promise<PdfFile> {
  const pdf = await open(bytes, limits)
  if (pdf.numPages > limits.textPages)
    throw new Refusal('document.too_many_pages', { pages: pdf.numPages, limit: limits.textPages })
  return pdf
}

async function open(bytes: Uint8Array, limits: DocumentLimits): Promise<PdfFile> {
  try {
    // A copy: the reader takes the buffer away from its owner.
    return await getDocumentProxy(bytes.slice(), {
      maxImageSize: limits.imagePixels,
      verbosity: 0,
      stopAtErrors: false,
    })
  } catch (error) {
    const encrypted = error instanceof Error && error.name === 'PasswordException'
    const refusal = new Refusal(encrypted ? 'document.encrypted' : 'document.broken')
    refusal.cause = error
    throw refusal
  }
}

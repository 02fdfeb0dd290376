/** One line of a page: points from the lower left. */
export interface PdfLine {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size?: number
}

export interface PdfPicture {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

export type PdfPageContent = { readonly lines: readonly PdfLine[] } | { readonly picture: PdfPicture }

/** A small PDF for tests: A4 pages of text in a font that is named only (its letters are told by ToUnicode), or of one picture. */
export function buildPdf(pages: readonly PdfPageContent[], extra: PdfExtra = {}): Buffer {
  const objects: Buffer[] = []
  const add = (body: string | Buffer): number =>
    objects.push(Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1'))
  add(`<< /Type /Catalog /Pages 2 0 R ${extra.catalog ?? ''} >>`)
  add('')
  const width = 500
  add(
    '<< /Type /Font /Subtype /Type0 /BaseFont /Times /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>',
  )
  add(
    `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Times /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW ${width} >>`,
  )
  add(
    '<< /Type /FontDescriptor /FontName /Times /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  )
  add(
    stream(
      '',
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end',
    ),
  )
  const kids = pages.map((page) => {
    const picture = 'picture' in page ? add(pictureStream(page.picture)) : 0
    const content = add(
      stream('', 'picture' in page ? 'q 595 0 0 842 0 0 cm /P Do Q' : page.lines.map(showLine).join('\n')),
    )
    const resources = picture ? `/XObject << /P ${picture} 0 R >>` : '/Font << /F 3 0 R >>'
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${resources} >> /Contents ${content} 0 R >>`,
    )
  })
  objects[1] = Buffer.from(
    `<< /Type /Pages /Count ${extra.count ?? kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`,
  )
  for (const object of extra.objects ?? []) add(object)
  return assemble(objects, extra.trailer ?? '')
}

/** Further parts of the file: entries of the catalog and the trailer, objects after those of the pages, a false page count. */
export interface PdfExtra {
  readonly catalog?: string
  readonly trailer?: string
  readonly objects?: readonly string[]
  readonly count?: number
}

function showLine({ text, x, y, size = 13 }: PdfLine): string {
  const codes = [...text].map((letter) => (letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')).join('')
  return `BT /F ${size} Tf 1 0 0 1 ${x} ${y} Tm <${codes}> Tj ET`
}

function pictureStream({ jpeg, width, height }: PdfPicture): Buffer {
  return stream(
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
    Buffer.from(jpeg),
  )
}

function stream(dictionary: string, body: string | Buffer): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1')
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ])
}

function assemble(objects: readonly Buffer[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const offsets: number[] = []
  let length = parts[0]?.length ?? 0
  objects.forEach((object, index) => {
    offsets.push(length)
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    parts.push(part)
    length += part.length
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

import { getDocumentProxy, getResolvedPDFJS } from 'unpdf'

const MM_PER_POINT = 25.4 / 72

/** A rectangle that is drawn as a line around, in mm from the upper left corner of its page. */
export interface PdfFrame {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** `#rrggbb` of the line. */
  readonly ink: string
}

/** Six numbers of PDF 1.7 §8.3.3: where a drawing stands on its page. */
type Matrix = readonly [number, number, number, number, number, number]

/** Every framed rectangle of a PDF, for tests that measure it: read by another program than the one that wrote it. */
export async function framesOfPdf(bytes: Uint8Array): Promise<PdfFrame[]> {
  const pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0 })
  const { OPS } = await getResolvedPDFJS()
  const found: PdfFrame[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { fnArray, argsArray } = await page.getOperatorList()
    let at: Matrix = [1, 0, 0, 1, 0, 0]
    let ink = '#000000'
    const before: Matrix[] = []
    fnArray.forEach((deed, index) => {
      const given = argsArray[index] as readonly unknown[] // by the deed, as pdf.js lists it
      if (deed === OPS['save']) before.push(at)
      else if (deed === OPS['restore']) at = before.pop() ?? at
      else if (deed === OPS['transform']) at = times(at, given as unknown as Matrix)
      else if (deed === OPS['setStrokeRGBColor']) ink = String(given[0])
      else if (deed === OPS['constructPath'] && given[0] === OPS['stroke']) {
        const [x, y, right, bottom] = Object.values(given[2] as Record<string, number>) as [
          number,
          number,
          number,
          number,
        ]
        const [left, top] = [at[0] * x + at[4], at[3] * y + at[5]]
        const [width, height] = [Math.abs(at[0] * (right - x)), Math.abs(at[3] * (bottom - y))]
        const size = { width: width * MM_PER_POINT, height: height * MM_PER_POINT, ink }
        const upper = (page.view[3] ?? 0) - Math.max(top, top + at[3] * (bottom - y))
        if (height > 1 && width > 1)
          found.push({ page: number, x: left * MM_PER_POINT, y: upper * MM_PER_POINT, ...size })
      }
    })
  }
  return found
}

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

/** NFC, LF, no control or invisible characters, no space at line ends, at most one empty line in a row. */
export function tidyText(text: string): string {
  return (
    text
      .replace(/\r\n?|\u2028|\u2029|\u0085|\f|\v/g, '\n')
      // Soft hyphens go only now: in a TCVN3 text they are the letter ư.
      .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
      .replace(/[\u00a0\u2007\u202f]/g, ' ')
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '')
      .toWellFormed()
      .normalize('NFC')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, '')
  )
}

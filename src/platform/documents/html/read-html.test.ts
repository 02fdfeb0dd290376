import { expect, test } from 'vitest'
import { readDocument } from '../index.ts'

const PAGE = `<!DOCTYPE html><html><head><title>Cổng</title><style>p{}</style></head><body>
<nav><a>Trang chủ</a></nav><script>var a = "<p>không</p>"</script>
<article><h1>KẾ HOẠCH</h1><p>Tuyên truyền &amp; ph&#242;ng,
 chống<br>mua bán người&nbsp;2023</p><div style="display: none">ẩn</div>
<ol type="I"><li>MỤC ĐÍCH<ol><li>Một<li>Hai</ol></li><li>NỘI DUNG<ul><li>Báo chí</ul></li></ol>
<table><tr><th>TT</th><th>Việc</th></tr><tr><td>1</td><td>Treo <b>pa nô</b></td></tr><tr><td>a<br>b</td><td>c</td></tr></table>
</article><footer>Lượt xem: 12</footer></body></html>`

test('a page becomes lines: blocks, list markers, tables, entities; scripts, menus and hidden parts left out', async () => {
  const { text, format, encoding } = await readDocument(Buffer.from(PAGE), 'trang.txt')
  expect({ format, encoding }).toEqual({ format: 'html', encoding: 'utf-8' })
  expect(text.split('\n').filter((line) => line !== '')).toEqual([
    'KẾ HOẠCH',
    'Tuyên truyền & phòng, chống',
    'mua bán người 2023',
    'I. MỤC ĐÍCH',
    '1. Một',
    '2. Hai',
    'II. NỘI DUNG',
    '- Báo chí',
    'TT | Việc',
    '1 | Treo pa nô',
    'a',
    'b',
    'c',
  ])
})

test('a page nested without end is refused', async () => {
  await expect(readDocument(Buffer.from(`<html>${'<div>'.repeat(200_000)}x`), 'a.html')).rejects.toMatchObject({
    code: 'document.bomb',
  })
})

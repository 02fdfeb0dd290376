/**
 * A bulletin of three minutes from its words to a finished MP3, against the program `espeak-ng` that writes the bare WAV of
 * the same words, with LAME behind it where that stands; and whether any word is lost on the way, by the events that the
 * voice gives for each word and by the phonemes that the program writes for it.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { spokenForm } from '../src/core/channel/index.ts'
import { networkPolicy } from '../src/platform/http/index.ts'
import { STANDARD_PROFILE } from '../src/platform/sounds/sound-profile.ts'
import { openEspeak } from '../src/platform/speech/espeak.ts'
import { openVoices, speechMaker } from '../src/platform/speech/index.ts'
import { piecesOf } from '../src/platform/speech/pieces.ts'

const LIMIT_MS = 5_000
const WANTED_SECONDS = 180
const TIMES = 3
const PARAGRAPH = `Bà con chú ý. Từ ngày 01/7 đến hết ngày 30/9/2026, UBND xã mở đợt cao điểm phòng, chống mua bán người.
Kẻ xấu làm quen qua mạng, hứa trả lương 20-30 triệu đồng/tháng và giục đi ngay; nhiều người bị lừa ra nước ngoài, bị giữ giấy tờ.
Không đưa căn cước công dân cho người lạ. Hỏi Công an xã trước khi đi. Theo Nghị định 162/2025/NĐ-CP, nạn nhân được hỗ trợ.
Khi nghi ngờ, hãy gọi tổng đài 111, trực 24/7. Xin nhắc lại: gọi 111.`

const maker = speechMaker({
  voices: openVoices(null, networkPolicy()),
  standIn: null,
  profile: () => STANDARD_PROFILE,
})
const wish = { voice: 'built_in', accent: 'north' as const, speed: 1, chime: true }
const make = (words: string) => maker.make(words, wish, { signal: new AbortController().signal, onProgress() {} })

const paragraph = spokenForm(PARAGRAPH)
const { seconds: each } = await make(paragraph)
const words = `${paragraph}\n`.repeat(Math.ceil(WANTED_SECONDS / each))

const ours: number[] = []
let made = await make(words)
for (let time = 0; time < TIMES; time += 1) {
  const began = performance.now()
  made = await make(words)
  ours.push(performance.now() - began)
}
const load = loadavg()[0]?.toFixed(1)
console.log(`${cpus().length} cores, load ${load}; ${words.match(/\p{L}+/gu)?.length} words`)
console.log(
  `Loa: ${made.seconds.toFixed(0)} s of MP3 (${STANDARD_PROFILE.kbps} kbit/s, ${STANDARD_PROFILE.rate} Hz, ${made.loudness} LUFS, ${made.peak} dBTP, chime) in ${median(ours).toFixed(0)} ms (limit ${LIMIT_MS}; all: ${ours.map((ms) => ms.toFixed(0)).join(', ')})`,
)
if (median(ours) > LIMIT_MS || made.seconds < WANTED_SECONDS) process.exitCode = 1

againstProgram()
await countWords()
process.exit()

function againstProgram(): void {
  const folder = mkdtempSync(join(tmpdir(), 'loa-bench-'))
  try {
    const [text, wav, mp3] = ['words.txt', 'words.wav', 'words.mp3'].map((name) => join(folder, name))
    writeFileSync(text!, words)
    const say = () => execFileSync('espeak-ng', ['-v', 'vi', '-s', '135', '-f', text!, '-w', wav!])
    const took = timed(say)
    const seconds = (statSync(wav!).size - 44) / 2 / 22_050
    console.log(
      `espeak-ng, bare WAV, neither levelled nor encoded: ${seconds.toFixed(0)} s in ${took.toFixed(0)} ms (Loa takes ${(median(ours) / took).toFixed(1)} times as long)`,
    )
    const encoded = timed(() => execFileSync('lame', ['--quiet', '-b', '64', '-m', 'm', wav!, mp3!]))
    console.log(`  and LAME behind it: ${encoded.toFixed(0)} ms more`)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
    console.log('no espeak-ng or lame to measure against; get them with: apt-get install espeak-ng lame')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each word of a text must have an event of its own in the voice, and phonemes of its own in the program. */
async function countWords(): Promise<void> {
  const espeak = await openEspeak()
  let [written, said] = [0, 0]
  for (const { words: piece } of piecesOf(words)) {
    const { events } = espeak.say(piece, wish)
    written += piece.match(/\p{L}+/gu)?.length ?? 0
    said += new Set(events.filter(({ type }) => type === 'word').map((event) => event.text_position)).size
  }
  console.log(`words written ${written}, said by the voice ${said}`)
  if (said !== written) process.exitCode = 1
  try {
    const phonemes = execFileSync('espeak-ng', ['-v', 'vi', '-q', '-x', '--', paragraph]).toString()
    const groups = phonemes.split(/\s+/).filter((group) => /\p{L}/u.test(group)).length
    console.log(`the program writes ${groups} groups of phonemes for ${paragraph.match(/\p{L}+/gu)?.length} words`)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
    console.log('no espeak-ng to write phonemes; get it with: apt-get install espeak-ng')
  }
}

function timed(work: () => unknown): number {
  const took = Array.from({ length: TIMES }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return median(took)
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

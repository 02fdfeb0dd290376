import { rulesOf, type Rendition } from '../message/index.ts'

/** All fields of a rendition in the order in which they are read. */
export function wordsOf({ channel, current }: Pick<Rendition, 'channel' | 'current'>): string {
  return rulesOf(channel)
    .fields.map(({ name }) => current.fields[name] ?? '')
    .filter((words) => words.trim() !== '')
    .join('\n')
}

import type { Ground } from './ground.ts'
import type { ThemeFound } from './reading.ts'

export function findThemes(_ground: Ground): ThemeFound[] {
  return []
}

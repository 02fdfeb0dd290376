import { Display } from './agent/display.ts'
import type { Panel } from './agent/ports.ts'
import { headless } from './panels/panels.ts'
import { runDevice, startDevice, type DeviceWish, type RunningDevice } from './start-device.ts'

export const BOARD_AGENT_VERSION = 'loa-board 0.1.0'

export interface BoardWish extends Omit<DeviceWish, 'onRestart'> {
  /** Nothing is seen unless it is given; it gets where a picture or film lies. */
  readonly panel?: (pathOf: (sha256: string) => string) => Panel
}

/** Runs a device that shows, and starts it anew when the province asks for that, until it is closed or revoked. */
export function runBoard(wish: BoardWish, anew?: () => void): RunningDevice {
  let only: Panel | null = null
  return runDevice(
    (onRestart) =>
      startDevice({ ...wish, onRestart }, BOARD_AGENT_VERSION, ({ pathOf }) => {
        const panel = (only ??= wish.panel?.(pathOf) ?? headless())
        return (ports, held, record) => new Display({ ...ports, panel }, held, record)
      }),
    anew,
  )
}

/** Where devices find us, as told to each when it enrols. */
export interface SpeakerDoors {
  /** The broker, as `mqtts://host:port`. */
  readonly mqtt: string
  /** Below which recordings lie by their hash. */
  readonly audio: string
}

let doors: SpeakerDoors | null = null

/** Remembers what this process opened for devices, for the pages: they are built apart and cannot be handed it. */
export function keepDoors(opened: SpeakerDoors): void {
  doors = opened
}

/** Null where this process speaks with no devices. */
export function speakerDoors(): SpeakerDoors | null {
  return doors
}

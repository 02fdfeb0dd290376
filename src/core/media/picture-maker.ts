import type { Face } from './media.ts'

/** What is made of a picture; the platform implements it, in worker threads. */
export interface PictureMaker {
  /** Null when the bytes are no picture that can be shown. @throws when it was given up, so that trying again is worth it */
  make(bytes: Uint8Array): Promise<MadePicture | null>
}

export interface MadePicture {
  /** Upright, as it is seen. */
  readonly width: number
  readonly height: number
  /** 64 bits as `0` and `1`; null where the picture is all of one tone and like every other such. */
  readonly likeness: string | null
  readonly sizes: readonly {
    readonly name: 'small' | 'large'
    readonly bytes: Uint8Array
    readonly mime: string
    readonly width: number
    readonly height: number
  }[]
  /** `YYYY-MM-DD` on which the camera says it was taken. */
  readonly takenOn: string | null
  /** Null when the machine could not look. */
  readonly faces: readonly Face[] | null
  readonly location: { readonly latitude: number; readonly longitude: number } | null
}

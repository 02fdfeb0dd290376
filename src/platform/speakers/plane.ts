export interface Publishing {
  /** Kept by the broker for whoever comes later, cleared by an empty one. */
  readonly retain: boolean
  /** Worth nothing to who is away: QoS 0, so that no session keeps it for them. */
  readonly fleeting?: boolean
}

/** How the hub reaches devices, whichever broker stands between. */
export interface Plane {
  /** Hands a message to the broker. */
  publish(topic: string, bytes: Uint8Array, options: Publishing): Promise<void>
  /** Ends the connection of a device at once; where the broker is not ours it has to be told by its own means. */
  cut(deviceId: string): void
  close(): Promise<void>
}

/** What the hub is told by a broker. */
export interface PlaneEars {
  /** Takes what came under the name of a device; the broker of ours acknowledges when it is settled, drops who sent it when it fails. */
  take(deviceId: string, bytes: Uint8Array): Promise<void>
  /** A device hears its own topic from now on. */
  ready(deviceId: string): void
  /** It hears nothing any more; only a broker of ours can tell. */
  gone(deviceId: string): void
  /** The broker came back and may have forgotten all it kept. */
  anew(): void
  /** A device reached for what it has no right to: it was refused, most often cut. */
  forbidden(deviceId: string, what: string): void
}

/** As what a device is let in. */
export interface Admitted {
  /** Of the station or board whose topics it may hear; null for one that was revoked: it comes in to be told so alone. */
  readonly code: string | null
}

/** Who may come in. */
export interface Doorkeeper {
  /** Null where it may not come in at all. */
  admit(deviceId: string, password: string): Promise<Admitted | null>
}

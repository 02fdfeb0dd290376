// Hands on what comes from the microphone, some hundredths of a second at a time. It runs in the thread of the sound.
const AT_ONCE = 2_048

class Catch extends AudioWorkletProcessor {
  #caught = new Float32Array(AT_ONCE)
  #count = 0

  process([[voice] = []]) {
    if (!voice) return true
    for (const sample of voice) {
      this.#caught[this.#count++] = sample
      if (this.#count < AT_ONCE) continue
      this.port.postMessage(this.#caught)
      this.#caught = new Float32Array(AT_ONCE)
      this.#count = 0
    }
    return true
  }
}

registerProcessor('live-catch', Catch)

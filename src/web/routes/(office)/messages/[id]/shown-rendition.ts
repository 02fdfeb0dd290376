import { needsDecision, rulesOf, type MachineVoice, type StandingRendition } from '#core/message/index.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { shownFinding } from './shown-finding.ts'

/** A rendition as the pages of a message show it. */
export function shownRendition(
  w: App.Locals['w'],
  { rendition, composition, state, oral, findings }: StandingRendition,
) {
  const { id, channel, language, current, signature } = rendition
  const rules = rulesOf(channel)
  return {
    id,
    channel,
    channelName: w(`channel_${channel}`),
    language,
    languageName: languageWords(w, language),
    state,
    oral,
    number: current.number,
    composed: current.composed,
    fromMaster: current.fromMaster,
    heard: rules.heard,
    recording: current.recording && {
      voice: current.recording.voice,
      undecided: needsDecision(current.recording) && current.recording.decision === null,
      findings: findings.filter(({ code }) => code.startsWith('recording.')).map((one) => shownFinding(w, one, {})),
      measured: [
        w('renditions_seconds', { seconds: Math.round(current.recording.seconds) }),
        current.recording.loudness !== null &&
          w('recording_loudness', { lufs: Math.round(current.recording.loudness) }),
        current.recording.peak !== null && w('recording_peak', { peak: Math.round(current.recording.peak * 10) / 10 }),
        current.recording.voice !== null && w(`voice_${current.recording.voice}`),
        current.recording.speech !== null && spokenBy(w, current.recording.speech),
      ]
        .filter((part) => part !== false)
        .join(' · '),
    },
    signature,
    fields: rules.fields.map((field) => ({
      ...field,
      label: w(`field_${field.name}`),
      value: current.fields[field.name] ?? '',
      composed: composition.fields[field.name] ?? '',
    })),
    measures: (isEmpty(current.fields) ? [] : rules.measure(current.fields, language)).map((measure) => ({
      words: w(`measure_${measure.code}`, { value: measure.value, ...measure.facts }),
      over: measure.limit !== null && measure.value > measure.limit,
    })),
    findings: findings.map((finding) => shownFinding(w, finding, current.fields)),
  }
}
function spokenBy(w: App.Locals['w'], { voice, accent, speed }: MachineVoice): string {
  return w('speech_by', { voice, accent: w(`accent_${accent}`), speed })
}

function isEmpty(fields: Readonly<Record<string, string>>): boolean {
  return Object.values(fields).every((words) => words.trim() === '')
}

export type ShownRendition = ReturnType<typeof shownRendition>

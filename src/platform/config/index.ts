/** Settings from the surroundings, read once, checked, and handed on as values. */
export { readConfig, Settings, type Config, type SpeakerConfig } from './config.ts'

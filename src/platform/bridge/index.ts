export { bridgeFile } from './package-file.ts'
export { packagePusher } from './push-package.ts'

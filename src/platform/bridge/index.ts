export { openDropFolder, putAside } from './drop-folder.ts'
export { bridgeFile } from './package-file.ts'
export { readFolderOrFile, writeFolder } from './package-folder.ts'
export { packagePusher } from './push-package.ts'

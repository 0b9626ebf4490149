// Where other programs keep their models, system by system.
import { expect, test } from 'vitest'
import { modelPlaces, sharedModelFolder } from '../../../../main/hosts/node/modelPlaces.ts'

function foldersOn(platform: string, environment: Readonly<Record<string, string>>, home: string): readonly string[] {
  return modelPlaces({ platform, environment, home }).map((place) =>
    'folder' in place ? `${place.peer} ${place.folder}` : `${place.peer} ${place.settings} ${place.key ?? ''}`.trim(),
  )
}

test('Windows', () => {
  const environment = { APPDATA: 'C:\\U\\AppData\\Roaming', LOCALAPPDATA: 'C:\\U\\AppData\\Local' }
  expect(foldersOn('win32', environment, 'C:\\U')).toEqual([
    'lm-studio C:\\U\\.lmstudio\\models',
    'lm-studio C:\\U\\.cache\\lm-studio\\models',
    'lm-studio C:\\U\\.lmstudio-home-pointer',
    'lm-studio C:\\U\\.lmstudio\\settings.json downloadsFolder',
    'lm-studio C:\\U\\.cache\\lm-studio\\settings.json downloadsFolder',
    'ollama C:\\U\\.ollama\\models',
    'jan C:\\U\\AppData\\Roaming\\Jan\\data',
    'jan C:\\U\\AppData\\Roaming\\Jan\\settings.json data_folder',
    'gpt4all C:\\U\\AppData\\Local\\nomic.ai\\GPT4All',
    'gpt4all C:\\U\\AppData\\Roaming\\nomic.ai\\GPT4All.ini modelPath',
    'hugging-face C:\\U\\.cache\\huggingface\\hub',
  ])
  expect(sharedModelFolder({ platform: 'win32', environment: {}, home: 'C:\\U' })).toBe(
    'C:\\ProgramData\\Sotto\\models',
  )
})

test('macOS', () => {
  expect(foldersOn('darwin', { HF_HUB_CACHE: '/big/hub' }, '/Users/u')).toEqual([
    'lm-studio /Users/u/.lmstudio/models',
    'lm-studio /Users/u/.cache/lm-studio/models',
    'lm-studio /Users/u/.lmstudio-home-pointer',
    'lm-studio /Users/u/.lmstudio/settings.json downloadsFolder',
    'lm-studio /Users/u/.cache/lm-studio/settings.json downloadsFolder',
    'ollama /Users/u/.ollama/models',
    'jan /Users/u/Library/Application Support/Jan/data',
    'jan /Users/u/Library/Application Support/Jan/settings.json data_folder',
    'gpt4all /Users/u/Library/Application Support/nomic.ai/GPT4All',
    'gpt4all /Users/u/.config/nomic.ai/GPT4All.ini modelPath',
    'hugging-face /big/hub',
  ])
})

test('Linux, with the folders where its variables say', () => {
  const environment = { XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: '/config', XDG_CACHE_HOME: '/cache' }
  expect(foldersOn('linux', environment, '/home/u').slice(5)).toEqual([
    'ollama /home/u/.ollama/models',
    'ollama /usr/share/ollama/.ollama/models',
    'jan /data/Jan/data',
    'jan /data/Jan/settings.json data_folder',
    'jan /config/Jan/data',
    'jan /config/Jan/settings.json data_folder',
    'gpt4all /data/nomic.ai/GPT4All',
    'gpt4all /config/nomic.ai/GPT4All.ini modelPath',
    'hugging-face /cache/huggingface/hub',
  ])
  expect(foldersOn('linux', { OLLAMA_MODELS: '/big/ollama' }, '/home/u')[5]).toBe('ollama /big/ollama')
})

// Where other programs keep their models on this machine, and where the machine keeps models for everybody.
import path from 'node:path'
import type { ModelPlace } from '../../host.ts'
import type { FolderQuestion } from './defaultDataFolder.ts'

type Paths = Pick<typeof path.posix, 'join'>

/**
 * Every place worth a look, whether it exists or not: LM Studio, Ollama, Jan, GPT4All, the Hugging Face cache. A variable
 * of a program replaces its usual place as it does there.
 */
export function modelPlaces(question: FolderQuestion): readonly ModelPlace[] {
  const paths = question.platform === 'win32' ? path.win32 : path.posix
  return [
    ...lmStudio(question, paths),
    ...ollama(question, paths),
    ...jan(question, paths),
    ...gpt4all(question, paths),
    { peer: 'hugging-face', folder: hubCache(question, paths) },
  ]
}

/** The folder of models for everybody on this machine; only its administrators can write there. */
export function sharedModelFolder({ platform, environment }: FolderQuestion): string {
  if (platform === 'win32') return path.win32.join(environment['ProgramData'] || 'C:\\ProgramData', 'Sotto', 'models')
  return platform === 'darwin' ? '/Library/Application Support/Sotto/models' : '/usr/local/share/sotto/models'
}

function lmStudio({ home }: FolderQuestion, { join }: Paths): readonly ModelPlace[] {
  return [
    { peer: 'lm-studio', folder: join(home, '.lmstudio', 'models') },
    { peer: 'lm-studio', folder: join(home, '.cache', 'lm-studio', 'models') },
    { peer: 'lm-studio', settings: join(home, '.lmstudio-home-pointer'), key: null, below: 'models' },
    { peer: 'lm-studio', settings: join(home, '.lmstudio', 'settings.json'), key: 'downloadsFolder', below: '' },
    {
      peer: 'lm-studio',
      settings: join(home, '.cache', 'lm-studio', 'settings.json'),
      key: 'downloadsFolder',
      below: '',
    },
  ]
}

function ollama({ platform, environment, home }: FolderQuestion, { join }: Paths): readonly ModelPlace[] {
  const named = environment['OLLAMA_MODELS']
  if (named !== undefined && named !== '') return [{ peer: 'ollama', folder: named }]
  const own: ModelPlace = { peer: 'ollama', folder: join(home, '.ollama', 'models') }
  // Installed as a service it has an account of its own.
  return platform === 'linux' ? [own, { peer: 'ollama', folder: '/usr/share/ollama/.ollama/models' }] : [own]
}

function jan(question: FolderQuestion, { join }: Paths): readonly ModelPlace[] {
  const bases =
    question.platform === 'linux'
      ? [dataHome(question, { join }), configHome(question, { join })]
      : [applicationData(question, { join })]
  return bases.flatMap((base): readonly ModelPlace[] => [
    { peer: 'jan', folder: join(base, 'Jan', 'data') },
    { peer: 'jan', settings: join(base, 'Jan', 'settings.json'), key: 'data_folder', below: '' },
  ])
}

function gpt4all(question: FolderQuestion, { join }: Paths): readonly ModelPlace[] {
  const { platform, environment, home } = question
  const local = environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local')
  const base =
    platform === 'win32'
      ? local
      : platform === 'darwin'
        ? applicationData(question, { join })
        : dataHome(question, { join })
  const settings = platform === 'win32' ? applicationData(question, { join }) : configHome(question, { join })
  return [
    { peer: 'gpt4all', folder: join(base, 'nomic.ai', 'GPT4All') },
    { peer: 'gpt4all', settings: join(settings, 'nomic.ai', 'GPT4All.ini'), key: 'modelPath', below: '' },
  ]
}

function hubCache({ environment, home }: FolderQuestion, { join }: Paths): string {
  const named = environment['HF_HUB_CACHE'] || environment['HUGGINGFACE_HUB_CACHE']
  if (named !== undefined && named !== '') return named
  const hub = environment['HF_HOME']
  if (hub !== undefined && hub !== '') return join(hub, 'hub')
  return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'huggingface', 'hub')
}

function applicationData({ platform, environment, home }: FolderQuestion, { join }: Paths): string {
  if (platform === 'win32') return environment['APPDATA'] || join(home, 'AppData', 'Roaming')
  return join(home, 'Library', 'Application Support')
}

function dataHome({ environment, home }: FolderQuestion, { join }: Paths): string {
  return environment['XDG_DATA_HOME'] || join(home, '.local', 'share')
}

function configHome({ environment, home }: FolderQuestion, { join }: Paths): string {
  return environment['XDG_CONFIG_HOME'] || join(home, '.config')
}

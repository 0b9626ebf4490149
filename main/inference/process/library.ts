// The engine's types, and the one way it is started: threads always set, nothing built, nothing downloaded.
import type * as library from 'node-llama-cpp'
import type { Llama, LlamaGpuType } from 'node-llama-cpp'
import type { GpuChoice } from '../protocol.ts'

/** The engine's module; imported at run time, after the network guard. */
export type Library = typeof library

/** Told how often the engine's own log spoke; its words stay here. */
export type EngineLog = (level: 'warn' | 'error') => void

/** Starts the engine for one backend. Throws the library's `NoBinaryFoundError` where that backend cannot run. */
export function startEngine(library: Library, gpu: LlamaGpuType, threads: number, log: EngineLog): Promise<Llama> {
  return library.getLlama({
    gpu,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: threads,
    logLevel: library.LlamaLogLevel.warn,
    logger: (level) => log(level === library.LlamaLogLevel.warn ? 'warn' : 'error'),
  })
}

/** The backend a choice asks for. */
export function backendOf(gpu: GpuChoice): LlamaGpuType {
  return gpu.kind === 'off' ? false : gpu.backend
}

// The engine's library with nothing of Sotto around it, in a process of its own: what every bar is held against.
import { ChatMLChatWrapper, getLlama, LlamaChatSession, type LlamaContext } from 'node-llama-cpp'
import type { BareAnswer, BareOrder } from './bareProtocol.ts'

let context: LlamaContext | null = null

process.on('message', (order: BareOrder) => {
  void answer(order).then((reply) => process.send?.(reply))
})

async function answer(order: BareOrder): Promise<BareAnswer> {
  if (order.kind === 'load') return load(order)
  if (context === null) throw new Error('nothing is loaded')
  switch (order.kind) {
    case 'write':
      return write(context, order.prompt, order.tokens)
    case 'read':
      return read(context, order.prompt)
    case 'chat':
      return chat(context, order)
  }
}

/** Only the threads are set: the library's own choice of them would compare nothing but that. */
async function load(order: Extract<BareOrder, { kind: 'load' }>): Promise<BareAnswer> {
  const { path, threads, contextTokens } = order
  const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, maxThreads: threads })
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 })
  context = await model.createContext({ contextSize: contextTokens, threads })
  return { kind: 'loaded' }
}

async function write(context: LlamaContext, prompt: string, tokens: number): Promise<BareAnswer> {
  const sequence = context.getSequence()
  try {
    let written = 0
    let first = 0
    let last = 0
    for await (const _ of sequence.evaluate(context.model.tokenize(prompt), { temperature: 0 })) {
      last = performance.now()
      if (written++ === 0) first = last
      if (written === tokens) break
    }
    return { kind: 'wrote', tokensPerSecond: ((written - 1) * 1000) / (last - first) }
  } finally {
    await sequence.dispose()
  }
}

async function read(context: LlamaContext, prompt: string): Promise<BareAnswer> {
  const sequence = context.getSequence()
  const tokens = context.model.tokenize(prompt)
  try {
    const begun = performance.now()
    await sequence.evaluateWithoutGeneratingNewTokens(tokens)
    return { kind: 'read', tokens: tokens.length, milliseconds: performance.now() - begun }
  } finally {
    await sequence.dispose()
  }
}

/** A conversation with the library's default when the context is full. */
async function chat(context: LlamaContext, order: Extract<BareOrder, { kind: 'chat' }>): Promise<BareAnswer> {
  const contextSequence = context.getSequence()
  const session = new LlamaChatSession({
    contextSequence,
    chatWrapper: new ChatMLChatWrapper(),
    systemPrompt: order.system,
  })
  const evaluated: number[] = []
  for (const message of order.messages) {
    const before = contextSequence.tokenMeter.getState()
    await session.prompt(message, { maxTokens: order.tokens, temperature: 0 })
    const used = contextSequence.tokenMeter.diff(before)
    // The prompt's last token is metered as output; Sotto counts it as evaluated, so it is here too.
    evaluated.push(used.usedInputTokens + Math.min(1, used.usedOutputTokens))
  }
  session.dispose({ disposeSequence: true })
  return { kind: 'chatted', evaluated }
}

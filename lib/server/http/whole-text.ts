import 'server-only'

/** Under this name an answer carries its whole text; our HTTP server sends it without a stream (bin/web/api-handlers.mjs). */
const WHOLE_TEXT = Symbol.for('launchpad.whole-text')

/** An answer whose text is there already: a stream of it takes longer to set up than to send. */
export const answerText = (text: string, init: ResponseInit): Response =>
  Object.assign(new Response(text, init), { [WHOLE_TEXT]: text })

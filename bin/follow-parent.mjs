// Loaded with --import into every process of ours that a supervisor starts: when the supervisor is killed its channel closes,
// and the process ends as it would have been asked to.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// The listener must not keep a process alive that has nothing left to do.
process.channel?.unref()

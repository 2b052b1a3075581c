// Loaded with --import into every process of ours that a supervisor starts: when the supervisor is killed its channel closes,
// and the process ends as it would have been asked to.
// Workers that Next forks inherit the --import; they wait on their channel for work, and Next ends them.
if (!process.argv[1]?.includes('jest-worker')) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // The listener must not keep a process alive that has nothing left to do.
  process.channel?.unref()
}

// Preloaded into a process: at its end, its processor time (s) and peak memory (MiB) on standard error, as JSON.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.error(`\n${JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 })}`);
});

/**
 * What root has to add to start Electron from a checkout: Chromium refuses to run its sandbox as root. Nobody else gets it, and a packaged
 * app is never started with it.
 */
export function sandboxArguments(say: (sentence: string) => void): readonly string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  say("You are root, so this runs without Chromium's sandbox (--no-sandbox); start it as an ordinary user to have it.");
  return ['--no-sandbox'];
}

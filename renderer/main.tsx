import './bridge/jitless.ts';

// Dynamic on purpose: chunks that both this file and a step need would run before this file's own code, and make schemas before the line
// above has configured Zod.
void import('./app/start.tsx').then(({ start }) => {
  start();
});

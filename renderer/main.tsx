// In this order. The build puts the first two, with Zod, in a chunk of their own, so that nothing that another chunk shares is evaluated before
// them (`electron.vite.config.ts`).
import './bridge/firstReply.ts';
import './bridge/jitless.ts';
import { start } from './app/start.tsx';

start();

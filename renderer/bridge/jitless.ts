import { z } from 'zod';

// The window's content security policy forbids compiling code, with which Zod otherwise tries to parse faster: each schema would report a
// violation at its first use. Must run before any schema is made, hence a module of its own that `main.tsx` imports before all others.
z.config({ jitless: true });

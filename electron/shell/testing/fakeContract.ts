import { PROCEDURE_NAMES, STREAM_NAMES } from '../../shared/contract/channels.ts';
import type { ContractApi } from '../contract/contractApi.ts';

/** A core that does what a test says, and throws for everything else. */
export function createFakeContract(answers: {
  readonly procedures?: Partial<ContractApi['procedures']>;
  readonly streams?: Partial<ContractApi['streams']>;
}): ContractApi {
  const refuse = (name: string) => (): never => {
    throw new Error(`The test did not expect ${name}`);
  };
  return {
    procedures: {
      ...Object.fromEntries(PROCEDURE_NAMES.map((name) => [name, async () => Promise.resolve().then(refuse(name))])),
      ...answers.procedures,
    } as ContractApi['procedures'],
    streams: { ...Object.fromEntries(STREAM_NAMES.map((name) => [name, refuse(name)])), ...answers.streams } as ContractApi['streams'],
  };
}

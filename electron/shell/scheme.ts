import { protocol, type Protocol, type ProtocolRequest, type ProtocolResponse } from 'electron';
import type { FirstLook } from '../shared/contract/firstLook.ts';
import { SCHEME } from './ownAddress.ts';
import { refusal, type Answer } from './pages/answer.ts';
import { answerAppRequest } from './pages/appPage.ts';

/** Makes our scheme one like https, so that the window has an origin, modules and a code cache. Only possible before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** What our scheme serves. */
export interface SchemeContents {
  /** Folder of the built window. */
  readonly renderer: string;
  readonly answerReport: (address: URL) => Promise<Answer>;
  /** What a document of the window may draw before the core has answered; null for all but the first. */
  readonly takeLook: () => FirstLook | null;
}

/**
 * Serves the window and the reports; there is nothing else in the scheme, and nothing can be written to it. By the older of Electron's two ways:
 * `protocol.handle` reads each answer as a stream in JavaScript, chunk by chunk, in the process that everything else of the start waits for, which
 * made the first paint 60 ms later.
 */
export function serveScheme(target: Pick<Protocol, 'registerBufferProtocol'>, contents: SchemeContents): void {
  target.registerBufferProtocol(SCHEME, (request, callback) => {
    const respond = async (): Promise<void> => callback(await responseTo(request, contents));
    void respond();
  });
}

async function responseTo(request: ProtocolRequest, contents: SchemeContents): Promise<ProtocolResponse> {
  try {
    const { status, headers, body } = await answerTo(request, contents);
    const [mimeType = '', charset = ''] = (headers['content-type'] ?? '').split('; charset=');
    return { statusCode: status, headers: { ...headers }, data: body, mimeType, charset };
  } catch {
    // As a network that failed: the page learns nothing of the reason.
    return { error: NET_FAILED };
  }
}

/** Chromium's ERR_FAILED. */
const NET_FAILED = -2;

async function answerTo({ url, method }: ProtocolRequest, { renderer, answerReport, takeLook }: SchemeContents): Promise<Answer> {
  const address = new URL(url);
  if (method !== 'GET') return refusal(405);
  if (address.hostname === 'report') return answerReport(address);
  if (address.hostname !== 'app') return refusal(404);
  return answerAppRequest(address, renderer, takeLook);
}

import { BrowserWindow } from 'electron';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { isReportAddress } from '../ownAddress.ts';

/** Page numbers, in the margin that the report's own style leaves free. Chromium's default size there is 0. */
const FOOTER =
  '<div style="width:100%;text-align:center;font:8px system-ui,sans-serif;color:#55606d"><span class="pageNumber"></span> / <span class="totalPages"></span></div>';

/** Prints a report as PDF, in a page of its own that nobody sees, with no preload and no script. Throws `internal` for any other address. */
export async function printPdf(address: string): Promise<Buffer> {
  if (!isReportAddress(address)) throw fail('internal', adminSubject, { values: { reason: say(message('shell.print.notOurs')) } });
  const page = new BrowserWindow({
    show: false,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    await page.loadURL(address);
    return await page.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: FOOTER,
    });
  } finally {
    page.destroy();
  }
}

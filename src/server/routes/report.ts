import type { FastifyInstance } from 'fastify';
import { ROUTES } from '../../contract/index.ts';
import type { ReportFormat } from '../../report/index.ts';
import { type Language, ProblemError, problem } from '../../vocabulary/index.ts';
import { REPORT_POLICY } from '../guard.ts';
import { serve, studyOf } from '../route.ts';
import type { SiteOptions } from '../site-options.ts';

const TYPES: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The report as a page and as files. */
export const reportRoutes = (site: FastifyInstance, options: SiteOptions): void => {
  serve(site, ROUTES.report, options, async ({ params, reply }) => {
    const served = studyOf(options, params.study);
    if (!served.reportPeriods.includes(params.period))
      throw new ProblemError(problem('not_found', { path: `/reports/${params.study}/${params.period}` }));
    const [, language, format] = params.file.split('.') as unknown as readonly [
      string,
      Language,
      ReportFormat,
    ];
    const bytes = await served.report(params.period, language, format);
    void reply.type(TYPES[format]).header('content-security-policy', REPORT_POLICY);
    if (format !== 'html') {
      const name = `${params.study}-${params.period}.${language}.${format}`;
      void reply.header(
        'content-disposition',
        `${format === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`,
      );
    }
    return reply.send(Buffer.from(bytes));
  });
};

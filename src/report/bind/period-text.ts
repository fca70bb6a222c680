import type { Binding } from './binding.ts';

/** The period as printed: its id, or its first and last day written out. */
export const periodText = (binding: Binding, dates: boolean): string => {
  const { id, start, end } = binding.period;
  if (!dates || start === undefined || end === undefined) return id;
  const format = new Intl.DateTimeFormat(binding.language === 'en' ? 'en-GB' : binding.language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return format.formatRange(new Date(`${start}T00:00:00Z`), new Date(`${end}T00:00:00Z`));
};

/** Links of a report lead to the web or to mail; anything else (javascript:, data:, file:) is printed as plain words. */
export const isWebLink = (href: string): boolean => /^(?:https?:|mailto:)/i.test(href);

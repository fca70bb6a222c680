/**
 * The page's only script: a click on a number shows how it was made in a dialog, from the same rows of the annex to which the
 * link leads without a script. The annex folds away. No state, no storage, no request.
 */
export const SCRIPT = `
const dialog = document.getElementById('how-dialog');
const list = dialog.querySelector('dl');
const pair = (heading, content) => {
  const [div, dt, dd] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
  dt.textContent = heading;
  dd.append(...content);
  div.append(dt, dd);
  list.append(div);
};
const copies = (node) => [...node.cloneNode(true).childNodes];
const show = (row) => {
  const group = row.closest('details');
  const shared = (selector) => group.querySelectorAll('.shared > ' + selector).forEach((div) => list.append(div.cloneNode(true)));
  list.replaceChildren();
  shared('.first');
  const headings = [...row.closest('table').tHead.rows[0].cells].map((cell) => cell.textContent);
  [...row.cells].forEach((cell, i) => cell.textContent && pair(headings[i], copies(cell)));
  shared(':not(.first)');
  dialog.showModal();
  dialog.scrollTop = 0;
};
for (const group of document.querySelectorAll('details.how')) group.open = false;
for (const link of document.querySelectorAll('a.n, a.claim')) link.setAttribute('aria-haspopup', 'dialog');
document.addEventListener('click', (event) => {
  if (event.target === dialog) return dialog.close();
  const link = event.target.closest('a.n, a.claim');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(document.getElementById(link.hash.slice(1)));
});
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const group = target && target.closest('details.how');
  if (group) { group.open = true; target.scrollIntoView(); }
};
addEventListener('hashchange', reveal);
reveal();
`;

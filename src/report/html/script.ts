/**
 * The page's only script: a click on a number shows how it was made in a dialog, from the same rows of the annex to which the
 * link leads without a script. The annex folds away. No state, no storage, no request.
 */
export const SCRIPT = `
const dialog = document.getElementById('how-dialog');
const facts = dialog.querySelector('.facts-of');
const add = (parent, tag, ...content) => {
  const element = document.createElement(tag);
  element.append(...content);
  parent.append(element);
  return element;
};
const copies = (node) => [...node.cloneNode(true).childNodes];
const factsOf = (row) => {
  const list = add(facts, 'dl');
  const shared = (selector) => row.closest('details').querySelectorAll('.shared > ' + selector).forEach((div) => list.append(div.cloneNode(true)));
  const headings = [...row.closest('table').tHead.rows[0].cells].map((cell) => cell.textContent);
  shared('.first');
  [...row.cells].forEach((cell, i) => {
    if (!cell.textContent) return;
    const pair = add(list, 'div');
    add(pair, 'dt', headings[i]);
    add(pair, 'dd', ...copies(cell));
  });
  shared(':not(.first)');
};
const show = ([first, ...others]) => {
  facts.replaceChildren();
  factsOf(first);
  for (const other of others) {
    add(facts, 'h3', dialog.dataset.compared);
    factsOf(other);
  }
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
  show([link.hash.slice(1), ...(link.dataset.also ?? '').split(' ')].filter(Boolean).map((id) => document.getElementById(id)));
});
const reveal = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const group = target && target.closest('details.how');
  if (group) { group.open = true; target.scrollIntoView(); }
};
addEventListener('hashchange', reveal);
reveal();
`;

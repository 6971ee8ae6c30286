// Everything works without this. It names the title that moves between a list and an item, closes open deadlines, scrolls drawings to today,
// and takes cards of the board to other columns: to the page that says what that would do, or why it cannot be.
const title = 'item-title';
const still = matchMedia('(prefers-reduced-motion: reduce)');

const linkTo = address => [...document.querySelectorAll('a.title')].find(link => link.href.split('#')[0] === address.split('#')[0]);

async function move(transition, element) {
  if (!transition || !element || still.matches) return;
  element.style.viewTransitionName = title;
  await transition.finished;
  element.style.viewTransitionName = '';
}

addEventListener('pageswap', event => {
  const to = event.activation?.entry?.url;
  if (!to) return;
  move(event.viewTransition, linkTo(to) ?? document.querySelector('main h1'));
});

addEventListener('pagereveal', event => {
  const from = globalThis.navigation?.activation?.from?.url;
  if (!from) return;
  move(event.viewTransition, linkTo(from) ?? document.querySelector('main h1'));
});

addEventListener('click', event => {
  for (const open of document.querySelectorAll('details.due[open]')) if (!open.contains(event.target)) open.open = false;
});

addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const open of document.querySelectorAll('details.due[open]')) {
    open.open = false;
    open.querySelector('summary')?.focus();
  }
});

// A drawing wider than the window begins where today is, and its names stay in sight.
for (const box of document.querySelectorAll('.scroll')) {
  const today = box.querySelector('.today');
  if (!today || box.scrollWidth <= box.clientWidth) continue;
  box.addEventListener('scroll', () => box.querySelectorAll('.names').forEach(names => names.setAttribute('transform', `translate(${box.scrollLeft})`)));
  box.scrollLeft = today.getBBox().x - box.clientWidth * 0.7;
}

const board = document.querySelector('.board');
if (board) {
  const columns = [...board.querySelectorAll('[data-stage]')];
  const take = (card, column) => location.assign(`/work-items/${card.dataset.code}/move?to=${encodeURIComponent(column.dataset.stage)}`);
  const over = column => columns.forEach(one => one.classList.toggle('over', one === column));
  const columnOf = element => element.closest?.('[data-stage]');
  let carried = null;

  document.querySelector('#keys')?.removeAttribute('hidden');
  board.addEventListener('dragstart', event => {
    carried = event.target.closest?.('[draggable=true]') ?? null;
    if (!carried) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', carried.dataset.code);
  });
  board.addEventListener('dragover', event => {
    const column = columnOf(event.target);
    if (!carried || !column) return;
    event.preventDefault();
    over(column);
  });
  board.addEventListener('dragend', () => { carried = null; over(null); });
  board.addEventListener('drop', event => {
    const column = columnOf(event.target);
    if (!carried || !column) return;
    event.preventDefault();
    if (column !== columnOf(carried)) take(carried, column);
  });
  board.addEventListener('keydown', event => {
    const card = event.target.closest('[data-code]');
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
    if (!card || !(aside || along) || event.altKey || event.ctrlKey || event.metaKey) return;
    const here = columns.indexOf(columnOf(card));
    if (event.shiftKey) {
      if (!aside || !columns[here + aside] || !card.draggable) return;
      event.preventDefault();
      take(card, columns[here + aside]);
      return;
    }

    const cardsOf = column => [...column.querySelectorAll('[data-code]')];
    const at = cardsOf(columns[here]).indexOf(card);
    let to = cardsOf(columns[here])[at + along];
    for (let next = here + aside; aside && columns[next]; next += aside) {
      const cards = cardsOf(columns[next]);
      to = cards[Math.min(at, cards.length - 1)];
      if (to) break;
    }

    if (!to || to === card) return;
    event.preventDefault();
    to.querySelector('a').focus();
  });
}

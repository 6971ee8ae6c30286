// Everything works without this. It names the title that moves between a list and an item, and closes open deadlines.
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

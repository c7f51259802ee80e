/** Keys that change the value of a slider or a group of choices, or scroll. */
const valueKeys = /^(Arrow|Home$|End$|Page)/;
/** Inputs in which one cannot type. */
const textless = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);
/** Inputs that a key with a direction changes. */
const stepped = new Set(['radio', 'range']);
/** Widgets that want every key while they have the focus. */
const takesAll =
  'dialog, textarea, select, [contenteditable]:not([contenteditable=false]), ' +
  '[role=textbox], [role=combobox], [role=listbox], [role=spinbutton], [role=menu], [role=tablist], [role=dialog]';
const takesDirections = '[role=slider], [role=radiogroup]';

/**
 * True when the focused control wants this key for itself: text fields, menus and dialogs want all of them, sliders,
 * choices and scrolled panels only those with a direction. Walking and shortcuts must then leave it alone.
 */
export function controlTakesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement) || key === 'Escape') return false;
  if (target.closest(takesAll)) return true;
  if (target instanceof HTMLInputElement && !textless.has(target.type)) return true;
  if (!valueKeys.test(key)) return false;
  if (target instanceof HTMLInputElement && stepped.has(target.type)) return true;
  return target.closest(takesDirections) !== null || isInScroller(target);
}

/** Whether a panel around the element, not the page itself, can be scrolled up and down. */
function isInScroller(target: HTMLElement): boolean {
  for (let at: HTMLElement | null = target; at && at !== document.body; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)) return true;
  }
  return false;
}

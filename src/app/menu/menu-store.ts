import { createStore } from 'zustand/vanilla';

/** The pages of the menu, in the order of its rail. `room` is there in AR only. */
export const menuPages = ['worlds', 'room', 'things', 'comfort', 'picture', 'keep', 'numbers'] as const;
export type MenuPage = (typeof menuPages)[number];

export type MenuState = { isOpen: boolean; page: MenuPage };

/** Whether the menu in the headset is open, and where; other parts keep out of its way. */
export const menuStore = createStore<MenuState>(() => ({ isOpen: false, page: 'worlds' }));

export function toggleMenu(): void {
  menuStore.setState(({ isOpen }) => ({ isOpen: !isOpen }));
}

export function closeMenu(): void {
  if (menuStore.getState().isOpen) menuStore.setState({ isOpen: false });
}

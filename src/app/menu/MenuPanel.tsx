import { Container, Text } from '@react-three/uikit';
import type { ComponentType } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../store';
import { askToLeave } from '../ui/ask';
import { Button, colors } from './kit';
import { useMenuHost } from './menu-host';
import { menuHeightPx, menuWidthPx } from './menu-place';
import { closeMenu, menuPages, menuStore, type MenuPage } from './menu-store';
import { NoticeStrip } from './NoticeStrip';
import { ComfortPage } from './pages/ComfortPage';
import { KeepPage } from './pages/KeepPage';
import { NumbersPage } from './pages/NumbersPage';
import { PicturePage } from './pages/PicturePage';
import { RoomPage } from './pages/RoomPage';
import { ThingsPage } from './pages/ThingsPage';
import { WorldsPage } from './pages/WorldsPage';

const pages: Readonly<Record<MenuPage, { label: string; Content: ComponentType }>> = {
  worlds: { label: 'Worlds', Content: WorldsPage },
  room: { label: 'Your room', Content: RoomPage },
  things: { label: 'Things', Content: ThingsPage },
  comfort: { label: 'Comfort', Content: ComfortPage },
  picture: { label: 'Picture', Content: PicturePage },
  keep: { label: 'Keep', Content: KeepPage },
  numbers: { label: 'Numbers', Content: NumbersPage },
};

/** What is always there on the left: the pages, and the way out. What changes is on the right. */
export function MenuPanel() {
  const { commands } = useMenuHost();
  const mode = useStore(appStore, ({ xr }) => (xr.status === 'presenting' ? xr.mode : null));
  const wanted = useStore(menuStore, (state) => state.page);
  const isAr = mode === 'immersive-ar';
  const page = wanted === 'room' && !isAr ? 'worlds' : wanted;
  const { label, Content } = pages[page];
  return (
    <Container
      width={menuWidthPx}
      height={menuHeightPx}
      flexDirection="row"
      backgroundColor={colors.panel}
      borderRadius={24}
      borderWidth={2}
      borderColor={colors.line}
      padding={22}
      gap={24}
    >
      <Container flexDirection="column" width={186} flexShrink={0} gap={8}>
        {menuPages
          .filter((name) => name !== 'room' || isAr)
          .map((name) => (
            <Button
              key={name}
              label={pages[name].label}
              name={`Page: ${pages[name].label}`}
              isOn={name === page}
              width="100%"
              align="flex-start"
              onPress={() => menuStore.setState({ page: name })}
            />
          ))}
        <Container flexGrow={1} />
        <Button
          label={isAr ? 'Leave AR' : 'Leave VR'}
          name="Leave the session"
          danger
          width="100%"
          align="flex-start"
          onPress={() => askToLeave(commands)}
        />
      </Container>
      <Container flexDirection="column" flexGrow={1} flexBasis={0} gap={12}>
        <Container flexDirection="row" width="100%" alignItems="center" gap={8} flexShrink={0}>
          <Text flexGrow={1} color={colors.ink} fontSize={30} lineHeight="36px" fontWeight="semi-bold">
            {label}
          </Text>
          <Button label="Recentre" onPress={() => commands.recentre()} />
          <Button label="Close" name="Close the menu" onPress={closeMenu} />
        </Container>
        <Container flexDirection="column" flexGrow={1} flexBasis={0} width="100%">
          <Content />
        </Container>
        <NoticeStrip />
      </Container>
    </Container>
  );
}

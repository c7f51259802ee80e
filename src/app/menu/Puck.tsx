import { Container } from '@react-three/uikit';
import { useStore } from 'zustand';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { Button, colors } from './kit';
import { menuStore, toggleMenu } from './menu-store';

/** Two things that hands without buttons need at once: the menu, and what a pinch does. */
export function Puck({ commands }: { commands: Pick<Commands, 'set'> }) {
  const isOpen = useStore(menuStore, (state) => state.isOpen);
  const tool = useStore(appStore, (state) => state.options.tool);
  return (
    <Container
      flexDirection="row"
      width={300}
      gap={8}
      padding={8}
      borderRadius={20}
      backgroundColor={colors.panel}
      borderWidth={2}
      borderColor={colors.line}
    >
      <Button grow height={64} label={isOpen ? 'Close' : 'Menu'} name="Puck: menu" state={isOpen ? 'open' : 'closed'} onPress={toggleMenu} />
      <Button
        grow
        height={64}
        label={tool === 'throw' ? 'Throw' : 'Move'}
        name="Puck: tool"
        state={tool}
        onPress={() => commands.set({ tool: tool === 'throw' ? 'move' : 'throw' })}
      />
    </Container>
  );
}

import { Container, Text } from '@react-three/uikit';
import { useState } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../../store';
import { askToOpen } from '../../ui/ask';
import { amountSentence, stepSentence } from '../../ui/OpeningSteps';
import { kindWords } from '../../ui/world-words';
import { Button, colors, Column, Hint, line, textPx } from '../kit';
import { useMenuHost } from '../menu-host';
import { printable } from '../printable';

/** As many as fit without scrolling, which is hard with a ray. */
const perLeaf = 4;

/** The worlds to choose from, and a new one of the same kind. */
export function WorldsPage() {
  const { commands } = useMenuHost();
  const { worlds, world, opening, options } = useStore(appStore);
  const [leaf, setLeaf] = useState(0);
  const leaves = Math.max(1, Math.ceil(worlds.length / perLeaf));
  const shown = worlds.slice((leaf % leaves) * perLeaf, ((leaf % leaves) + 1) * perLeaf);
  return (
    <Column>
      {shown.map(({ id, name, kind }) => {
        const isHere = world?.id === id;
        const words = opening?.worldId === id ? amountSentence(opening.progress) || stepSentence(opening.progress) : isHere ? 'You are here' : null;
        return (
          <Button
            key={id}
            label={printable(name, id)}
            name={`World: ${name}`}
            isOn={isHere}
            state={words}
            detail={words ? `${kindWords[kind]} - ${words}` : kindWords[kind]}
            width="100%"
            align="flex-start"
            height={84}
            onPress={() => askToOpen(commands, id)}
          />
        );
      })}
      {leaves > 1 && (
        <Button
          width="100%"
          label={`More worlds (${(leaf % leaves) + 1} of ${leaves})`}
          name="More worlds"
          onPress={() => setLeaf((leaf + 1) % leaves)}
        />
      )}
      <Container flexDirection="row" alignItems="center" gap={16} width="100%" marginTop={6}>
        <Button width={260} label="New world" onPress={() => commands.newSeed()} />
        <Text color={colors.inkSoft} fontSize={textPx} lineHeight={line}>
          {`Seed ${options.seed}`}
        </Text>
      </Container>
      <Hint>The same kind of world from another seed. Menu and settings stay.</Hint>
    </Column>
  );
}

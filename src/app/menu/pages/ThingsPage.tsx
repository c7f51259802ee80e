import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { things } from '../../objects/things';
import { appStore } from '../../store';
import { thingChoiceList, toolChoiceList } from '../../ui/settings-choices';
import { Button, ChoiceRow, Column, Hint, Row, SwitchRow } from '../kit';
import { useMenuHost } from '../menu-host';

/** What the hands do, and what is heard. */
export function ThingsPage() {
  const { commands } = useMenuHost();
  const options = useStore(appStore, (state) => state.options);
  const count = useCount();
  const tool = toolChoiceList.find(({ value }) => value === options.tool);
  return (
    <Column>
      <ChoiceRow legend="Trigger or pinch" choices={toolChoiceList} value={options.tool} onChange={(chosen) => commands.set({ tool: chosen })} />
      <Hint>{tool?.explains ?? ''}</Hint>
      <ChoiceRow legend="Thing" choices={thingChoiceList} value={options.thing} onChange={(thing) => commands.set({ thing })} />
      <Row label={count === 1 ? '1 thing' : `${count} things`}>
        <Button grow label="Clear things" onPress={() => things.clear()} />
      </Row>
      <SwitchRow label="Sound" value={options.sound} onChange={(sound) => commands.set({ sound })} />
      <SwitchRow label="Captions" value={options.captions} onChange={(captions) => commands.set({ captions })} />
      <Hint>Captions say in words what the sounds say.</Hint>
    </Column>
  );
}

/** How many things there are; asked now and then, since nothing tells. */
function useCount(): number {
  const [count, setCount] = useState(() => things.count);
  useEffect(() => {
    const timer = setInterval(() => setCount(things.count), 300);
    return () => clearInterval(timer);
  }, []);
  return count;
}

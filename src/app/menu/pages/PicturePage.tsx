import { Container } from '@react-three/uikit';
import { useStore } from 'zustand';
import { labStore } from '../../lab/lab-store';
import { resetSettings } from '../../settings/reset-settings';
import { appStore } from '../../store';
import { edges, presets, qualities, reprojections } from '../../ui/settings-choices';
import { Button, ChoiceRow, Choices, Column, Hint } from '../kit';
import { useMenuHost } from '../menu-host';

/** How the dream is redrawn, and how well. */
export function PicturePage() {
  const { commands } = useMenuHost();
  const options = useStore(appStore, (state) => state.options);
  const inHeadset = useStore(labStore, (state) => state.inHeadset);
  const mode = reprojections.find(({ value }) => value === options.reprojection);
  return (
    <Column>
      <Hint>Between two frames of the model</Hint>
      <Container flexDirection="row" gap={8} width="100%">
        <Choices
          legend="Reprojection"
          choices={reprojections}
          value={options.reprojection}
          onChange={(reprojection) => commands.set({ reprojection })}
        />
      </Container>
      <Hint>{mode?.explains ?? ''}</Hint>
      <ChoiceRow legend="Quality" choices={qualities} value={options.quality} onChange={(quality) => commands.set({ quality })} />
      <ChoiceRow legend="Detail for" choices={presets.map((choice) => (choice.value === 'tethered' ? { ...choice, label: 'PC' } : choice))} value={options.preset} onChange={(preset) => commands.set({ preset })} />
      <ChoiceRow legend="Outlines" choices={edges} value={options.edges} onChange={(chosen) => commands.set({ edges: chosen })} />
      <Container flexDirection="row" gap={8} width="100%">
        <Button
          grow
          label="Latency lab"
          isOn={inHeadset}
          state={inHeadset ? 'on' : 'off'}
          onPress={() => labStore.setState({ inHeadset: !inHeadset })}
        />
        <Button grow label="Reset settings" onPress={() => resetSettings(commands)} />
      </Container>
    </Column>
  );
}

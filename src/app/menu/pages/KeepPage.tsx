import { useStore } from 'zustand';
import { labStore } from '../../lab/lab-store';
import { toggleRecording } from '../../lab/record-movement';
import { askToSave } from '../../ui/ask-visits';
import { notify } from '../../store';
import { visitsStore } from '../../visits-store';
import { Button, Column, Hint } from '../kit';
import { useMenuHost } from '../menu-host';

/** What can be taken home. */
export function KeepPage() {
  const { commands, visits, head } = useMenuHost();
  const recording = useStore(labStore, (state) => state.head === 'recording');
  const busy = useStore(visitsStore, (state) => state.busy);
  const save = async (): Promise<void> => {
    if (busy !== null || !(await askToSave(visits, ''))) return;
    notify({ id: 'visit-saved', level: 'info', text: 'This place is kept. You find it under Visits on the page.' });
  };
  return (
    <Column>
      <Button width="100%" label="Take a picture" onPress={() => void commands.takePicture()} />
      <Hint>Saves what you see as a PNG, without the menu. In your room, the room itself is left transparent.</Hint>
      <Button width="100%" label={busy ?? 'Save this place'} name="Save this place" state={busy} onPress={() => void save()} />
      <Hint>Comes back as you leave it now, under Visits on the page.</Hint>
      <Button
        width="100%"
        label={recording ? 'End recording' : 'Record movement'}
        name="Record movement"
        isOn={recording}
        state={recording ? 'on' : 'off'}
        onPress={() => toggleRecording(head)}
      />
      <Hint>Keeps how your head moves, as a file that the latency lab can play again.</Hint>
    </Column>
  );
}

import { ChoiceField } from '../fields';
import { debugChoices, edges, reprojections } from '../settings-choices';
import type { SectionProps } from './section';

/** How the dream is redrawn. */
export function PictureSection({ options, apply }: SectionProps) {
  return (
    <>
      <ChoiceField
        legend="Between two frames of the model"
        choices={reprojections}
        value={options.reprojection}
        onChange={(reprojection) => apply({ reprojection })}
      />
      <ChoiceField legend="Outlines" choices={edges} value={options.edges} onChange={(chosen) => apply({ edges: chosen })} compact />
      <ChoiceField
        legend="See how it is made"
        choices={debugChoices}
        value={options.debug}
        onChange={(debug) => apply({ debug })}
        compact
      />
    </>
  );
}

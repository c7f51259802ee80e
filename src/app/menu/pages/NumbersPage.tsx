import { Container, Text } from '@react-three/uikit';
import { useEffect, useState } from 'react';
import type { Stats } from '../../store';
import { statsRows } from '../../ui/stats-rows';
import { colors, line, textPx } from '../kit';
import { useMenuHost } from '../menu-host';
import { printable } from '../printable';

const refreshMs = 500;

/** The statistics of the page, twice a second: faster nobody reads. */
export function NumbersPage() {
  const { stats } = useMenuHost();
  const [now, setNow] = useState<Stats>(stats);
  useEffect(() => {
    const timer = setInterval(() => setNow(stats()), refreshMs);
    return () => clearInterval(timer);
  }, [stats]);
  return (
    <Container flexDirection="column" width="100%" gap={14}>
      <Text color={colors.ink} fontSize={26} lineHeight={line}>
        {printable(now.model.id || 'No world')}
      </Text>
      <Container flexDirection="row" width="100%" gap={26}>
        {statsRows(now).map(({ title, rows }) => (
          <Container key={title} flexDirection="column" flexGrow={1} flexBasis={0} gap={4}>
            <Text color={colors.accent} fontSize={textPx} lineHeight={line}>
              {title}
            </Text>
            {rows.map(([label, value, unit]) => (
              <Container key={label} flexDirection="column">
                <Text color={colors.inkSoft} fontSize={22} lineHeight={line}>
                  {label}
                </Text>
                <Text color={colors.ink} fontSize={26} lineHeight={line}>
                  {printable(`${value} ${unit}`)}
                </Text>
              </Container>
            ))}
          </Container>
        ))}
      </Container>
    </Container>
  );
}

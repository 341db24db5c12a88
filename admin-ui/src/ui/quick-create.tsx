import { Button, Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useObjects } from '../api/metadata.ts';
import { useTexts } from '../i18n/index.ts';
import { ObjectIcon } from './icon.tsx';
import { applicationsOf } from './navigation.ts';

/** New record of whatever the caller may create, from everywhere. */
export function QuickCreate() {
  const { t, say } = useTexts();
  const objects = applicationsOf(useObjects())
    .flatMap((application) => application.objects)
    .filter((object) => object.permissions.create);
  if (objects.length === 0) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button miw="max-content" leftSection={<IconPlus size={16} aria-hidden />}>
          {t('frame.create')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} className="scrolls">
        {objects.map((object) => (
          <Menu.Item
            key={object.name}
            leftSection={<ObjectIcon name={object.icon} size={16} />}
            renderRoot={(props) => <Link {...props} to="/o/$object/new" params={{ object: object.name }} />}
          >
            {say(object.label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
